package io.netverdict.capture.file;

import java.util.Arrays;

/**
 * Rows of a few words each that are only added to. Grows by blocks: copies and spare room count
 * with many of them. Not thread-safe while it grows.
 */
final class KeyRows {
    private static final int BLOCK_SHIFT = 8;
    private static final int BLOCK_MASK = (1 << BLOCK_SHIFT) - 1;
    private static final int FIRST_BLOCKS = 16;

    private final int words;
    private long[][] blocks = new long[FIRST_BLOCKS][];
    private int size;

    /**
     * @param words of a row
     */
    KeyRows(int words) {
        this.words = words;
    }

    int size() {
        return size;
    }

    /** Adds a row of zeros and tells its number. */
    int add() {
        int block = size >>> BLOCK_SHIFT;
        if (block == blocks.length) {
            blocks = Arrays.copyOf(blocks, 2 * block);
        }
        if (blocks[block] == null) {
            blocks[block] = new long[words << BLOCK_SHIFT];
        }
        return size++;
    }

    void set(int row, int word, long value) {
        blocks[row >>> BLOCK_SHIFT][(row & BLOCK_MASK) * words + word] = value;
    }

    long get(int row, int word) {
        return blocks[row >>> BLOCK_SHIFT][(row & BLOCK_MASK) * words + word];
    }
}
