package io.netverdict.correlator.probe;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import java.util.List;

/**
 * The routers on the way, found by packets with increasing hop limits.
 *
 * @param target port included
 * @param overTcp whether by SYNs rather than UDP datagrams
 * @param hops the first is one hop away; silent ones at the end left out
 * @param reply of the target itself
 * @param stoppedBy who said that it goes no further; null where nobody did
 */
public record RouteProbe(
        Endpoint target,
        boolean overTcp,
        ProbeTime time,
        List<Hop> hops,
        Reply reply,
        IpAddress stoppedBy,
        String problem)
        implements ProbeResult {

    /**
     * A router.
     *
     * @param router null where nobody answered
     * @param roundTripNanos -1 where nobody answered
     */
    public record Hop(IpAddress router, long roundTripNanos) {}

    public RouteProbe {
        hops = List.copyOf(hops);
    }

    /** Whether packets arrive at the target, whatever it says to them. */
    public boolean reached() {
        return reply == Reply.ANSWERED || reply == Reply.REFUSED;
    }

    /** The farthest router that answered; null where none did. */
    public IpAddress lastRouter() {
        for (int i = hops.size() - 1; i >= 0; i--) {
            if (hops.get(i).router() != null) {
                return hops.get(i).router();
            }
        }
        return null;
    }
}
