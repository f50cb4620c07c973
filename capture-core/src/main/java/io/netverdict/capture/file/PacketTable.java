package io.netverdict.capture.file;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Where the packets of a file are, and which flows those of a group are of: about a quarter of a
 * byte a packet, so that the memory a file takes is small beside the file. Everything else is read
 * again from the file.
 *
 * <p>A group of {@value #GROUP_PACKETS} has the place of its first record, from which on each is
 * found behind the one before by {@link RecordCursor}; those of which that is not so have their
 * places kept, at 12 bytes each. A group has a list of its flows and the times between which its
 * packets are, too. Grows by blocks, so that neither copying nor a doubled peak comes with millions
 * of packets. Packets are indexed from 0 in file order. Not thread-safe while it grows, immutable
 * once it is {@linkplain #finish finished}; only then is it asked for flows.
 */
final class PacketTable {
    /** Packets that {@link #isWithin} tells of together. */
    static final int GROUP_PACKETS = 1024;

    private static final int GROUP_MASK = GROUP_PACKETS - 1;
    private static final int GROUP_SHIFT = 10;
    private static final int BLOCK_SHIFT = 14;
    private static final int BLOCK_PACKETS = 1 << BLOCK_SHIFT;
    private static final int BLOCK_MASK = BLOCK_PACKETS - 1;
    private static final int BLOCK_GROUPS = BLOCK_PACKETS >> GROUP_SHIFT;
    private static final int FIRST_BLOCKS = 16;

    private static final class Block {
        private final FlowGroups flows = new FlowGroups(BLOCK_GROUPS);
        private final long[] groupRecords = new long[BLOCK_GROUPS];
        private final long[] groupFirstNanos = new long[BLOCK_GROUPS];
        private final long[] groupLastNanos = new long[BLOCK_GROUPS];

        /** A bit for each packet whose record is elsewhere; null while there is none. */
        private long[] far;
    }

    private Block[] blocks = new Block[FIRST_BLOCKS];
    private int size;
    private long newestEnd;

    /** The flows of the group that grows. */
    private final int[] list = new int[GROUP_PACKETS];

    private int listed;
    private final Outliers farRecords = new Outliers();

    /**
     * Adds the next packet; its record begins behind the one before.
     *
     * @param recordEnd as {@link RecordFormat#endOf} tells
     * @param newFlow its flow where no other packet of its group is of it yet, else {@link
     *     FlowTable#NO_FLOW}
     */
    void add(long record, long recordEnd, long timeNanos, int newFlow) {
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
            block.groupRecords[group] = record;
            block.groupFirstNanos[group] = timeNanos;
            block.groupLastNanos[group] = timeNanos;
        } else {
            if (record != newestEnd) {
                addFar(block, row, record);
            }
            block.groupFirstNanos[group] = Math.min(block.groupFirstNanos[group], timeNanos);
            block.groupLastNanos[group] = Math.max(block.groupLastNanos[group], timeNanos);
        }
        newestEnd = recordEnd;
        if (newFlow != FlowTable.NO_FLOW) {
            list[listed++] = newFlow;
        }
        size++;
        if ((size & GROUP_MASK) == 0) {
            block.flows.fill(group, list, listed);
            listed = 0;
        }
        if ((size & BLOCK_MASK) == 0) {
            block.flows.trim(BLOCK_GROUPS);
        }
    }

    private void addFar(Block block, int row, long record) {
        if (block.far == null) {
            block.far = new long[BLOCK_PACKETS / Long.SIZE];
        }
        block.far[row / Long.SIZE] |= 1L << row;
        farRecords.add(size, record);
    }

    /** Ends the growing. */
    void finish() {
        int row = size & BLOCK_MASK;
        if (row == 0) {
            return;
        }
        Block block = blocks[size >>> BLOCK_SHIFT];
        int groups = row >>> GROUP_SHIFT;
        if ((row & GROUP_MASK) != 0) {
            block.flows.fill(groups++, list, listed);
        }
        block.flows.trim(groups);
    }

    int size() {
        return size;
    }

    /** Whether a packet of a packet's group is of one of some flows. */
    boolean holdsAny(int packet, IntPredicate wanted) {
        int group = (packet & BLOCK_MASK) >>> GROUP_SHIFT;
        return blocks[packet >>> BLOCK_SHIFT].flows.holdsAny(group, wanted);
    }

    /** Where the record of the first packet of a group begins in the file. */
    long firstRecord(int packet) {
        return blocks[packet >>> BLOCK_SHIFT].groupRecords[(packet & BLOCK_MASK) >>> GROUP_SHIFT];
    }

    /** Whether a packet's record begins where that of the one before in its group ends. */
    boolean follows(int packet) {
        long[] far = blocks[packet >>> BLOCK_SHIFT].far;
        return far == null || (far[(packet & BLOCK_MASK) / Long.SIZE] >>> packet & 1) == 0;
    }

    /** Where the record of a packet begins that does not follow. */
    long farRecord(int packet) {
        return farRecords.get(packet);
    }

    /** The group that a packet is of; they count from 0. */
    static int groupOf(int packet) {
        return packet >>> GROUP_SHIFT;
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
