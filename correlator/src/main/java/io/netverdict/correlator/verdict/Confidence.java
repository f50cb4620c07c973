package io.netverdict.correlator.verdict;

import java.util.List;

/**
 * How sure a verdict is: the strength of its packets, less what the client's words, a doubtful
 * connection or a close second take away.
 */
final class Confidence {
    private static final double LEAST = 0.05;
    private static final double MOST = 0.99;

    private Confidence() {}

    /** How sure the best candidate makes the verdict, with the others beside it. */
    static double of(Candidate best, List<Candidate> rest) {
        double confidence = best.finding().strength();
        if (best.plausibility() <= Plausibility.CONTRADICTS) {
            confidence *= 0.55;
        } else if (best.plausibility() < Plausibility.OPEN) {
            confidence *= 0.8;
        } else if (best.plausibility() < Plausibility.FITS) {
            confidence *= 0.95;
        }
        if (best.attempt() != null && best.belonging() < 0.45) {
            confidence *= 0.85;
        }
        double margin = 2;
        for (Candidate other : rest) {
            if (other.finding().cause() != best.finding().cause()
                    && !Precedence.goesBefore(best.finding().cause(), other.finding().cause())) {
                margin = Math.min(margin, best.score() - other.score());
            }
        }
        if (margin < 0.15) {
            confidence *= 0.75;
        } else if (margin < 0.35) {
            confidence *= 0.9;
        }
        return Math.max(LEAST, Math.min(MOST, confidence));
    }
}
