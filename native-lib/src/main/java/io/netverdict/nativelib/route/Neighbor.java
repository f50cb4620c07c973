package io.netverdict.nativelib.route;

import java.net.InetAddress;

/**
 * An entry of the neighbour table.
 *
 * @param linkIndex interface it is on
 * @param state {@code REACHABLE}, {@code FAILED} …
 * @param linkAddress MAC address as text, empty where unknown
 * @param confirmedAgoMillis since it was last known to answer, -1 where never or unknown
 */
public record Neighbor(
        int linkIndex,
        InetAddress address,
        String state,
        String linkAddress,
        long confirmedAgoMillis) {}
