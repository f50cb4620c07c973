package io.netverdict.service.probe;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Keeps probing rare: all together, towards each host, and at one time. Thread-safe. */
final class ProbeLimits {
    /** Incidents probed at one time. */
    static final int MAX_AT_ONCE = 2;

    private final int perMinute;
    private final long perTargetNanos;
    private final LongSupplier clock;
    private final Deque<Long> begun = new ArrayDeque<>();
    private final Map<String, Long> targets = new HashMap<>();
    private int running;

    /**
     * @param clock monotonic, nanoseconds
     */
    ProbeLimits(ProbeSettings settings, LongSupplier clock) {
        this.perMinute = settings.perMinute();
        this.perTargetNanos = settings.perTarget().toNanos();
        this.clock = clock;
    }

    /**
     * Asks to begin towards some hosts; {@link #end} gives the place back.
     *
     * @return why not, or empty where it may begin
     */
    synchronized Optional<String> begin(Collection<String> hosts) {
        long now = clock.getAsLong();
        long minute = TimeUnit.MINUTES.toNanos(1);
        while (!begun.isEmpty() && now - begun.peekFirst() >= minute) {
            begun.removeFirst();
        }
        targets.values().removeIf(then -> now - then >= perTargetNanos);
        if (running >= MAX_AT_ONCE) {
            return Optional.of("the probes of " + running + " other incidents are running");
        }
        if (begun.size() >= perMinute) {
            return Optional.of(
                    perMinute + " incidents were probed in the last minute, which is the limit");
        }
        for (String host : hosts) {
            if (targets.containsKey(host)) {
                long ago = TimeUnit.NANOSECONDS.toSeconds(now - targets.get(host));
                return Optional.of(
                        host
                                + " was probed "
                                + ago
                                + " s ago for another incident; the limit is once in "
                                + TimeUnit.NANOSECONDS.toSeconds(perTargetNanos)
                                + " s");
            }
        }
        running++;
        begun.addLast(now);
        hosts.forEach(host -> targets.put(host, now));
        return Optional.empty();
    }

    synchronized void end() {
        running--;
    }
}
