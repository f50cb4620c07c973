package io.netverdict.correlator.rules;

import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.finding.Rejection;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.tcp.Segment;
import java.util.List;

/**
 * {@code tcp.peer-vanished}: something was acknowledged, then everything sent, or every keep-alive
 * probe, goes unanswered.
 */
public final class PeerVanishedRule implements ConnectionRule {
    private static final long LONG_IDLE_NANOS = 1_000_000_000L;

    /** Smaller segments fit any sane path. */
    private static final int LARGE_BYTES = 1000;

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        if (!c.tcp().established()) {
            return List.of();
        }
        boolean ackedBefore = c.tcp().toServer().anythingAcked() || !c.tcp().startSeen();
        if (!ackedBefore) {
            return List.of();
        }
        Delivery delivery =
                Delivery.of(c.tcp().toServer(), c.tcp().toClient().segments(), c.giveUpNanos());
        if (delivery.attempts() < 2) {
            return keepAlives(c);
        }
        Segment first = delivery.firstLost().get(0);
        Segment repeated = delivery.firstLost().get(1);
        boolean heardSince =
                c.tcp().toClient().segments().stream()
                        .anyMatch(
                                s ->
                                        s.timeNanos()
                                                        > repeated.timeNanos()
                                                                + Math.max(
                                                                        c.roundTripNanos(),
                                                                        1_000_000)
                                                && s.timeNanos() <= c.giveUpNanos());
        if (heardSince) {
            return List.of(
                    new Rejection(
                            Cause.TCP_PEER_VANISHED,
                            "the peer was still heard from after the first lost segment"));
        }
        long silence = c.giveUpNanos() - first.timeNanos();
        long idle = c.idleBefore(first);
        boolean sure = delivery.attempts() >= 3;
        // As well an MTU hole: no segment as large ever passed, and no smaller one was tried.
        boolean maybeTooLarge =
                idle < LONG_IDLE_NANOS
                        && delivery.lostLength() >= LARGE_BYTES
                        && delivery.largestAcked() < delivery.lostLength()
                        && delivery.smallerUnacked().isEmpty();
        return List.of(
                Finding.of(Cause.TCP_PEER_VANISHED)
                        .strength(maybeTooLarge ? 0.65 : sure ? 0.93 : 0.75)
                        .blame(c.pathBlame())
                        .phase(Phase.REQUEST)
                        .decidedAt(c.giveUpNanos())
                        .hint(
                                c.peer()
                                        + " stopped answering: data sent "
                                        + delivery.attempts()
                                        + " times in "
                                        + Figures.span(silence)
                                        + " without an ACK"
                                        + (idle > LONG_IDLE_NANOS
                                                ? ", after " + Figures.span(idle) + " idle"
                                                : ""))
                        .detail(
                                "The connection worked before. Since then nothing came back, neither an"
                                        + " ACK nor a reset: the path died, a NAT or firewall forgot the"
                                        + " connection silently, or the peer is gone.")
                        .evidence(
                                "the same "
                                        + first.length()
                                        + " bytes sent at "
                                        + Figures.times(delivery.firstLost(), first.timeNanos())
                                        + ", never acknowledged",
                                delivery.firstLost())
                        .evidence("the last sign of life of the peer", lastHeard(c, first))
                        .build());
    }

    private static List<Assessment> keepAlives(ConnectionCase c) {
        List<Segment> probes =
                c.tcp().toServer().segments().stream().filter(Segment::keepAlive).toList();
        if (probes.size() < 2) {
            return List.of();
        }
        Segment first = null;
        int unanswered = 0;
        for (Segment probe : probes) {
            boolean answered =
                    c.tcp().toClient().segments().stream()
                            .anyMatch(s -> s.timeNanos() >= probe.timeNanos());
            if (!answered) {
                first = first == null ? probe : first;
                unanswered++;
            }
        }
        if (unanswered < 2) {
            return List.of();
        }
        long from = first.timeNanos();
        return List.of(
                Finding.of(Cause.TCP_PEER_VANISHED)
                        .strength(0.85)
                        .blame(c.pathBlame())
                        .decidedAt(c.giveUpNanos())
                        .hint(
                                c.peer()
                                        + " stopped answering: "
                                        + unanswered
                                        + " keep-alive probes without an answer")
                        .evidence(
                                unanswered + " keep-alive probes without an answer",
                                probes.stream().filter(p -> p.timeNanos() >= from).toList())
                        .build());
    }

    private static Segment lastHeard(ConnectionCase c, Segment before) {
        Segment last = null;
        for (Segment segment : c.tcp().toClient().segments()) {
            if (segment.timeNanos() <= before.timeNanos()) {
                last = segment;
            }
        }
        return last;
    }
}
