package io.netverdict.correlator.verdict;

import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.story.RequestStory.Attempt;

/**
 * A finding that may become the verdict.
 *
 * @param finding what was found
 * @param attempt the connection it was found on, or null
 * @param belonging 0 to 1: how surely its packets are the request's
 * @param plausibility 0 to 1: how well the client's words go with the cause
 * @param timeFit 0 to 1: how well it explains an error at that moment
 * @param startFit -1 to 1: how well its beginning goes with the request's
 */
record Candidate(
        Finding finding,
        Attempt attempt,
        double belonging,
        double plausibility,
        double timeFit,
        double startFit) {

    double score() {
        return belonging + timeFit + 1.4 * plausibility + 0.6 * finding.strength() + 0.5 * startFit;
    }
}
