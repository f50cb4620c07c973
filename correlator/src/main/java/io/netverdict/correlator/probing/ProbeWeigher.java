package io.netverdict.correlator.probing;

import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.RequestStory.Attempt;
import java.util.Optional;

/** Puts one kind of probe to what the packets say. Stateless. */
interface ProbeWeigher {

    /**
     * A finding with what the probes add to it, or as it was.
     *
     * @param attempt the connection it was found on, or null
     */
    Finding weigh(Finding finding, Attempt attempt, RequestStory story);

    /** A cause that packets leave open and a probe decides, on one connection. */
    default Optional<Finding> find(Attempt attempt, RequestStory story) {
        return Optional.empty();
    }
}
