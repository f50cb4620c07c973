package io.netverdict.correlator.model;

import java.util.List;
import java.util.Objects;

/**
 * One cause, how sure it is, and why.
 *
 * @param confidence 0 to 1
 * @param hint one line for a log, at most {@value #MAX_HINT_LENGTH} characters
 * @param explanation a paragraph a support engineer can send on
 * @param advice what to check or change, most promising first
 * @param evidence what proves it, most telling first
 * @param alternatives the candidates that lost, likeliest first
 */
public record Verdict(
        Cause cause,
        double confidence,
        Blame blame,
        Phase phase,
        String hint,
        String explanation,
        List<String> advice,
        List<Evidence> evidence,
        List<Alternative> alternatives) {
    public static final int MAX_HINT_LENGTH = 160;

    public Verdict {
        Objects.requireNonNull(cause, "cause");
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence=" + confidence);
        }
        if (hint.length() > MAX_HINT_LENGTH) {
            hint = hint.substring(0, MAX_HINT_LENGTH - 1) + "…";
        }
        advice = List.copyOf(advice);
        evidence = List.copyOf(evidence);
        alternatives = List.copyOf(alternatives);
    }
}
