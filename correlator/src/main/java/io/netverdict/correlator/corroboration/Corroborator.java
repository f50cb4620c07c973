package io.netverdict.correlator.corroboration;

import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.RequestStory.Attempt;

/** Puts one kind of context to a finding. Stateless. */
@FunctionalInterface
interface Corroborator {

    /**
     * The finding with what the context adds to it, or as it was.
     *
     * @param attempt the connection it was found on, or null
     */
    Finding corroborate(Finding finding, Attempt attempt, RequestStory story);
}
