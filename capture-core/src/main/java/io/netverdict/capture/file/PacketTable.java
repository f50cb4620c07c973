package io.netverdict.capture.file;

import java.util.Arrays;

/**
 * Where the packets of a file are and which flow each belongs to: a little over 4 bytes a packet,
 * so that the memory a file takes is small beside the file. Everything else is read again from the
 * file.
 *
 * <p>Offsets are kept as distances from one record to the next, flows as distances from the newest;
 * what does not fit takes 12 bytes more. A group of {@value #GROUP_PACKETS} has its start, a flow
 * newer than all of its packets', and the times between which they are. Grows by blocks, so that
 * neither copying nor a doubled peak comes with millions of packets. Packets are indexed from 0 in
 * file order. Not thread-safe while it grows, immutable afterwards.
 */
final class PacketTable {
    /** Packets that {@link #isWithin} tells of together. */
    static final int GROUP_PACKETS = 64;

    private static final int GROUP_MASK = GROUP_PACKETS - 1;
    private static final int GROUP_SHIFT = 6;
    private static final int BLOCK_SHIFT = 12;
    private static final int BLOCK_PACKETS = 1 << BLOCK_SHIFT;
    private static final int BLOCK_MASK = BLOCK_PACKETS - 1;
    private static final int FIRST_BLOCKS = 16;

    /** In the place of a distance that does not fit: the outliers have the value then. */
    private static final char FAR = Character.MAX_VALUE;

    /** In the place of a flow's distance: the packet is of none. */
    private static final char NO_FLOW = Character.MAX_VALUE - 1;

    private static final class Block {
        private final char[] distances = new char[BLOCK_PACKETS];
        private final char[] flows = new char[BLOCK_PACKETS];
        private final int[] groupFlows = new int[BLOCK_PACKETS >> GROUP_SHIFT];
        private final long[] groupOffsets = new long[BLOCK_PACKETS >> GROUP_SHIFT];
        private final long[] groupFirstNanos = new long[BLOCK_PACKETS >> GROUP_SHIFT];
        private final long[] groupLastNanos = new long[BLOCK_PACKETS >> GROUP_SHIFT];
    }

    private Block[] blocks = new Block[FIRST_BLOCKS];
    private int size;
    private long newestOffset;
    private int newestFlow;
    private final Outliers farOffsets = new Outliers();
    private final Outliers farFlows = new Outliers();

    /**
     * Adds the next packet; its record begins behind the one before.
     *
     * @param flow numbered from 0 in the order of first packets, or {@link FlowTable#NO_FLOW}
     */
    void add(long recordOffset, long timeNanos, int flow) {
        int row = size & BLOCK_MASK;
        int number = size >>> BLOCK_SHIFT;
        if (row == 0) {
            if (number == blocks.length) {
                blocks = Arrays.copyOf(blocks, 2 * number);
            }
            blocks[number] = new Block();
        }
        Block block = blocks[number];
        int group = row >>> GROUP_SHIFT;
        if ((row & GROUP_MASK) == 0) {
            // Each packet of the group may be the first of a flow.
            block.groupFlows[group] = newestFlow + GROUP_PACKETS;
            block.groupOffsets[group] = recordOffset;
            block.groupFirstNanos[group] = timeNanos;
            block.groupLastNanos[group] = timeNanos;
        } else {
            long distance = recordOffset - newestOffset;
            if (distance < FAR) {
                block.distances[row] = (char) distance;
            } else {
                block.distances[row] = FAR;
                farOffsets.add(size, recordOffset);
            }
            block.groupFirstNanos[group] = Math.min(block.groupFirstNanos[group], timeNanos);
            block.groupLastNanos[group] = Math.max(block.groupLastNanos[group], timeNanos);
        }
        block.flows[row] = flowDistance(flow, block.groupFlows[group]);
        newestOffset = recordOffset;
        size++;
    }

    private char flowDistance(int flow, int from) {
        if (flow == FlowTable.NO_FLOW) {
            return NO_FLOW;
        }
        newestFlow = Math.max(newestFlow, flow);
        int distance = from - flow;
        if (distance >= 0 && distance < NO_FLOW) {
            return (char) distance;
        }
        farFlows.add(size, flow);
        return FAR;
    }

    int size() {
        return size;
    }

    /** The flow that a packet was added with. */
    int flow(int packet) {
        Block block = blocks[packet >>> BLOCK_SHIFT];
        int row = packet & BLOCK_MASK;
        char distance = block.flows[row];
        return switch (distance) {
            case NO_FLOW -> FlowTable.NO_FLOW;
            case FAR -> (int) farFlows.get(packet);
            default -> block.groupFlows[row >>> GROUP_SHIFT] - distance;
        };
    }

    /** Where the packet's record begins in the file. */
    long recordOffset(int packet) {
        Block block = blocks[packet >>> BLOCK_SHIFT];
        int row = packet & BLOCK_MASK;
        long offset = block.groupOffsets[row >>> GROUP_SHIFT];
        for (int i = (row & ~GROUP_MASK) + 1; i <= row; i++) {
            char distance = block.distances[i];
            offset = distance == FAR ? farOffsets.get(packet - row + i) : offset + distance;
        }
        return offset;
    }

    /** The first packet of a packet's group. */
    static int groupStart(int packet) {
        return packet & ~GROUP_MASK;
    }

    /** Whether a packet's group may have packets between two times; inclusive, as they are. */
    boolean isWithin(int packet, long fromNanos, long toNanos) {
        Block block = blocks[packet >>> BLOCK_SHIFT];
        int group = (packet & BLOCK_MASK) >>> GROUP_SHIFT;
        return block.groupLastNanos[group] >= fromNanos && block.groupFirstNanos[group] <= toNanos;
    }
}
