package io.netverdict.correlator.verdict;

import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.scene.Question;
import io.netverdict.correlator.story.RequestStory;
import java.util.EnumSet;
import java.util.Set;

/**
 * Whether clocks that differ a little explain why a report and a file's packets do not go together:
 * nothing is where the report says, or what is there cannot cause its words, and close by is what
 * can. A live recorder and its clients share a clock.
 */
public final class ClockDifference {
    /** Machines that keep their clocks by themselves are off by so much within days. */
    public static final long MOST_NANOS = 2_000_000_000L;

    /** The right packets most likely, and not by the report's own word. */
    private static final double AT_MOST = 0.7;

    private static final double PLAIN = 0.8;

    private static final Set<Cause> SAYS_NOTHING_OF_PACKETS =
            EnumSet.of(Cause.CAPTURE_INSUFFICIENT, Cause.CLIENT_NOTHING_SENT);

    private ClockDifference() {}

    /** Whether to look again with {@link Question#withClockDifference}. */
    public static boolean isSuspected(RequestStory story, Judge.Decision decision) {
        Cause cause = decision.finding().cause();
        return !story.scene().coverage().live()
                && story.question().occurredKnown()
                && (SAYS_NOTHING_OF_PACKETS.contains(cause)
                        || fit(story, cause) <= Plausibility.CONTRADICTS);
    }

    /** Whether what was found that way goes with the report so well that it is what is meant. */
    public static boolean isShown(RequestStory story, Judge.Decision decision) {
        Cause cause = decision.finding().cause();
        return !SAYS_NOTHING_OF_PACKETS.contains(cause)
                && cause != Cause.NETWORK_HEALTHY
                && decision.finding().strength() >= PLAIN
                && fit(story, cause) >= Plausibility.FITS;
    }

    /** The decision, which tells that it rests on this. */
    public static Judge.Decision told(Judge.Decision decision) {
        Finding finding =
                decision.finding()
                        .withDetail(
                                "At the time reported there is nothing like it: this holds if the clocks"
                                        + " of client and recorder differ by up to "
                                        + Figures.span(MOST_NANOS)
                                        + ".");
        return new Judge.Decision(
                finding,
                Math.min(decision.confidence(), AT_MOST),
                decision.attempt(),
                decision.others(),
                decision.rejections());
    }

    private static double fit(RequestStory story, Cause cause) {
        return Plausibility.of(story.question().facts().complaints(), cause);
    }
}
