package io.netverdict.capture.recording;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A bounded question for flows: those of a filter with a packet between two times, and of too many
 * those that ended next to a moment.
 *
 * @param fromNanos inclusive, nanoseconds since the epoch
 * @param toNanos inclusive
 * @param nearNanos the moment
 * @param limit flows at most
 */
public record FlowSearch(
        FlowFilter filter, long fromNanos, long toNanos, long nearNanos, int limit) {
    public FlowSearch {
        if (limit < 1) {
            throw new IllegalArgumentException("limit=" + limit);
        }
    }

    /** How far from the moment a flow ended; nanoseconds. */
    public long distanceNanos(long lastNanos) {
        return Math.abs(nearNanos - lastNanos);
    }

    /** What is asked for, out of all flows between the two times; in the order given. */
    public List<RecordedFlow> select(List<RecordedFlow> flows) {
        List<RecordedFlow> found = new ArrayList<>();
        for (RecordedFlow flow : flows) {
            if (filter.matches(flow.key())) {
                found.add(flow);
            }
        }
        if (found.size() > limit) {
            found.sort(Comparator.comparingLong(flow -> distanceNanos(flow.lastNanos())));
            found.subList(limit, found.size()).clear();
            found.sort(Comparator.comparingLong(RecordedFlow::firstNanos));
        }
        return found;
    }
}
