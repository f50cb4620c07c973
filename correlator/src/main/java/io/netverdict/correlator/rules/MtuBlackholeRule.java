package io.netverdict.correlator.rules;

import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.finding.Rejection;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.tcp.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code path.mtu-blackhole}: large segments are lost again and again while smaller ones pass, and
 * no ICMP explains it; in either direction.
 */
public final class MtuBlackholeRule implements ConnectionRule {
    /** IPv6's minimum MTU less headers: smaller segments fit any sane path. */
    private static final int SUSPICIOUS_BYTES = 1000;

    private static final int DEFAULT_SEGMENT_BYTES = 1448;
    private static final int TIMESTAMP_OPTION_BYTES = 12;
    private static final int SLACK_BYTES = 20;
    private static final long MIN_SILENCE_NANOS = 700_000_000L;

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        if (!c.tcp().established()) {
            return List.of();
        }
        List<Assessment> found = new ArrayList<>();
        outbound(c, found);
        inbound(c, found);
        return found;
    }

    private static void outbound(ConnectionCase c, List<Assessment> found) {
        Delivery delivery =
                Delivery.of(c.tcp().toServer(), c.tcp().toClient().segments(), c.giveUpNanos());
        if (delivery.attempts() < 2 || delivery.lostLength() < SUSPICIOUS_BYTES) {
            return;
        }
        List<Segment> smallPassed = delivery.passed(false);
        List<Segment> largePassed = delivery.passed(true);
        if (!largePassed.isEmpty()) {
            found.add(
                    new Rejection(
                            Cause.PATH_MTU_BLACKHOLE,
                            "segments as large as the lost one were acknowledged selectively"));
            return;
        }
        boolean sameSizePassed = delivery.largestAcked() >= delivery.lostLength();
        double strength;
        String proof;
        if (!smallPassed.isEmpty()) {
            strength = sameSizePassed ? 0.75 : 0.96;
            proof = "smaller pieces sent behind it were acknowledged selectively";
        } else if (!sameSizePassed
                && delivery.smallerUnacked().isEmpty()
                && delivery.largestAcked() > 0) {
            strength = 0.65;
            proof =
                    "smaller segments, up to "
                            + Figures.bytes(delivery.largestAcked())
                            + ", had been acknowledged before";
        } else if (delivery.largestAcked() == 0
                && c.tcp().synAcks().size() == 1
                && delivery.smallerUnacked().isEmpty()) {
            strength = 0.65;
            proof =
                    "the SYN-ACK is not repeated, so the small ACK of the handshake seems to have"
                            + " passed";
        } else {
            found.add(
                    new Rejection(
                            Cause.PATH_MTU_BLACKHOLE,
                            sameSizePassed
                                    ? "segments of the lost size had been acknowledged before"
                                    : "no smaller segment is seen to pass"));
            return;
        }
        List<Segment> passing =
                c.tcp().toClient().segments().stream()
                        .filter(s -> !s.sacked().isEmpty())
                        .limit(4)
                        .toList();
        found.add(
                Finding.of(Cause.PATH_MTU_BLACKHOLE)
                        .strength(strength)
                        .blame(c.pathBlame())
                        .phase(c.exchange() == null ? Phase.TLS : Phase.REQUEST)
                        .decidedAt(c.giveUpNanos())
                        .hint(
                                "segments of "
                                        + delivery.lostLength()
                                        + " bytes to "
                                        + c.peer()
                                        + " vanish ("
                                        + Figures.count(delivery.attempts(), "try")
                                                .replace("trys", "tries")
                                        + "), smaller ones pass: MTU hole, no ICMP")
                        .detail(
                                "A link on the way to the server carries less than the client's MTU, and"
                                        + " the ICMP message that should say so is missing.")
                        .evidence(
                                "a segment of "
                                        + delivery.lostLength()
                                        + " bytes sent "
                                        + delivery.attempts()
                                        + " times, at "
                                        + Figures.times(
                                                delivery.firstLost(), delivery.firstSentNanos())
                                        + ", never acknowledged",
                                delivery.firstLost())
                        .evidence(proof, passing)
                        .build());
    }

    private static void inbound(ConnectionCase c, List<Assessment> found) {
        Arrival arrival = Arrival.of(c.tcp().toClient(), c.giveUpNanos());
        if (arrival.hole() == null) {
            return;
        }
        int announced = c.tcp().clientMaximumSegmentSize();
        int full = announced > 0 ? announced - TIMESTAMP_OPTION_BYTES : DEFAULT_SEGMENT_BYTES;
        long silence = c.giveUpNanos() - arrival.gapShownBy().timeNanos();
        boolean tailOnly = arrival.beyondHole().isEmpty();
        boolean fullArrived = arrival.largestArrived() >= full - SLACK_BYTES;
        if (arrival.hole().length() < Math.min(full, SUSPICIOUS_BYTES) - SLACK_BYTES) {
            return;
        }
        if (fullArrived) {
            found.add(
                    new Rejection(
                            Cause.PATH_MTU_BLACKHOLE,
                            "segments of full size ("
                                    + arrival.largestArrived()
                                    + " bytes) did arrive"));
            return;
        }
        if (!tailOnly && silence < Math.max(MIN_SILENCE_NANOS, 3 * c.roundTripNanos())) {
            return;
        }
        List<Segment> duplicateAcks =
                c.tcp().toServer().segments().stream()
                        .filter(
                                s ->
                                        !s.sacked().isEmpty()
                                                && s.ackOffset() == arrival.contiguousEnd())
                        .limit(4)
                        .toList();
        Finding.Builder finding =
                Finding.of(Cause.PATH_MTU_BLACKHOLE)
                        .strength(tailOnly ? 0.75 : 0.95)
                        .blame(c.pathBlame())
                        .phase(c.exchange() == null ? Phase.TLS : Phase.RESPONSE)
                        .decidedAt(c.giveUpNanos())
                        .hint(
                                "large segments from "
                                        + c.peer()
                                        + " never arrive: "
                                        + Figures.bytes(arrival.hole().length())
                                        + " missing for "
                                        + Figures.span(Math.max(0, silence))
                                        + ", only small ones pass: MTU hole")
                        .detail(
                                "The server's full-sized packets are lost on the way to the client and"
                                        + " small ones arrive: a link that carries less than the"
                                        + " server's MTU, and the ICMP message that should tell the"
                                        + " server is filtered.")
                        .evidence(
                                "bytes "
                                        + arrival.hole().from()
                                        + " to "
                                        + arrival.hole().to()
                                        + " of the server's stream never arrived; the largest segment that did had "
                                        + arrival.largestArrived()
                                        + " bytes (full size: "
                                        + full
                                        + ")",
                                arrival.gapShownBy());
        if (!duplicateAcks.isEmpty()) {
            finding.evidence("the client keeps asking for the gap", duplicateAcks);
        }
        found.add(finding.build());
    }
}
