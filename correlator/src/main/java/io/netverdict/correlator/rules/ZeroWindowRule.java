package io.netverdict.correlator.rules;

import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.finding.Rejection;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.tcp.Segment;
import io.netverdict.correlator.tcp.TcpDirection;
import java.util.ArrayList;
import java.util.List;

/** {@code tcp.zero-window}: a receiver's window stayed closed until the end. */
public final class ZeroWindowRule implements ConnectionRule {
    private static final long MIN_CLOSED_NANOS = 500_000_000L;

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        List<Assessment> found = new ArrayList<>();
        add(c, c.tcp().toClient(), c.peerBlame(), Phase.REQUEST, c.peer(), found);
        add(c, c.tcp().toServer(), Blame.CLIENT, Phase.RESPONSE, "the client", found);
        return found;
    }

    private static void add(
            ConnectionCase c,
            TcpDirection receiver,
            Blame blame,
            Phase phase,
            String who,
            List<Assessment> found) {
        List<Segment> windows =
                receiver.segments().stream()
                        .filter(s -> s.timeNanos() <= c.giveUpNanos())
                        .filter(s -> s.tcp().ack() && !s.rst() && !s.syn() && !s.fin())
                        .toList();
        Segment closedSince = null;
        List<Segment> closed = new ArrayList<>();
        for (Segment segment : windows) {
            if (segment.windowBytes() == 0) {
                closedSince = closedSince == null ? segment : closedSince;
                closed.add(segment);
            } else {
                closedSince = null;
            }
        }
        if (closed.isEmpty()) {
            return;
        }
        if (closedSince == null) {
            found.add(
                    new Rejection(Cause.TCP_ZERO_WINDOW, "the window of " + who + " opened again"));
            return;
        }
        long span = c.giveUpNanos() - closedSince.timeNanos();
        if (span < MIN_CLOSED_NANOS) {
            return;
        }
        found.add(
                Finding.of(Cause.TCP_ZERO_WINDOW)
                        .strength(0.96)
                        .blame(blame)
                        .phase(phase)
                        .decidedAt(c.giveUpNanos())
                        .hint(
                                who
                                        + " stopped reading: its receive window stayed at 0 for "
                                        + Figures.span(span))
                        .detail(
                                "The network delivered everything the receiver had room for; the"
                                        + " program there does not read.")
                        .evidence(
                                Figures.count(closed.size(), "segment")
                                        + " of "
                                        + who
                                        + " with window 0, the window closed for "
                                        + Figures.span(span)
                                        + " until the end",
                                closed)
                        .build());
    }
}
