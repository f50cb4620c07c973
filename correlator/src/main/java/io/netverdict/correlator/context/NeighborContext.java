package io.netverdict.correlator.context;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * An entry of the neighbour table (ARP, ND).
 *
 * @param address asked for
 * @param device interface it is on
 * @param state {@code REACHABLE}, {@code STALE}, {@code INCOMPLETE}, {@code FAILED} …
 * @param linkAddress MAC address, empty where unknown
 * @param confirmedAgoMillis since the neighbour was last known to answer, null where never
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NeighborContext(
        String address, String device, String state, String linkAddress, Long confirmedAgoMillis) {

    /** Whether nobody answers for it. */
    public boolean unresolved() {
        return "FAILED".equals(state) || "INCOMPLETE".equals(state);
    }
}
