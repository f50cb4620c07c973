package io.netverdict.correlator.rules;

import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.scene.IcmpError;
import io.netverdict.correlator.tcp.Segment;
import java.util.List;

/**
 * {@code path.mtu-exceeded}: fragmentation-needed or packet-too-big arrived, and the sender's
 * segments still got nowhere.
 */
public final class MtuExceededRule implements ConnectionRule {
    /** What was sent just before the client closed had no time to be acknowledged. */
    private static final long MIN_WAIT_NANOS = 100_000_000L;

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        List<IcmpError> tooBig = c.icmpErrors().stream().filter(IcmpError::tooBig).toList();
        if (tooBig.isEmpty()) {
            return List.of();
        }
        Delivery delivery =
                Delivery.of(c.tcp().toServer(), c.tcp().toClient().segments(), c.giveUpNanos());
        if (delivery.attempts() == 0) {
            return List.of();
        }
        IcmpError first = tooBig.get(0);
        List<Segment> after =
                delivery.outstanding().stream()
                        .filter(s -> s.timeNanos() > first.packet().timeNanos())
                        .toList();
        long timeToAnswerNanos = Math.max(MIN_WAIT_NANOS, 2 * c.roundTripNanos());
        if (after.isEmpty() || c.giveUpNanos() - after.get(0).timeNanos() < timeToAnswerNanos) {
            return List.of();
        }
        long mtu = first.message().nextHopMtu();
        long largestAfter =
                after.stream().mapToLong(s -> s.packet().captured().wireLength()).max().orElse(0);
        boolean ignored = largestAfter > mtu + 14;
        return List.of(
                Finding.of(Cause.PATH_MTU_EXCEEDED)
                        .strength(ignored ? 0.96 : 0.85)
                        .blame(c.pathBlame())
                        .phase(c.exchange() == null ? Phase.TLS : Phase.REQUEST)
                        .decidedAt(c.giveUpNanos())
                        .hint(
                                first.reporter()
                                        + " says MTU "
                                        + mtu
                                        + " on the way to "
                                        + c.peer()
                                        + "; "
                                        + (ignored
                                                ? "larger packets kept being sent and lost"
                                                : "smaller packets were lost too"))
                        .detail(
                                ignored
                                        ? "The ICMP message reached the capture point and the sender did not"
                                                + " heed it: the host's own firewall may drop ICMP."
                                        : "The sender obeyed, and its packets still got nowhere: a later"
                                                + " link may carry even less.")
                        .evidencePackets(
                                first.describe() + " from " + first.reporter(),
                                tooBig.stream().map(IcmpError::packet).toList())
                        .evidence(
                                "data sent after it and never acknowledged, up to "
                                        + largestAfter
                                        + " bytes on the wire",
                                after)
                        .build());
    }
}
