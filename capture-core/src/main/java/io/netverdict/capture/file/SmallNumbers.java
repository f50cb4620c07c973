package io.netverdict.capture.file;

/**
 * Numbers from 0 on in two bytes each, as long as all are below 65,536; in four from then on. Not
 * thread-safe while it is filled.
 */
final class SmallNumbers {
    private char[] small;
    private int[] all;

    /**
     * @param rows each 0 at first
     */
    SmallNumbers(int rows) {
        small = new char[rows];
    }

    void set(int row, int number) {
        if (all == null && number > Character.MAX_VALUE) {
            all = new int[small.length];
            for (int each = 0; each < all.length; each++) {
                all[each] = small[each];
            }
            small = null;
        }
        if (all == null) {
            small[row] = (char) number;
        } else {
            all[row] = number;
        }
    }

    int get(int row) {
        return all == null ? small[row] : all[row];
    }
}
