package io.netverdict.correlator.account;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.correlator.story.RequestStory.Attempt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which attempts are told one by one: of many towards the same address and port those next to the
 * error. A client that has tried the same for a minute fills an incident with what says nothing
 * new.
 */
final class LikeAttempts {
    /** Towards one address and port. */
    static final int MAX_TOLD = 12;

    private LikeAttempts() {}

    /**
     * @param decisive the attempt that is told in any case, or null
     * @param occurredNanos of the error, since the epoch
     * @return in their own order
     */
    static List<Attempt> nearest(List<Attempt> attempts, Attempt decisive, long occurredNanos) {
        if (attempts.size() <= MAX_TOLD) {
            return attempts;
        }
        Map<Endpoint, List<Attempt>> byServer = new LinkedHashMap<>();
        for (Attempt attempt : attempts) {
            byServer.computeIfAbsent(
                            attempt.connection().tcp().server(), server -> new ArrayList<>())
                    .add(attempt);
        }
        // By identity: an attempt is all of its packets, which take long to compare.
        Set<Attempt> told = Collections.newSetFromMap(new IdentityHashMap<>());
        for (List<Attempt> like : byServer.values()) {
            like.sort(
                    Comparator.comparing((Attempt attempt) -> attempt != decisive)
                            .thenComparingLong(
                                    attempt ->
                                            Math.abs(
                                                    occurredNanos
                                                            - attempt.connection()
                                                                    .tcp()
                                                                    .lastNanos())));
            told.addAll(like.subList(0, Math.min(MAX_TOLD, like.size())));
        }
        return attempts.stream().filter(told::contains).toList();
    }
}
