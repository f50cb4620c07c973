package io.netverdict.correlator.verdict;

import io.netverdict.capture.recording.Coverage;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.RequestStory.Attempt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Connections of a time of which the recorder has only kept what decides verdicts: handshakes and
 * ends, alerts, ICMP. Data may have gone either way then, so that only causes stand which those
 * packets show, or show the lack of. And connections that reach into a time when no recorder was
 * running.
 */
final class OverwrittenData {
    private static final Set<Cause> DECIDABLE =
            EnumSet.of(
                    Cause.TCP_SYN_NO_RESPONSE,
                    Cause.TCP_REFUSED,
                    Cause.TCP_UNREACHABLE,
                    Cause.TCP_ADMIN_PROHIBITED,
                    Cause.PATH_TTL_EXCEEDED,
                    Cause.LINK_NEIGHBOR_UNRESOLVED,
                    Cause.TLS_VERSION_MISMATCH,
                    Cause.TLS_NO_SHARED_PARAMETERS,
                    Cause.TLS_UNRECOGNIZED_NAME,
                    Cause.TLS_CERTIFICATE_EXPIRED,
                    Cause.TLS_CERTIFICATE_NOT_YET_VALID,
                    Cause.TLS_CERTIFICATE_NAME_MISMATCH,
                    Cause.TLS_CERTIFICATE_UNTRUSTED,
                    Cause.TLS_CLIENT_CERTIFICATE_REQUIRED,
                    Cause.TLS_CLIENT_CERTIFICATE_REJECTED,
                    Cause.TLS_ALERT);

    private OverwrittenData() {}

    /** Takes out and gives back the candidates that rest on data being absent. */
    static List<Candidate> removeUndecidable(RequestStory story, List<Candidate> candidates) {
        Coverage coverage = story.scene().coverage();
        List<Candidate> removed = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Attempt attempt = candidate.attempt();
            if (attempt == null) {
                continue;
            }
            long began = attempt.connection().tcp().firstNanos();
            boolean unseen = coverage.gapIn(began, candidate.finding().decidedNanos()).isPresent();
            if (unseen
                    || coverage.onlyDecidingAt(began)
                            && !DECIDABLE.contains(candidate.finding().cause())) {
                removed.add(candidate);
            }
        }
        candidates.removeAll(removed);
        return removed;
    }

    /**
     * The connection that the verdict would have been about: where what was removed would have won,
     * or nothing at all was found. Null where another one decides.
     */
    static Attempt decisive(RequestStory story, List<Candidate> removed, List<Candidate> left) {
        double best = left.stream().mapToDouble(Candidate::score).max().orElse(0);
        Optional<Candidate> winner =
                removed.stream().max(Comparator.comparingDouble(Candidate::score));
        if (winner.isPresent()) {
            return winner.get().score() > best ? winner.get().attempt() : null;
        }
        if (!left.isEmpty()) {
            return null;
        }
        Coverage coverage = story.scene().coverage();
        return story.attempts().stream()
                .filter(a -> coverage.onlyDecidingAt(a.connection().tcp().firstNanos()))
                .max(Comparator.comparingDouble(Attempt::belonging))
                .orElse(null);
    }
}
