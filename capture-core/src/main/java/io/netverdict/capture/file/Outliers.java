package io.netverdict.capture.file;

import java.util.Arrays;

/**
 * The values of the few packets whose own do not fit where a table keeps them. Not thread-safe
 * while it grows.
 */
final class Outliers {
    private static final int FIRST_ROOM = 16;

    private int[] packets = {};
    private long[] values = {};
    private int count;

    /** Adds a value of a packet behind all that were added before. */
    void add(int packet, long value) {
        if (count == packets.length) {
            int room = Math.max(FIRST_ROOM, count + count / 2);
            packets = Arrays.copyOf(packets, room);
            values = Arrays.copyOf(values, room);
        }
        packets[count] = packet;
        values[count++] = value;
    }

    /** The value of a packet that was added. */
    long get(int packet) {
        return values[Arrays.binarySearch(packets, 0, count, packet)];
    }
}
