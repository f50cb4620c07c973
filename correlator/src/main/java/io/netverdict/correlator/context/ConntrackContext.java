package io.netverdict.correlator.context;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The kernel's connection tracking.
 *
 * @param entries in the table of the namespace, null where unknown
 * @param max the table holds, null where unknown
 * @param dropped packets dropped because the table was full, over the incident's time
 * @param insertFailed entries that could not be added, over the incident's time
 * @param flows the entries of the request's flows
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ConntrackContext(
        Long entries, Long max, long dropped, long insertFailed, List<Entry> flows) {

    /**
     * An entry of the table.
     *
     * @param protocol {@code tcp}, {@code udp} or a number
     * @param original {@code address:port} pair as the first packet had it
     * @param reply as answers are expected; differs from the original's mirror by NAT
     * @param nat {@code source}, {@code destination}, {@code both} or empty
     * @param state of TCP, as {@code SYN_SENT}; empty for others
     * @param status flags, as {@code SEEN_REPLY ASSURED}
     * @param timeoutSeconds until it is forgotten
     * @param mark set by firewall rules
     * @param packetsOriginal null where the kernel does not count
     * @param packetsReply null where the kernel does not count
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Entry(
            String protocol,
            String original,
            String reply,
            String nat,
            String state,
            String status,
            Long timeoutSeconds,
            long mark,
            Long packetsOriginal,
            Long packetsReply) {}

    public ConntrackContext {
        flows = flows == null ? List.of() : List.copyOf(flows);
    }

    /** Whether new connections found no room. */
    public boolean full() {
        return entries != null && max != null && max > 0 && entries >= max || dropped > 0;
    }
}
