package io.netverdict.correlator.corroboration;

import io.netverdict.correlator.context.ClockContext;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Evidence;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.RequestStory.Attempt;
import java.util.ArrayList;
import java.util.List;

/** Peers date their answers otherwise than this machine: certificates fail for its clock. */
final class WrongClock implements Corroborator {
    private static final double CERTAIN = 0.97;
    private static final long SECONDS_PER_DAY = 86_400;

    @Override
    public Finding corroborate(Finding finding, Attempt attempt, RequestStory story) {
        ClockContext clock = story.context().clock();
        boolean early = finding.cause() == Cause.TLS_CERTIFICATE_NOT_YET_VALID;
        boolean late = finding.cause() == Cause.TLS_CERTIFICATE_EXPIRED;
        if (clock == null || !(early || late)) {
            return finding;
        }
        List<Evidence> facts = new ArrayList<>();
        boolean wrong = clock.contradicted() && (clock.offsetSeconds() < 0) == early;
        if (wrong) {
            facts.add(
                    Corroboration.evidence(
                            "this machine's clock is "
                                    + span(Math.abs(clock.offsetSeconds()))
                                    + (early ? " behind " : " ahead of ")
                                    + clock.offsetFrom()));
        }
        if (Boolean.FALSE.equals(clock.synchronised()) && (wrong || early)) {
            facts.add(Corroboration.evidence("the kernel says its clock is not synchronised"));
        }
        Finding told = facts.isEmpty() ? finding : finding.withEvidence(facts);
        return wrong && early
                ? told.withBlame(Blame.CLIENT).withStrength(Math.max(CERTAIN, told.strength()))
                : told;
    }

    private static String span(long seconds) {
        return seconds < 2 * SECONDS_PER_DAY
                ? Figures.span(seconds * 1_000_000_000L)
                : seconds / SECONDS_PER_DAY + " days";
    }
}
