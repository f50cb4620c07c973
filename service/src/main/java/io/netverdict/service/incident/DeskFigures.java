package io.netverdict.service.incident;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Verdict;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts verdicts and the time they take, since the start. Thread-safe. */
public final class DeskFigures {
    /** Upper bounds of the buckets of verdict times, nanoseconds. */
    private static final long[] BOUNDS_NANOS = {
        1_000_000,
        2_000_000,
        5_000_000,
        10_000_000,
        20_000_000,
        50_000_000,
        100_000_000,
        500_000_000,
        2_000_000_000
    };

    /** What verdicts are counted by. */
    public record Kind(Cause cause, Blame blame) {}

    /**
     * A histogram of durations.
     *
     * @param boundsNanos upper bounds of the buckets
     * @param counts values up to each bound and, at the end, all of them
     * @param sumNanos of all values
     */
    public record Histogram(long[] boundsNanos, long[] counts, long sumNanos) {}

    private final Map<Kind, LongAdder> verdicts = new ConcurrentHashMap<>();
    private final LongAdder[] buckets = new LongAdder[BOUNDS_NANOS.length + 1];
    private final LongAdder verdictNanos = new LongAdder();
    private final LongAdder storeNanos = new LongAdder();
    private final LongAdder refused = new LongAdder();

    DeskFigures() {
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new LongAdder();
        }
    }

    /**
     * One verdict.
     *
     * @param nanos from the snapshot to the verdict
     * @param storeNanos from there until it was on the disk
     */
    void decided(Verdict verdict, long nanos, long storeNanos) {
        verdicts.computeIfAbsent(
                        new Kind(verdict.cause(), verdict.blame()), kind -> new LongAdder())
                .increment();
        int bucket = 0;
        while (bucket < BOUNDS_NANOS.length && nanos > BOUNDS_NANOS[bucket]) {
            bucket++;
        }
        buckets[bucket].increment();
        verdictNanos.add(nanos);
        this.storeNanos.add(storeNanos);
    }

    void refused() {
        refused.increment();
    }

    /** Verdicts by cause and blame, in the catalogue's order. */
    public Map<Kind, Long> verdicts() {
        Map<Kind, Long> counts =
                new TreeMap<>(
                        java.util.Comparator.comparing(Kind::cause).thenComparing(Kind::blame));
        verdicts.forEach((kind, count) -> counts.put(kind, count.sum()));
        return counts;
    }

    /** How long verdicts took. */
    public Histogram verdictTimes() {
        long[] counts = new long[buckets.length];
        long total = 0;
        for (int i = 0; i < buckets.length; i++) {
            total += buckets[i].sum();
            counts[i] = total;
        }
        return new Histogram(BOUNDS_NANOS.clone(), counts, verdictNanos.sum());
    }

    /** Time spent on bringing verdicts and slices to the disk, all together. */
    public long storeNanos() {
        return storeNanos.sum();
    }

    /** Reports turned away because too many were waiting. */
    public long refusedReports() {
        return refused.sum();
    }
}
