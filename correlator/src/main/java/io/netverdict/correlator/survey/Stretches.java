package io.netverdict.correlator.survey;

import io.netverdict.capture.recording.RecordedFlow;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * When the recording went on. A file may be put together of pieces years apart; that nothing came
 * in between proves nothing. Immutable once made.
 */
final class Stretches {
    /** A silence longer than this may as well be the end of a piece. */
    private static final long LONGEST_SILENCE_NANOS = 120_000_000_000L;

    /** Ends of stretches by their beginnings. */
    private final TreeMap<Long, Long> ends = new TreeMap<>();

    private long from;
    private long to;
    private boolean open;

    /**
     * @param flows in order of their first packet
     */
    Stretches(List<RecordedFlow> flows) {
        // Of flows that were silent for long only both ends count, and the last ones come by time.
        PriorityQueue<Long> lastOnes = new PriorityQueue<>();
        for (RecordedFlow flow : flows) {
            while (!lastOnes.isEmpty() && lastOnes.peek() <= flow.firstNanos()) {
                long last = lastOnes.poll();
                add(last, last);
            }
            long lasted = flow.lastNanos() - flow.firstNanos();
            if (lasted / Math.max(1, flow.packets()) <= LONGEST_SILENCE_NANOS) {
                add(flow.firstNanos(), flow.lastNanos());
            } else {
                add(flow.firstNanos(), flow.firstNanos());
                lastOnes.add(flow.lastNanos());
            }
        }
        while (!lastOnes.isEmpty()) {
            long last = lastOnes.poll();
            add(last, last);
        }
        if (open) {
            ends.put(from, to);
        }
    }

    /** Adds a time of recording; each begins no sooner than the one before. */
    private void add(long begin, long end) {
        if (open && begin - to <= LONGEST_SILENCE_NANOS) {
            to = Math.max(to, end);
            return;
        }
        if (open) {
            ends.put(from, to);
        }
        from = begin;
        to = end;
        open = true;
    }

    /** Until when the recording is known to have gone on after a moment. */
    long endAfter(long nanos) {
        Map.Entry<Long, Long> stretch = ends.floorEntry(nanos);
        return stretch == null ? nanos : Math.max(nanos, stretch.getValue());
    }
}
