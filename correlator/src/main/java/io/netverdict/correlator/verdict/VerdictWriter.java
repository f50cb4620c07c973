package io.netverdict.correlator.verdict;

import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.finding.Rejection;
import io.netverdict.correlator.model.Alternative;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Verdict;
import io.netverdict.correlator.story.RequestStory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Puts a decision into the words of a verdict. */
public final class VerdictWriter {
    private static final int MAX_ALTERNATIVES = 4;

    private VerdictWriter() {}

    /** The verdict on a story, with its hosts and addresses in the advice. */
    public static Verdict write(Judge.Decision decision, RequestStory story) {
        List<String> advice = Advice.of(decision.finding().cause());
        return write(decision, new AdvicePlaces(decision, story).fill(advice));
    }

    /** The verdict by itself. */
    public static Verdict write(Judge.Decision decision) {
        return write(decision, Advice.of(decision.finding().cause()));
    }

    private static Verdict write(Judge.Decision decision, List<String> advice) {
        Finding finding = decision.finding();
        String explanation =
                capitalize(finding.hint())
                        + "."
                        + (finding.detail().isEmpty() ? "" : " " + finding.detail());
        return new Verdict(
                finding.cause(),
                Math.round(decision.confidence() * 100) / 100.0,
                finding.blame(),
                finding.phase(),
                finding.hint(),
                explanation,
                advice,
                finding.evidence(),
                alternatives(decision));
    }

    private static List<Alternative> alternatives(Judge.Decision decision) {
        List<Alternative> alternatives = new ArrayList<>();
        Set<Cause> named = EnumSet.of(decision.finding().cause());
        double left = Math.max(0.01, 1 - decision.confidence());
        for (Finding other : decision.others()) {
            if (alternatives.size() < MAX_ALTERNATIVES && named.add(other.cause())) {
                // A cause that lost is never told with more confidence than the one that won.
                double share = Math.min(left / 2, decision.confidence());
                alternatives.add(
                        new Alternative(
                                other.cause(), Math.round(share * 100) / 100.0, against(other)));
                left /= 2;
            }
        }
        for (Rejection rejection : decision.rejections()) {
            if (alternatives.size() < MAX_ALTERNATIVES && named.add(rejection.cause())) {
                alternatives.add(new Alternative(rejection.cause(), 0.01, rejection.against()));
            }
        }
        return alternatives;
    }

    private static String against(Finding other) {
        return "explains this error less well: " + other.hint();
    }

    private static String capitalize(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
