package io.netverdict.correlator.corroboration;

import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Evidence;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.RequestStory.Attempt;
import java.util.List;

/** Puts all the context there is to a finding. */
public final class Corroboration {
    private static final List<Corroborator> ALL =
            List.of(
                    new LinkLoss(),
                    new NeighborTable(),
                    new LocalRefusal(),
                    new InputRefusal(),
                    new CachedPathMtu(),
                    new UnreadReceiveQueue(),
                    new WrongClock(),
                    new ConfiguredNameServers());

    private Corroboration() {}

    /**
     * The finding with what the machine knows about it.
     *
     * @param attempt the connection it was found on, or null
     */
    public static Finding of(Finding finding, Attempt attempt, RequestStory story) {
        Finding told = finding;
        if (story.context().isNone()) {
            return told;
        }
        for (Corroborator corroborator : ALL) {
            told = corroborator.corroborate(told, attempt, story);
        }
        return told;
    }

    /** A fact of the context, marked as such; it cites no packets. */
    static Evidence evidence(String fact) {
        return new Evidence("context: " + fact, List.of());
    }
}
