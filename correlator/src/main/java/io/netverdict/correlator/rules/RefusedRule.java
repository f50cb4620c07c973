package io.netverdict.correlator.rules;

import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.tcp.Segment;
import java.util.List;

/** {@code tcp.refused}: RST in answer to the SYN. */
public final class RefusedRule implements ConnectionRule {

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        List<Segment> syns = c.tcp().syns();
        if (syns.isEmpty() || !c.tcp().synAcks().isEmpty()) {
            return List.of();
        }
        Segment rst = c.tcp().toClient().rst();
        if (rst == null || rst.timeNanos() > c.deadlineNanos()) {
            return List.of();
        }
        Segment syn = syns.get(0);
        for (Segment candidate : syns) {
            if (candidate.timeNanos() <= rst.timeNanos()) {
                syn = candidate;
            }
        }
        boolean acknowledgesSyn =
                rst.tcp().ack()
                        && rst.tcp().acknowledgment()
                                == ((syn.tcp().sequence() + 1) & 0xFFFF_FFFFL);
        long trip = rst.timeNanos() - syn.timeNanos();
        return List.of(
                Finding.of(Cause.TCP_REFUSED)
                        .strength(acknowledgesSyn ? 0.98 : 0.85)
                        .blame(c.peerBlame())
                        .decidedAt(rst.timeNanos())
                        .hint(
                                c.peer()
                                        + " answered the SYN with RST after "
                                        + Figures.span(trip)
                                        + ": nothing listens there, or it is rejected")
                        .detail(
                                "The host is up and its answer came back; no program accepts"
                                        + " connections on that port, or a firewall rejects them with"
                                        + " a reset.")
                        .evidence(
                                "SYN to "
                                        + c.tcp().server()
                                        + " answered by RST after "
                                        + Figures.span(trip)
                                        + " (TTL "
                                        + rst.packet().ip().hopLimit()
                                        + ")",
                                syn,
                                rst)
                        .build());
    }
}
