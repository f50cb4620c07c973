package io.netverdict.capture.file;

import io.netverdict.capture.packet.PacketDirection;
import java.util.Arrays;

/**
 * Where the packets of a file are and when they were captured: 28 bytes a packet, in columns.
 *
 * <p>Grows by blocks, so that neither copying nor a doubled peak comes with millions of packets.
 * Packets are indexed from 0 in file order. Not thread-safe while it grows.
 */
final class PacketTable {
    private static final int BLOCK_SHIFT = 16;
    private static final int BLOCK_PACKETS = 1 << BLOCK_SHIFT;
    private static final int BLOCK_MASK = BLOCK_PACKETS - 1;
    private static final int FIRST_BLOCK_PACKETS = 64;
    private static final int DIRECTION_BITS = 2;
    private static final int DIRECTION_MASK = (1 << DIRECTION_BITS) - 1;
    private static final PacketDirection[] DIRECTIONS = PacketDirection.values();

    /** The same rows of every column. */
    private static final class Block {
        private long[] offsets;
        private long[] times;
        private int[] capturedLengths;
        private int[] wireLengths;
        private int[] interfaces;

        Block(int packets) {
            offsets = new long[packets];
            times = new long[packets];
            capturedLengths = new int[packets];
            wireLengths = new int[packets];
            interfaces = new int[packets];
        }

        /** Small files get small tables: only the first block grows. */
        void grow(int packets) {
            offsets = Arrays.copyOf(offsets, packets);
            times = Arrays.copyOf(times, packets);
            capturedLengths = Arrays.copyOf(capturedLengths, packets);
            wireLengths = Arrays.copyOf(wireLengths, packets);
            interfaces = Arrays.copyOf(interfaces, packets);
        }
    }

    private Block[] blocks = {new Block(FIRST_BLOCK_PACKETS)};
    private Block newest = blocks[0];
    private int size;

    void add(
            long dataOffset,
            long timeNanos,
            int capturedLength,
            int wireLength,
            int interfaceIndex,
            PacketDirection direction) {
        int row = size & BLOCK_MASK;
        if (row == 0 && size > 0) {
            int block = size >>> BLOCK_SHIFT;
            if (block == blocks.length) {
                blocks = Arrays.copyOf(blocks, 2 * block);
            }
            newest = new Block(BLOCK_PACKETS);
            blocks[block] = newest;
        } else if (row == newest.offsets.length) {
            newest.grow(2 * row);
        }
        newest.offsets[row] = dataOffset;
        newest.times[row] = timeNanos;
        newest.capturedLengths[row] = capturedLength;
        newest.wireLengths[row] = wireLength;
        newest.interfaces[row] = interfaceIndex << DIRECTION_BITS | direction.ordinal();
        size++;
    }

    int size() {
        return size;
    }

    private Block block(int packet) {
        return blocks[packet >>> BLOCK_SHIFT];
    }

    /** Where the packet's bytes begin in the file. */
    long dataOffset(int packet) {
        return block(packet).offsets[packet & BLOCK_MASK];
    }

    long timeNanos(int packet) {
        return block(packet).times[packet & BLOCK_MASK];
    }

    int capturedLength(int packet) {
        return block(packet).capturedLengths[packet & BLOCK_MASK];
    }

    int wireLength(int packet) {
        return block(packet).wireLengths[packet & BLOCK_MASK];
    }

    int interfaceIndex(int packet) {
        return block(packet).interfaces[packet & BLOCK_MASK] >>> DIRECTION_BITS;
    }

    PacketDirection direction(int packet) {
        return DIRECTIONS[block(packet).interfaces[packet & BLOCK_MASK] & DIRECTION_MASK];
    }
}
