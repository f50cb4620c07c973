package io.netverdict.capture.file;

import java.util.Arrays;

/**
 * Where the packets of a file are and which flow each belongs to: a little over 6 bytes a packet,
 * so that the memory a file takes is small beside the file. Everything else is read again from the
 * file.
 *
 * <p>Offsets are kept as distances from one record to the next; a group of {@value #GROUP_PACKETS}
 * has its start, and the times between which its packets are. Grows by blocks, so that neither
 * copying nor a doubled peak comes with millions of packets. Packets are indexed from 0 in file
 * order. Not thread-safe while it grows, immutable afterwards.
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

    /** In the place of a distance that does not fit: {@link #farOffsets} has the offset then. */
    private static final char FAR = Character.MAX_VALUE;

    private static final class Block {
        private final char[] distances = new char[BLOCK_PACKETS];
        private final int[] flows = new int[BLOCK_PACKETS];
        private final long[] groupOffsets = new long[BLOCK_PACKETS >> GROUP_SHIFT];
        private final long[] groupFirstNanos = new long[BLOCK_PACKETS >> GROUP_SHIFT];
        private final long[] groupLastNanos = new long[BLOCK_PACKETS >> GROUP_SHIFT];
    }

    private Block[] blocks = new Block[FIRST_BLOCKS];
    private int size;
    private long newestOffset;
    private int[] farPackets = {};
    private long[] farOffsets = {};
    private int farCount;

    /** Adds the next packet; its record begins behind the one before. */
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
            block.groupOffsets[group] = recordOffset;
            block.groupFirstNanos[group] = timeNanos;
            block.groupLastNanos[group] = timeNanos;
        } else {
            long distance = recordOffset - newestOffset;
            if (distance < FAR) {
                block.distances[row] = (char) distance;
            } else {
                block.distances[row] = FAR;
                addFar(size, recordOffset);
            }
            block.groupFirstNanos[group] = Math.min(block.groupFirstNanos[group], timeNanos);
            block.groupLastNanos[group] = Math.max(block.groupLastNanos[group], timeNanos);
        }
        block.flows[row] = flow;
        newestOffset = recordOffset;
        size++;
    }

    private void addFar(int packet, long offset) {
        if (farCount == farPackets.length) {
            int room = Math.max(FIRST_BLOCKS, 2 * farCount);
            farPackets = Arrays.copyOf(farPackets, room);
            farOffsets = Arrays.copyOf(farOffsets, room);
        }
        farPackets[farCount] = packet;
        farOffsets[farCount++] = offset;
    }

    int size() {
        return size;
    }

    /** The flow that a packet was added with. */
    int flow(int packet) {
        return blocks[packet >>> BLOCK_SHIFT].flows[packet & BLOCK_MASK];
    }

    /** Where the packet's record begins in the file. */
    long recordOffset(int packet) {
        Block block = blocks[packet >>> BLOCK_SHIFT];
        int row = packet & BLOCK_MASK;
        long offset = block.groupOffsets[row >>> GROUP_SHIFT];
        for (int i = (row & ~GROUP_MASK) + 1; i <= row; i++) {
            char distance = block.distances[i];
            offset = distance == FAR ? farOffset(packet - row + i) : offset + distance;
        }
        return offset;
    }

    private long farOffset(int packet) {
        return farOffsets[Arrays.binarySearch(farPackets, 0, farCount, packet)];
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
