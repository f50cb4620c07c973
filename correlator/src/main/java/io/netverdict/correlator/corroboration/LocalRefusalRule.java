package io.netverdict.correlator.corroboration;

import io.netverdict.correlator.errortext.Complaint;
import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.scene.Question;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.StoryRule;
import io.netverdict.correlator.tcp.Segment;
import java.util.List;

/**
 * {@code client.nothing-sent} although there are connections to the host: none of them is new, and
 * the machine says why it opened no other.
 */
public final class LocalRefusalRule implements StoryRule {
    private static final double OWN = 0.5;

    @Override
    public List<Assessment> assess(RequestStory story) {
        Question question = story.question();
        boolean connected = story.attempts().stream().anyMatch(a -> a.belonging() >= OWN);
        if (!connected || !speaksOfConnecting(question) || dialled(story)) {
            return List.of();
        }
        List<String> reasons = LocalRefusal.reasons(story.context(), question);
        if (reasons.isEmpty()) {
            return List.of();
        }
        return List.of(
                Finding.of(Cause.CLIENT_NOTHING_SENT)
                        .strength(0.9)
                        .phase(Phase.CONNECT)
                        .decidedAt(question.deadlineNanos())
                        .evidence("no SYN to the host in the request's time")
                        .build());
    }

    private static boolean speaksOfConnecting(Question question) {
        return question.startedNanos() >= 0
                && question.says(
                        Complaint.CONNECT_FAILED,
                        Complaint.CONNECT_TIMEOUT,
                        Complaint.ADDRESS_NOT_AVAILABLE,
                        Complaint.PERMISSION_DENIED,
                        Complaint.NETWORK_UNREACHABLE,
                        Complaint.NO_ROUTE);
    }

    private static boolean dialled(RequestStory story) {
        for (RequestStory.Attempt attempt : story.attempts()) {
            for (Segment syn : attempt.connection().tcp().syns()) {
                if (attempt.belonging() >= OWN
                        && syn.timeNanos() >= story.question().windowFromNanos()) {
                    return true;
                }
            }
        }
        return false;
    }
}
