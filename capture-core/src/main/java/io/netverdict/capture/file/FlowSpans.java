package io.netverdict.capture.file;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * From where to where the packets of each flow reach, in the file and in time. Flows are numbered
 * as in {@link FlowTable}. Not thread-safe while it grows.
 */
final class FlowSpans {
    private static final int BLOCK_SHIFT = 12;
    private static final int BLOCK_FLOWS = 1 << BLOCK_SHIFT;
    private static final int BLOCK_MASK = BLOCK_FLOWS - 1;
    private static final int FIRST_BLOCKS = 16;

    /** Grows by such: copies and spare room count with many flows. */
    private static final class Block {
        private final int firstPacket;
        private final SmallNumbers lastGroups = new SmallNumbers(BLOCK_FLOWS);

        /** The lower half of how many packets each has. */
        private final char[] counts = new char[BLOCK_FLOWS];

        private final TimeColumn firstNanos;
        private final TimeColumn lastNanos;

        /**
         * @param firstPacket of its first flow; those that follow begin behind it
         * @param nanos the time of that packet
         */
        Block(int firstPacket, long nanos) {
            this.firstPacket = firstPacket;
            firstNanos = new TimeColumn(BLOCK_FLOWS, nanos);
            lastNanos = new TimeColumn(BLOCK_FLOWS, nanos);
        }
    }

    private Block[] blocks = new Block[FIRST_BLOCKS];

    /** The upper half, of the few flows that have one. */
    private final Map<Integer, Integer> upperCounts = new HashMap<>();

    /**
     * Adds a packet, which comes behind all that were added before.
     *
     * @return whether it is the flow's first in its {@linkplain PacketTable#groupOf group}
     */
    boolean add(int flow, int packet, long timeNanos) {
        Block block = blockFor(flow, packet, timeNanos);
        int row = flow & BLOCK_MASK;
        boolean first = block.counts[row] == 0 && !upperCounts.containsKey(flow);
        int group = PacketTable.groupOf(packet);
        boolean firstInGroup = first || block.lastGroups.get(row) != group;
        if (first) {
            block.firstNanos.set(row, timeNanos);
            block.lastNanos.set(row, timeNanos);
        } else if (timeNanos > block.lastNanos.get(row)) {
            block.lastNanos.set(row, timeNanos);
        } else if (timeNanos < block.firstNanos.get(row)) {
            block.firstNanos.set(row, timeNanos);
        }
        if (firstInGroup) {
            block.lastGroups.set(row, group);
        }
        if (++block.counts[row] == 0) {
            upperCounts.merge(flow, 1, Integer::sum);
        }
        return firstInGroup;
    }

    private Block blockFor(int flow, int packet, long timeNanos) {
        int number = flow >>> BLOCK_SHIFT;
        if (number >= blocks.length) {
            blocks = Arrays.copyOf(blocks, Math.max(number + 1, 2 * blocks.length));
        }
        if (blocks[number] == null) {
            blocks[number] = new Block(packet, timeNanos);
        }
        return blocks[number];
    }

    private Block blockOf(int flow) {
        return blocks[flow >>> BLOCK_SHIFT];
    }

    /** A packet before which none of the flow's are. */
    int startPacket(int flow) {
        return blockOf(flow).firstPacket;
    }

    /** The last group that holds some of the flow's. */
    int lastGroup(int flow) {
        return blockOf(flow).lastGroups.get(flow & BLOCK_MASK);
    }

    /** How many packets a flow has. */
    int count(int flow) {
        return upperCounts.getOrDefault(flow, 0) << Character.SIZE
                | blockOf(flow).counts[flow & BLOCK_MASK];
    }

    /** Time of the earliest packet; the file's order may differ. */
    long firstNanos(int flow) {
        return blockOf(flow).firstNanos.get(flow & BLOCK_MASK);
    }

    long lastNanos(int flow) {
        return blockOf(flow).lastNanos.get(flow & BLOCK_MASK);
    }
}
