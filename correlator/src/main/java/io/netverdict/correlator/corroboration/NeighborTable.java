package io.netverdict.correlator.corroboration;

import io.netverdict.correlator.context.NeighborContext;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Evidence;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.RequestStory.Attempt;
import java.util.List;

/** The kernel gave a neighbour up: {@code link.neighbor-unresolved} is certain. */
final class NeighborTable implements Corroborator {
    private static final double CERTAIN = 0.98;

    @Override
    public Finding corroborate(Finding finding, Attempt attempt, RequestStory story) {
        if (finding.cause() != Cause.LINK_NEIGHBOR_UNRESOLVED) {
            return finding;
        }
        List<Evidence> entries =
                story.context().neighbors().stream()
                        .filter(NeighborContext::unresolved)
                        .filter(n -> finding.hint().contains(n.address()))
                        .map(NeighborTable::entry)
                        .toList();
        return entries.isEmpty()
                ? finding
                : finding.withEvidence(entries).withStrength(Math.max(CERTAIN, finding.strength()));
    }

    private static Evidence entry(NeighborContext neighbor) {
        return Corroboration.evidence(
                "the neighbour table has "
                        + neighbor.address()
                        + " on "
                        + neighbor.device()
                        + " as "
                        + neighbor.state());
    }
}
