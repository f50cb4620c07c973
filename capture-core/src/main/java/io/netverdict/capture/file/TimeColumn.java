package io.netverdict.capture.file;

/**
 * Times in six bytes each, nanoseconds since the epoch, as long as all are within a day and a half
 * of a given one; in eight from then on. Not thread-safe while it is filled.
 */
final class TimeColumn {
    private static final long LOW_MASK = 0xFFFF_FFFFL;

    private final long baseNanos;
    private int[] lows;
    private short[] highs;
    private long[] all;

    /**
     * @param baseNanos a time that the others are near, as a rule
     */
    TimeColumn(int rows, long baseNanos) {
        this.baseNanos = baseNanos;
        lows = new int[rows];
        highs = new short[rows];
    }

    void set(int row, long nanos) {
        long offset = nanos - baseNanos;
        long high = offset >> Integer.SIZE;
        if (all == null && high != (short) high) {
            widen();
        }
        if (all == null) {
            lows[row] = (int) offset;
            highs[row] = (short) high;
        } else {
            all[row] = nanos;
        }
    }

    long get(int row) {
        return all == null
                ? baseNanos + ((long) highs[row] << Integer.SIZE | lows[row] & LOW_MASK)
                : all[row];
    }

    private void widen() {
        long[] wide = new long[lows.length];
        for (int row = 0; row < wide.length; row++) {
            wide[row] = get(row);
        }
        all = wide;
        lows = null;
        highs = null;
    }
}
