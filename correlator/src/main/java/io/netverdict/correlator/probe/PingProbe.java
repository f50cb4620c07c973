package io.netverdict.correlator.probe;

import io.netverdict.capture.packet.IpAddress;

/**
 * ICMP echoes.
 *
 * @param sent how many; 0 where it is not permitted
 * @param received how many came back
 * @param bestRoundTripNanos the shortest; -1 without an answer
 */
public record PingProbe(
        IpAddress target,
        ProbeTime time,
        int sent,
        int received,
        long bestRoundTripNanos,
        String problem)
        implements ProbeResult {
    public boolean answered() {
        return received > 0;
    }
}
