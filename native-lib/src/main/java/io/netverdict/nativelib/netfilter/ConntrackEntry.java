package io.netverdict.nativelib.netfilter;

import java.util.List;

/**
 * An entry of the connection tracking table.
 *
 * @param original as the first packet had it
 * @param reply as answers are expected
 * @param tcpState as {@code SYN_SENT}; empty for other protocols
 * @param status names of the flags set
 * @param timeoutSeconds until it is forgotten, -1 where not told
 * @param mark set by firewall rules
 * @param packetsOriginal -1 where the kernel does not count
 * @param packetsReply -1 where the kernel does not count
 */
public record ConntrackEntry(
        ConntrackTuple original,
        ConntrackTuple reply,
        String tcpState,
        List<String> status,
        long timeoutSeconds,
        long mark,
        long packetsOriginal,
        long packetsReply) {

    /** Whether the source address or port is rewritten. */
    public boolean sourceNat() {
        return !reply.destination().equals(original.source());
    }

    /** Whether the destination address or port is rewritten. */
    public boolean destinationNat() {
        return !reply.source().equals(original.destination());
    }
}
