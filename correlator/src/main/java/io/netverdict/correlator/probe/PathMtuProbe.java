package io.netverdict.correlator.probe;

import io.netverdict.capture.packet.IpAddress;

/**
 * The largest packet that passes to a host and is answered, found by packets that must not be
 * fragmented.
 *
 * @param method {@code icmp echo}, whose answers are as large, or {@code udp}, whose are small
 * @param mtuBytes IP header included; -1 where it could not be found
 * @param firstHopBytes MTU of the own interface; -1 where unknown
 * @param toldBy who said by ICMP that larger packets do not fit; null where nobody did
 */
public record PathMtuProbe(
        IpAddress target,
        ProbeTime time,
        String method,
        int mtuBytes,
        int firstHopBytes,
        IpAddress toldBy,
        String problem)
        implements ProbeResult {
    public boolean found() {
        return mtuBytes > 0;
    }

    /** Whether larger packets than the path carries leave the own interface. */
    public boolean narrow() {
        return found() && mtuBytes < firstHopBytes;
    }

    /** Whether larger packets vanish without a word. */
    public boolean silentHole() {
        return narrow() && toldBy == null;
    }
}
