package io.netverdict.correlator.verdict;

import io.netverdict.correlator.model.Cause;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which cause goes before which when both are found about one request: the one nearer the root. */
final class Precedence {
    /** A weaker finding does not displace another. */
    private static final double SOLID = 0.8;

    private static final Map<Cause, Set<Cause>> BEFORE = new EnumMap<>(Cause.class);

    static {
        BEFORE.put(
                Cause.HTTP_CAPTIVE_PORTAL,
                EnumSet.of(
                        Cause.NETWORK_HEALTHY,
                        Cause.HTTP_ERROR_STATUS,
                        Cause.HTTP_REDIRECT_LOOP,
                        Cause.HTTP_MALFORMED_RESPONSE));
        BEFORE.put(
                Cause.HTTP_REDIRECT_LOOP,
                EnumSet.of(Cause.NETWORK_HEALTHY, Cause.HTTP_ERROR_STATUS));
        Set<Cause> absence = EnumSet.of(Cause.CLIENT_NOTHING_SENT, Cause.CAPTURE_INSUFFICIENT);
        BEFORE.put(Cause.LINK_NEIGHBOR_UNRESOLVED, absence);
        BEFORE.put(Cause.QUIC_NO_RESPONSE, absence);
        BEFORE.put(Cause.CLIENT_NOTHING_SENT, EnumSet.of(Cause.CAPTURE_INSUFFICIENT));
        for (Cause cause : Cause.values()) {
            if (cause.code().startsWith("dns.") || cause == Cause.PATH_FRAGMENTS_LOST) {
                BEFORE.put(cause, absence);
            }
        }
    }

    private Precedence() {}

    static boolean goesBefore(Cause one, Cause other) {
        return BEFORE.getOrDefault(one, Set.of()).contains(other);
    }

    /**
     * The best candidate, or one that goes before it.
     *
     * @param candidates best first, not empty
     */
    static Candidate first(List<Candidate> candidates) {
        Candidate best = candidates.get(0);
        for (Candidate other : candidates) {
            boolean likely =
                    other.plausibility() >= Plausibility.OPEN
                            && other.finding().strength() >= SOLID
                            && other.belonging() >= best.belonging() / 2;
            if (likely && goesBefore(other.finding().cause(), best.finding().cause())) {
                return other;
            }
        }
        return best;
    }
}
