package io.netverdict.capture.file;

import java.util.Arrays;

/**
 * The keys of flows, which are only added to: the number of a pair of addresses, as a rule in two
 * bytes, and both ports. Grows by blocks: copies and spare room count with many flows. Not
 * thread-safe while it grows.
 */
final class FlowKeys {
    private static final int BLOCK_SHIFT = 12;
    private static final int BLOCK_FLOWS = 1 << BLOCK_SHIFT;
    private static final int BLOCK_MASK = BLOCK_FLOWS - 1;
    private static final int FIRST_BLOCKS = 16;
    private static final long PORTS_MASK = 0xFFFF_FFFFL;

    private static final class Block {
        private final SmallNumbers pairs = new SmallNumbers(BLOCK_FLOWS);
        private final int[] ports = new int[BLOCK_FLOWS];
    }

    private Block[] blocks = new Block[FIRST_BLOCKS];
    private int size;

    /** A key in one word. */
    static long key(int pair, int ports) {
        return (long) pair << Integer.SIZE | ports & PORTS_MASK;
    }

    static int pair(long key) {
        return (int) (key >>> Integer.SIZE);
    }

    static int ports(long key) {
        return (int) key;
    }

    int size() {
        return size;
    }

    /** Adds a flow and tells its number. */
    int add(long key) {
        int number = size >>> BLOCK_SHIFT;
        int row = size & BLOCK_MASK;
        if (number == blocks.length) {
            blocks = Arrays.copyOf(blocks, 2 * number);
        }
        if (row == 0) {
            blocks[number] = new Block();
        }
        blocks[number].pairs.set(row, pair(key));
        blocks[number].ports[row] = ports(key);
        return size++;
    }

    long get(int flow) {
        Block block = blocks[flow >>> BLOCK_SHIFT];
        int row = flow & BLOCK_MASK;
        return key(block.pairs.get(row), block.ports[row]);
    }
}
