package io.netverdict.nativelib.route;

import java.net.InetAddress;

/**
 * An address of an interface.
 *
 * @param linkIndex the interface's number
 * @param prefixLength bits of the network
 */
public record LinkAddress(int linkIndex, InetAddress address, int prefixLength) {}
