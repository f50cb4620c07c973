package io.netverdict.nativelib.route;

import java.util.Map;

/**
 * A network interface of the kernel's.
 *
 * @param index its number in its namespace
 * @param up whether it is administratively up (IFF_UP)
 * @param carrier whether the other side is there (IFF_LOWER_UP)
 * @param operState RFC 2863's word in lower case
 * @param mtuBytes its MTU
 * @param kind of a virtual interface, as {@code veth}; empty for others
 * @param counters by the kernel's names, as {@code rx_dropped}, since the interface was made
 */
public record Link(
        int index,
        String name,
        boolean up,
        boolean carrier,
        String operState,
        int mtuBytes,
        String kind,
        Map<String, Long> counters) {}
