package io.netverdict.correlator.corroboration;

import io.netverdict.correlator.errortext.Complaint;
import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.scene.Question;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.StoryRule;
import io.netverdict.correlator.tcp.TcpConnection;
import java.util.List;

/**
 * {@code client.nothing-sent} although there are connections to the host: every SYN that left was
 * answered, the client could not connect, and the machine says why.
 */
public final class LocalRefusalRule implements StoryRule {
    private static final double OWN = 0.5;

    @Override
    public List<Assessment> assess(RequestStory story) {
        Question question = story.question();
        boolean connected = story.attempts().stream().anyMatch(a -> a.belonging() >= OWN);
        if (!connected || !speaksOfConnecting(question) || dialledInVain(story)) {
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
                        .evidence(
                                "every SYN to the host was answered, yet the client could not"
                                        + " connect")
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

    /** Whether a SYN that can be seen came to nothing: that is what the client speaks of then. */
    private static boolean dialledInVain(RequestStory story) {
        for (RequestStory.Attempt attempt : story.attempts()) {
            TcpConnection tcp = attempt.connection().tcp();
            boolean inTime =
                    tcp.syns().stream()
                            .anyMatch(s -> s.timeNanos() >= story.question().windowFromNanos());
            if (attempt.belonging() >= OWN && inTime && !tcp.established()) {
                return true;
            }
        }
        return false;
    }
}
