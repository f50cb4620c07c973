package io.netverdict.correlator.rules;

import io.netverdict.correlator.errortext.Complaint;
import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.tcp.Segment;
import java.util.List;

/**
 * {@code tcp.reset-by-own-host}: a RST to the peer leaves the client's own host while its socket is
 * alive and waiting.
 */
public final class OwnHostResetRule implements ConnectionRule {
    private static final long STILL_WAITING_NANOS = 500_000_000L;
    private static final long ANSWERS_NANOS = 20_000_000L;

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        Segment rst = c.tcp().toServer().rst();
        if (rst == null || rst.timeNanos() > c.deadlineNanos()) {
            return List.of();
        }
        Segment answered = null;
        boolean closedBefore = false;
        for (Segment segment : c.tcp().segments()) {
            if (segment.number() >= rst.number()) {
                break;
            }
            if (!segment.fromClient()) {
                answered = segment;
            }
            closedBefore |= segment.fin() || segment.rst();
        }
        if (closedBefore || answered == null) {
            return List.of();
        }
        List<Segment> goesOn =
                c.tcp().toServer().segments().stream()
                        .filter(s -> s.number() > rst.number() && !s.rst())
                        .toList();
        boolean socketAlive = !goesOn.isEmpty();
        boolean promptly = rst.timeNanos() - answered.timeNanos() < ANSWERS_NANOS;
        long waitedOn = c.question().occurredFromNanos() - rst.timeNanos();
        boolean stillWaiting =
                c.question().occurredKnown()
                        && c.question().saysTimeout()
                        && waitedOn > STILL_WAITING_NANOS;
        boolean resetComplaint =
                c.question().says(Complaint.CONNECTION_RESET, Complaint.CONNECTION_CLOSED)
                        && promptly
                        && c.tcp().toClient().close() == null;
        if (!socketAlive && !(stillWaiting && promptly) && !resetComplaint) {
            return List.of();
        }
        double strength = socketAlive ? 0.95 : stillWaiting ? 0.88 : 0.6;
        Finding.Builder finding =
                Finding.of(Cause.TCP_RESET_BY_OWN_HOST)
                        .strength(strength)
                        .phase(c.exchange() == null ? Phase.CONNECT : Phase.RESPONSE)
                        .decidedAt(
                                socketAlive || stillWaiting ? c.deadlineNanos() : rst.timeNanos())
                        .hint(
                                "this host itself reset the connection to "
                                        + c.peer()
                                        + " while the program was still waiting (conntrack or local"
                                        + " firewall)")
                        .detail(
                                "The RST leaves the client's own machine although its socket was alive:"
                                        + " conntrack judged a packet INVALID, or a local firewall rejects"
                                        + " with a reset.")
                        .evidence(
                                "RST from the client's host "
                                        + Figures.span(rst.timeNanos() - answered.timeNanos())
                                        + " after the server's packet",
                                answered,
                                rst);
        if (socketAlive) {
            finding.evidence("the client's socket goes on sending after it", goesOn);
        }
        return List.of(finding.build());
    }
}
