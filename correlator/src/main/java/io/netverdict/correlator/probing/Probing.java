package io.netverdict.correlator.probing;

import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Evidence;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.RequestStory.Attempt;
import java.util.ArrayList;
import java.util.List;

/** Puts all that probes found to the findings of a request. */
public final class Probing {
    private static final List<ProbeWeigher> ALL =
            List.of(
                    new ProbedPathMtu(),
                    new ProbedCertificate(),
                    new ProbedReach(),
                    new ProbedNameServers());

    private Probing() {}

    /**
     * A finding with what probes add to it.
     *
     * @param attempt the connection it was found on, or null
     */
    public static Finding weigh(Finding finding, Attempt attempt, RequestStory story) {
        Finding told = finding;
        if (story.probes().isEmpty()) {
            return told;
        }
        for (ProbeWeigher weigher : ALL) {
            told = weigher.weigh(told, attempt, story);
        }
        return told;
    }

    /**
     * What only the probes decide about a connection, nearest the root first.
     *
     * @param known what the packets say of it
     */
    public static List<Finding> find(Attempt attempt, RequestStory story, List<Finding> known) {
        if (story.probes().isEmpty()) {
            return List.of();
        }
        List<Finding> found = new ArrayList<>();
        for (ProbeWeigher weigher : ALL) {
            weigher.find(attempt, story)
                    .filter(f -> known.stream().noneMatch(k -> k.cause() == f.cause()))
                    .ifPresent(found::add);
        }
        return found;
    }

    /** A fact of a probe, marked as such; it cites none of the request's packets. */
    static Evidence evidence(String fact) {
        return new Evidence("probe: " + fact, List.of());
    }

    static Finding with(Finding finding, String fact) {
        return finding.withEvidence(List.of(evidence(fact)));
    }
}
