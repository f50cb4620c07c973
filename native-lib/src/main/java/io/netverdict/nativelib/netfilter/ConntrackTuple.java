package io.netverdict.nativelib.netfilter;

import java.net.InetSocketAddress;

/**
 * Both ends of one direction of a connection.
 *
 * @param protocol the IP protocol number
 */
public record ConntrackTuple(
        int protocol, InetSocketAddress source, InetSocketAddress destination) {}
