package io.netverdict.capture.file;

/**
 * Small numbers, one a row: a byte each while few of them take more, two bytes from then on. Not
 * thread-safe while it is filled.
 */
final class FlowColumn {
    /** What {@link #get} gives where there is no number. */
    static final int NONE = -1;

    /** What {@link #get} gives where the number did not fit. */
    static final int FAR = -2;

    private static final int NARROW_NONE = 0xFF;
    private static final int NARROW_FAR = 0xFE;
    private static final char WIDE_NONE = 0xFFFF;
    private static final char WIDE_FAR = 0xFFFE;

    /** Numbers kept elsewhere cost more than a wider column from about here on, by rows. */
    private static final int ROWS_PER_FAR = 32;

    private byte[] narrow;
    private char[] wide;
    private int far;

    FlowColumn(int rows) {
        narrow = new byte[rows];
    }

    void setNone(int row) {
        if (wide == null) {
            narrow[row] = (byte) NARROW_NONE;
        } else {
            wide[row] = WIDE_NONE;
        }
    }

    /** Sets a row behind all that were set; whether the number fits. */
    boolean set(int row, int number) {
        if (wide == null) {
            if (number >= 0 && number < NARROW_FAR) {
                narrow[row] = (byte) number;
                return true;
            }
            if (++far <= narrow.length / ROWS_PER_FAR) {
                narrow[row] = (byte) NARROW_FAR;
                return false;
            }
            widen(row);
        }
        boolean fits = number >= 0 && number < WIDE_FAR;
        wide[row] = fits ? (char) number : WIDE_FAR;
        return fits;
    }

    private void widen(int rows) {
        wide = new char[narrow.length];
        for (int row = 0; row < rows; row++) {
            int number = narrow[row] & 0xFF;
            wide[row] =
                    number == NARROW_NONE
                            ? WIDE_NONE
                            : number == NARROW_FAR ? WIDE_FAR : (char) number;
        }
        narrow = null;
    }

    int get(int row) {
        if (wide == null) {
            int number = narrow[row] & 0xFF;
            return number >= NARROW_FAR ? (number == NARROW_NONE ? NONE : FAR) : number;
        }
        char number = wide[row];
        return number >= WIDE_FAR ? (number == WIDE_NONE ? NONE : FAR) : number;
    }
}
