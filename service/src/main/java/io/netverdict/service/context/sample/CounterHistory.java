package io.netverdict.service.context.sample;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The samples of the last minutes: every one of the last minute, older ones thinned. Thread-safe.
 */
public final class CounterHistory {
    private static final int RECENT = 60;
    private static final int OLDER = 60;
    private static final int THINNING = 10;

    private final Deque<CounterSample> recent = new ArrayDeque<>();
    private final Deque<CounterSample> older = new ArrayDeque<>();
    private long count;

    /** Adds the newest sample. */
    public synchronized void add(CounterSample sample) {
        recent.addLast(sample);
        if (recent.size() > RECENT) {
            CounterSample leaving = recent.removeFirst();
            if (count++ % THINNING == 0) {
                older.addLast(leaving);
                if (older.size() > OLDER) {
                    older.removeFirst();
                }
            }
        }
    }

    /** The last sample before a moment, or the oldest there is; empty without samples. */
    public synchronized Optional<CounterSample> before(long wallNanos) {
        List<CounterSample> all = new ArrayList<>(older);
        all.addAll(recent);
        CounterSample found = null;
        for (CounterSample sample : all) {
            if (found == null || sample.wallNanos() <= wallNanos) {
                found = sample;
            }
        }
        return Optional.ofNullable(found);
    }

    /** The newest sample. */
    public synchronized Optional<CounterSample> newest() {
        return Optional.ofNullable(recent.peekLast());
    }
}
