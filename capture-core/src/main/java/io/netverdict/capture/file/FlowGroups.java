package io.netverdict.capture.file;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The flows of a block's packets, group by group: each group lists the few flows that its packets
 * are of in their order, each by how far it is from the one before, as a rule in one byte. Not
 * thread-safe while it is filled.
 */
final class FlowGroups {
    private static final int LIST_ROOM_BYTES = 64;

    /** A distance has seven bits in each byte, the lowest first, and a bit where more follow. */
    private static final int BITS_PER_BYTE = 7;

    private static final int BITS_MASK = (1 << BITS_PER_BYTE) - 1;
    private static final int MORE = 1 << BITS_PER_BYTE;
    private static final int MAX_BYTES = 5;

    private byte[] distances;

    /** Where the list of each group begins, and that of the one behind the last. */
    private final int[] starts;

    /**
     * @param groups at most
     */
    FlowGroups(int groups) {
        distances = new byte[groups * LIST_ROOM_BYTES];
        starts = new int[groups + 1];
    }

    /**
     * Fills in a group, behind the one that was filled in last.
     *
     * @param list of its flows, each once; is put in order
     * @param listed how many flows of the list it has
     */
    void fill(int group, int[] list, int listed) {
        Arrays.sort(list, 0, listed);
        int at = starts[group];
        int most = at + listed * MAX_BYTES;
        if (most > distances.length) {
            distances = Arrays.copyOf(distances, Math.max(most, distances.length * 3 / 2));
        }
        int before = 0;
        for (int i = 0; i < listed; i++) {
            int distance = list[i] - before;
            before = list[i];
            while (distance >= MORE) {
                distances[at++] = (byte) (distance & BITS_MASK | MORE);
                distance >>>= BITS_PER_BYTE;
            }
            distances[at++] = (byte) distance;
        }
        starts[group + 1] = at;
    }

    /** Gives back the room that was not needed, once all are filled in. */
    void trim(int groups) {
        distances = Arrays.copyOf(distances, starts[groups]);
    }

    /** Whether a packet of a group is of one of some flows. */
    boolean holdsAny(int group, IntPredicate wanted) {
        int at = starts[group];
        int end = starts[group + 1];
        int flow = 0;
        while (at < end) {
            int distance = distances[at] & BITS_MASK;
            for (int shift = BITS_PER_BYTE; distances[at++] < 0; shift += BITS_PER_BYTE) {
                distance |= (distances[at] & BITS_MASK) << shift;
            }
            flow += distance;
            if (wanted.test(flow)) {
                return true;
            }
        }
        return false;
    }
}
