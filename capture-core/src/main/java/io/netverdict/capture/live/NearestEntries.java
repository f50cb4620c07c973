package io.netverdict.capture.live;

import java.util.Arrays;

/** The smallest of many numbers, so many at most; a heap with the largest of them on top. */
final class NearestEntries {
    private static final int FIRST_ROOM = 64;
    private static final long[] NONE = {};

    private final int limit;

    /** Without room at first: most segments have no entry that is looked for. */
    private long[] heap = NONE;

    private int size;

    /**
     * @param limit numbers at most, 1 or more
     */
    NearestEntries(int limit) {
        this.limit = limit;
    }

    /** Whether a number would be among them now. */
    boolean wants(long number) {
        return size < limit || number < heap[0];
    }

    /** Adds a number that is wanted; of too many the largest goes. */
    void add(long number) {
        if (size < limit) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, Math.min(limit, Math.max(FIRST_ROOM, 2 * size)));
            }
            heap[size] = number;
            up(size++);
        } else {
            heap[0] = number;
            down();
        }
    }

    private void up(int from) {
        int at = from;
        while (at > 0 && heap[(at - 1) / 2] < heap[at]) {
            swap(at, (at - 1) / 2);
            at = (at - 1) / 2;
        }
    }

    private void down() {
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && heap[child + 1] > heap[child]) {
                child++;
            }
            if (heap[at] >= heap[child]) {
                return;
            }
            swap(at, child);
            at = child;
        }
    }

    private void swap(int one, int other) {
        long kept = heap[one];
        heap[one] = heap[other];
        heap[other] = kept;
    }

    /** What is left, in ascending order. */
    long[] toArray() {
        long[] sorted = Arrays.copyOf(heap, size);
        Arrays.sort(sorted);
        return sorted;
    }
}
