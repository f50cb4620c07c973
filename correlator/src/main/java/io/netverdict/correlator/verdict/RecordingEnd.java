package io.netverdict.correlator.verdict;

import io.netverdict.capture.recording.Coverage;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.scene.DnsQuery;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.RequestStory.Attempt;
import io.netverdict.correlator.story.ResolveRule;
import java.util.EnumSet;
import java.util.Set;

/**
 * Findings of silence in a file that ends before the silence is over: that nothing came in what was
 * not recorded is not known. A live recording reaches to the moment of the question.
 */
final class RecordingEnd {
    /** Not sure, and still before causes that fit worse. */
    private static final double AT_MOST = 0.85;

    /** A recording that ends so shortly before the error shows what came before it. */
    private static final long SHORTLY_NANOS = 200_000_000L;

    private static final Set<Cause> SILENT_PEER =
            EnumSet.of(
                    Cause.HTTP_NO_RESPONSE,
                    Cause.HTTP_RESPONSE_STALLED,
                    Cause.HTTP_TRANSFER_TOO_SLOW,
                    Cause.TLS_NO_RESPONSE,
                    Cause.TLS_HANDSHAKE_STALLED,
                    Cause.PROXY_NO_RESPONSE);

    private RecordingEnd() {}

    /** Whether the recording may have missed what made the client fail. */
    static boolean isBeforeError(RequestStory story) {
        return story.question().occurredKnown()
                && story.scene().coverage().lastNanos()
                        < story.question().occurredFromNanos() - SHORTLY_NANOS;
    }

    /** The finding, weaker where what it rests on was hardly recorded. */
    static Finding weighed(Finding finding, Attempt attempt, RequestStory story) {
        Coverage coverage = story.scene().coverage();
        long occurred = story.question().occurredFromNanos();
        if (coverage.live()
                || !story.question().occurredKnown()
                || finding.strength() <= AT_MOST
                || !isUnseen(finding, attempt, story, coverage.lastNanos())) {
            return finding;
        }
        return finding.withStrength(AT_MOST)
                .withDetail(
                        "The recording ends "
                                + Figures.span(occurred - coverage.lastNanos())
                                + " before the error: what came after its end is not known.");
    }

    private static boolean isUnseen(
            Finding finding, Attempt attempt, RequestStory story, long lastNanos) {
        long occurred = story.question().occurredFromNanos();
        if (finding.cause() == Cause.CLIENT_NOTHING_SENT) {
            return lastNanos < occurred;
        }
        if (lastNanos >= Math.min(occurred, finding.decidedNanos()) - SHORTLY_NANOS) {
            return false;
        }
        if (finding.cause() == Cause.DNS_NO_RESPONSE) {
            long asked =
                    story.lookups().stream().mapToLong(DnsQuery::sentNanos).min().orElse(lastNanos);
            return lastNanos - asked < ResolveRule.IMPATIENT_NANOS;
        }
        if (attempt == null || !SILENT_PEER.contains(finding.cause())) {
            return false;
        }
        long silentSince = attempt.connection().tcp().lastNanos();
        return lastNanos - silentSince < occurred - lastNanos;
    }
}
