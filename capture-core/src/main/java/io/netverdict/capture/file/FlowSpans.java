package io.netverdict.capture.file;

import java.util.Arrays;

/**
 * From where to where the packets of each flow reach, in the file and in time. Flows are numbered
 * as in {@link FlowTable}. Not thread-safe while it grows.
 */
final class FlowSpans {
    private static final int BLOCK_SHIFT = 10;
    private static final int BLOCK_FLOWS = 1 << BLOCK_SHIFT;
    private static final int BLOCK_MASK = BLOCK_FLOWS - 1;
    private static final int FIRST_BLOCKS = 16;

    /** Grows by such: copies and spare room count with many flows. */
    private static final class Block {
        private final int[] firstPackets = new int[BLOCK_FLOWS];
        private final int[] lastPackets = new int[BLOCK_FLOWS];
        private final int[] counts = new int[BLOCK_FLOWS];
        private final long[] firstNanos = new long[BLOCK_FLOWS];
        private final long[] lastNanos = new long[BLOCK_FLOWS];
    }

    private Block[] blocks = new Block[FIRST_BLOCKS];

    /** For a flow that has no packet yet. */
    private static final int NO_PACKET = -1;

    /**
     * Adds a packet, which comes behind all that were added before.
     *
     * @return the flow's last packet before; -1 where this is its first
     */
    int add(int flow, int packet, long timeNanos) {
        Block block = blockFor(flow);
        int row = flow & BLOCK_MASK;
        int before = block.counts[row] == 0 ? NO_PACKET : block.lastPackets[row];
        if (before == NO_PACKET) {
            block.firstPackets[row] = packet;
            block.firstNanos[row] = timeNanos;
            block.lastNanos[row] = timeNanos;
        } else {
            block.firstNanos[row] = Math.min(block.firstNanos[row], timeNanos);
            block.lastNanos[row] = Math.max(block.lastNanos[row], timeNanos);
        }
        block.lastPackets[row] = packet;
        block.counts[row]++;
        return before;
    }

    private Block blockFor(int flow) {
        int number = flow >>> BLOCK_SHIFT;
        if (number >= blocks.length) {
            blocks = Arrays.copyOf(blocks, Math.max(number + 1, 2 * blocks.length));
        }
        if (blocks[number] == null) {
            blocks[number] = new Block();
        }
        return blocks[number];
    }

    private Block blockOf(int flow) {
        return blocks[flow >>> BLOCK_SHIFT];
    }

    /** The flow's first packet in the file. */
    int firstPacket(int flow) {
        return blockOf(flow).firstPackets[flow & BLOCK_MASK];
    }

    int lastPacket(int flow) {
        return blockOf(flow).lastPackets[flow & BLOCK_MASK];
    }

    /** How many packets a flow has. */
    int count(int flow) {
        return blockOf(flow).counts[flow & BLOCK_MASK];
    }

    /** Time of the earliest packet; the file's order may differ. */
    long firstNanos(int flow) {
        return blockOf(flow).firstNanos[flow & BLOCK_MASK];
    }

    long lastNanos(int flow) {
        return blockOf(flow).lastNanos[flow & BLOCK_MASK];
    }
}
