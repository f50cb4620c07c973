package io.netverdict.correlator.probing;

import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.probe.PathMtuProbe;
import io.netverdict.correlator.rules.ConnectionCase;
import io.netverdict.correlator.rules.Delivery;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.RequestStory.Attempt;
import java.util.Locale;
import java.util.Optional;

/** The path MTU as found beside the size of the segments that were lost. */
final class ProbedPathMtu implements ProbeWeigher {
    private static final double CERTAIN = 0.97;
    private static final double DECIDED = 0.92;

    /** Segments of that size had passed before: the path may have changed. */
    private static final double CHANGED = 0.75;

    /** The packets themselves show that smaller ones pass. */
    private static final double PROVEN = 0.95;

    private static final double GONE = 0.8;

    /** What was sent just before the client gave up had no time to be acknowledged. */
    private static final long MIN_WAIT_NANOS = 100_000_000L;

    private static final int V4_HEADERS_BYTES = 40;
    private static final int V6_HEADERS_BYTES = 60;
    private static final int TIMESTAMP_BYTES = 12;

    @Override
    public Finding weigh(Finding finding, Attempt attempt, RequestStory story) {
        boolean aboutSize =
                finding.cause() == Cause.PATH_MTU_BLACKHOLE
                        || finding.cause() == Cause.PATH_MTU_EXCEEDED;
        if (attempt == null || !aboutSize) {
            return finding;
        }
        Optional<PathMtuProbe> probe = probe(attempt, story);
        if (probe.isEmpty()) {
            return finding;
        }
        if (probe.get().narrow()) {
            return Probing.with(finding, words(probe.get()))
                    .withStrength(Math.max(CERTAIN, finding.strength()));
        }
        Finding told =
                Probing.with(
                        finding,
                        "path MTU is "
                                + bytes(probe.get().mtuBytes())
                                + ", as on the own interface: what held large packets back is gone,"
                                + " or on the way back only");
        return finding.strength() >= PROVEN ? told : told.withStrength(GONE * finding.strength());
    }

    @Override
    public Optional<Finding> find(Attempt attempt, RequestStory story) {
        ConnectionCase c = attempt.connection();
        Optional<PathMtuProbe> probe = probe(attempt, story).filter(PathMtuProbe::narrow);
        if (probe.isEmpty() || c.tcp().synAcks().isEmpty()) {
            return Optional.empty();
        }
        Delivery delivery =
                Delivery.of(c.tcp().toServer(), c.tcp().toClient().segments(), c.giveUpNanos());
        int lost = delivery.lostLength() + headers(c);
        if (delivery.attempts() < 2
                || delivery.lostLength() == 0
                || lost <= probe.get().mtuBytes()
                || !delivery.passed(true).isEmpty()
                || smallerVanishToo(c, delivery, probe.get().mtuBytes())) {
            return Optional.empty();
        }
        boolean passedBefore = delivery.largestAcked() >= delivery.lostLength();
        Cause cause = probe.get().silentHole() ? Cause.PATH_MTU_BLACKHOLE : Cause.PATH_MTU_EXCEEDED;
        return Optional.of(
                Finding.of(cause)
                        .strength(passedBefore ? CHANGED : DECIDED)
                        .blame(c.pathBlame())
                        .phase(c.exchange() == null ? Phase.TLS : Phase.REQUEST)
                        .decidedAt(c.giveUpNanos())
                        .hint(
                                "packets of "
                                        + bytes(lost)
                                        + " to "
                                        + c.peer()
                                        + " vanish; a probe finds that "
                                        + bytes(probe.get().mtuBytes())
                                        + " pass")
                        .detail(
                                "The request's own packets show only that its large segment was never"
                                        + " acknowledged. A probe found the path MTU smaller than that"
                                        + " segment, so that it could not arrive.")
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
                        .build()
                        .withEvidence(java.util.List.of(Probing.evidence(words(probe.get())))));
    }

    /** Whether packets that fit the path went unanswered alike: their size is not why. */
    private static boolean smallerVanishToo(ConnectionCase c, Delivery delivery, int mtuBytes) {
        long timeToAnswerNanos = Math.max(MIN_WAIT_NANOS, 2 * c.roundTripNanos());
        return delivery.smallerUnacked().stream()
                .filter(s -> s.length() + headers(c) <= mtuBytes)
                .filter(s -> c.giveUpNanos() - s.timeNanos() >= timeToAnswerNanos)
                .anyMatch(s -> !heardAfter(c, s.timeNanos()));
    }

    private static boolean heardAfter(ConnectionCase c, long nanos) {
        return c.tcp().toClient().segments().stream()
                .anyMatch(s -> s.timeNanos() > nanos && s.timeNanos() <= c.giveUpNanos());
    }

    private static Optional<PathMtuProbe> probe(Attempt attempt, RequestStory story) {
        IpAddress server = attempt.connection().tcp().server().address();
        return story.probes()
                .of(PathMtuProbe.class)
                .filter(probe -> probe.found() && probe.target().equals(server))
                .findFirst();
    }

    private static int headers(ConnectionCase c) {
        boolean v6 = c.tcp().server().address().v6();
        boolean timestamps =
                c.tcp().toServer().segments().stream()
                        .anyMatch(s -> s.packet().tcp().options().timestampValue() >= 0);
        return (v6 ? V6_HEADERS_BYTES : V4_HEADERS_BYTES) + (timestamps ? TIMESTAMP_BYTES : 0);
    }

    private static String words(PathMtuProbe probe) {
        return "path MTU is "
                + bytes(probe.mtuBytes())
                + ", the own interface's "
                + bytes(probe.firstHopBytes())
                + (probe.silentHole()
                        ? "; larger packets vanish without ICMP"
                        : "; " + probe.toldBy() + " says so by ICMP");
    }

    /** {@code 1,300 bytes}. */
    private static String bytes(int count) {
        return String.format(Locale.ROOT, "%,d bytes", count);
    }
}
