package io.netverdict.correlator.marks;

import static io.netverdict.correlator.marks.SequenceSpace.after;
import static io.netverdict.correlator.marks.SequenceSpace.before;

import java.util.Arrays;

/**
 * Which sequence numbers of one direction were captured: everything up to an edge, and what lies
 * beyond the first gap.
 *
 * <p>Of the ranges beyond the gap the {@link #MAX_RANGES} nearest ones are kept; a later segment
 * that closes the gap to a forgotten one moves the edge less far. Not thread-safe.
 */
final class CapturedRanges {
    static final int MAX_RANGES = 64;

    private boolean started;
    private int edge;
    private int[] starts = {};
    private int[] ends = {};
    private int count;

    /** Whether anything was captured. */
    boolean started() {
        return started;
    }

    /** One past the bytes captured without a gap. */
    int edge() {
        return edge;
    }

    /** Takes in a segment's sequence numbers, the end exclusive. */
    void add(int start, int end) {
        if (!started) {
            started = true;
            edge = end;
        } else if (!after(start, edge)) {
            advance(end);
        } else if (start != end) {
            insert(start, end);
        }
    }

    /** Leaves gaps before a sequence number alone from now on. */
    void skipTo(int sequence) {
        advance(sequence);
    }

    private void advance(int end) {
        if (after(end, edge)) {
            edge = end;
        }
        int reached = 0;
        while (reached < count && !after(starts[reached], edge)) {
            if (after(ends[reached], edge)) {
                edge = ends[reached];
            }
            reached++;
        }
        remove(0, reached);
    }

    private void insert(int start, int end) {
        int from = 0;
        while (from < count && before(ends[from], start)) {
            from++;
        }
        int to = from;
        int mergedStart = start;
        int mergedEnd = end;
        while (to < count && !after(starts[to], end)) {
            mergedStart = before(starts[to], mergedStart) ? starts[to] : mergedStart;
            mergedEnd = after(ends[to], mergedEnd) ? ends[to] : mergedEnd;
            to++;
        }
        if (from == to) {
            if (!makeRoom(from)) {
                return;
            }
        } else {
            remove(from + 1, to);
        }
        starts[from] = mergedStart;
        ends[from] = mergedEnd;
    }

    /** Opens a place at an index; false where it would lie beyond the last one. */
    private boolean makeRoom(int index) {
        if (index == MAX_RANGES) {
            return false;
        }
        if (count == starts.length && count < MAX_RANGES) {
            int capacity = Math.min(MAX_RANGES, Math.max(4, 2 * count));
            starts = Arrays.copyOf(starts, capacity);
            ends = Arrays.copyOf(ends, capacity);
        }
        int moved = Math.min(count, MAX_RANGES - 1) - index;
        System.arraycopy(starts, index, starts, index + 1, moved);
        System.arraycopy(ends, index, ends, index + 1, moved);
        count = Math.min(MAX_RANGES, count + 1);
        return true;
    }

    private void remove(int from, int to) {
        if (from == to) {
            return;
        }
        System.arraycopy(starts, to, starts, from, count - to);
        System.arraycopy(ends, to, ends, from, count - to);
        count -= to - from;
    }
}
