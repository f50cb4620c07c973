package io.netverdict.capture.file;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/**
 * From hashes to numbers that count from 0: open addressing whose room doubles in place, so that no
 * array it has outgrown lies about. Whoever holds the numbers' keys compares them. Not thread-safe
 * while it grows.
 */
final class HashSlots {
    /** For a slot that is free. */
    static final int FREE = -1;

    private static final int PAGE_SHIFT = 12;
    private static final int PAGE_SLOTS = 1 << PAGE_SHIFT;
    private static final int PAGE_MASK = PAGE_SLOTS - 1;

    /** Number + 1, or 0; a power of two of them. */
    private int[][] pages = {new int[PAGE_SLOTS]};

    private int mask = PAGE_MASK;
    private int size;

    /** Where to look for a hash first. */
    int first(long hash) {
        return (int) hash & mask;
    }

    /** Where to look next; a free slot comes before all have been looked at. */
    int next(int slot) {
        return slot + 1 & mask;
    }

    /** The number in a slot, or {@link #FREE}. */
    int get(int slot) {
        return pages[slot >>> PAGE_SHIFT][slot & PAGE_MASK] - 1;
    }

    /**
     * Puts the next number, which is how many were put before, into a free slot.
     *
     * @param slot where looking for it ended
     * @param hashOf of the numbers put before and this one
     */
    void put(int slot, IntToLongFunction hashOf) {
        set(slot, size++);
        // At most three quarters full.
        if (4L * size > 3L * (mask + 1L)) {
            grow(hashOf);
        }
    }

    private void set(int slot, int number) {
        pages[slot >>> PAGE_SHIFT][slot & PAGE_MASK] = number + 1;
    }

    private void grow(IntToLongFunction hashOf) {
        int before = pages.length;
        pages = Arrays.copyOf(pages, 2 * before);
        for (int page = 0; page < before; page++) {
            Arrays.fill(pages[page], 0);
            pages[before + page] = new int[PAGE_SLOTS];
        }
        mask = pages.length * PAGE_SLOTS - 1;
        for (int number = 0; number < size; number++) {
            int slot = first(hashOf.applyAsLong(number));
            while (get(slot) != FREE) {
                slot = next(slot);
            }
            set(slot, number);
        }
    }
}
