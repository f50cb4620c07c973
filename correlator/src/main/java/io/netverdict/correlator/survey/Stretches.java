package io.netverdict.correlator.survey;

import io.netverdict.capture.recording.RecordedFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When the recording went on. A file may be put together of pieces years apart; that nothing came
 * in between proves nothing. Immutable.
 */
final class Stretches {
    /** A silence longer than this may as well be the end of a piece. */
    private static final long LONGEST_SILENCE_NANOS = 120_000_000_000L;

    private record Span(long from, long to) {}

    /** Ends of stretches by their beginnings. */
    private final TreeMap<Long, Long> ends = new TreeMap<>();

    Stretches(List<RecordedFlow> flows) {
        List<Span> spans = new ArrayList<>();
        for (RecordedFlow flow : flows) {
            long lasted = flow.lastNanos() - flow.firstNanos();
            if (lasted / Math.max(1, flow.packets()) <= LONGEST_SILENCE_NANOS) {
                spans.add(new Span(flow.firstNanos(), flow.lastNanos()));
            } else {
                spans.add(new Span(flow.firstNanos(), flow.firstNanos()));
                spans.add(new Span(flow.lastNanos(), flow.lastNanos()));
            }
        }
        spans.sort((a, b) -> Long.compare(a.from(), b.from()));
        long from = 0;
        long to = 0;
        boolean open = false;
        for (Span span : spans) {
            if (open && span.from() - to <= LONGEST_SILENCE_NANOS) {
                to = Math.max(to, span.to());
                continue;
            }
            if (open) {
                ends.put(from, to);
            }
            from = span.from();
            to = span.to();
            open = true;
        }
        if (open) {
            ends.put(from, to);
        }
    }

    /** Until when the recording is known to have gone on after a moment. */
    long endAfter(long nanos) {
        Map.Entry<Long, Long> stretch = ends.floorEntry(nanos);
        return stretch == null ? nanos : Math.max(nanos, stretch.getValue());
    }
}
