package io.netverdict.capture.ring;

import io.netverdict.nativelib.NativeMemory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A block of off-heap memory, see {@link SegmentDescriptor}, with one writer at a time and any
 * number of readers that never hold the writer up.
 *
 * <p>A reader takes {@link #generation()}, copies what it wants, and asks {@link #isStill} with
 * that generation: false means that the memory was being reused and the copy is worthless. Until
 * that check has passed nothing read may be trusted, offsets least of all. (The protocol is that of
 * a sequence lock: the writer invalidates the generation before it touches anything, and publishes
 * a new one when the segment is clean.)
 */
public final class Segment {
    private static final VarHandle LONGS =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private static final VarHandle ELEMENTS = MethodHandles.arrayElementVarHandle(long[].class);

    /** Entries of a stretch of so many bytes have one {@link #newestNanosNear}. */
    private static final int STRETCH_SHIFT = 15;

    private final ByteBuffer buffer;
    private final long address;

    /** By stretch: the latest packet of any of its flow entries; 0 where there is none. */
    private final long[] stretchNanos;

    private final int bytes;
    private final int recordsOffset;

    /**
     * @param memory direct, big-endian, of {@code bytes} bytes
     */
    Segment(ByteBuffer memory, int bytes) {
        this.buffer = memory;
        this.bytes = bytes;
        if (buffer.alignmentOffset(0, Long.BYTES) != 0) {
            throw new IllegalStateException("alignment=" + buffer.alignmentOffset(0, Long.BYTES));
        }
        this.address = NativeMemory.addressOf(buffer);
        this.recordsOffset = SegmentDescriptor.recordsOffset(bytes);
        this.stretchNanos = new long[(bytes - 1 >>> STRETCH_SHIFT) + 1];
    }

    /** The whole segment, big-endian; absolute access only. */
    public ByteBuffer buffer() {
        return buffer;
    }

    /** Size of the segment, a power of two. */
    public int bytes() {
        return bytes;
    }

    /** Where the first record begins. */
    public int recordsOffset() {
        return recordsOffset;
    }

    /** The address of a byte of this segment; the offset is checked. */
    long addressOf(int offset, int length) {
        if (offset < 0 || length < 0 || offset > bytes - length) {
            throw new IndexOutOfBoundsException("offset=" + offset + " length=" + length);
        }
        return address + offset;
    }

    /** What is in this segment now, or {@link SegmentDescriptor#NO_GENERATION}. */
    public long generation() {
        return getLongAcquire(SegmentDescriptor.GENERATION_OFFSET);
    }

    /** Whether everything read since {@link #generation()} gave that number was valid. */
    public boolean isStill(long generation) {
        VarHandle.acquireFence();
        return (long) LONGS.getOpaque(buffer, SegmentDescriptor.GENERATION_OFFSET) == generation;
    }

    /** End of the records that may be read. */
    public int committed() {
        return getIntAcquire(SegmentDescriptor.COMMITTED_OFFSET);
    }

    /** Start of the newest flow entry; entries reach from here to the segment's end. */
    public int tail() {
        return getIntAcquire(SegmentDescriptor.TAIL_OFFSET);
    }

    /** The earliest packet's time, nanoseconds since the epoch; 0 when empty. */
    public long firstNanos() {
        return getLongAcquire(SegmentDescriptor.FIRST_TIME_OFFSET);
    }

    /** The latest packet's time. */
    public long lastNanos() {
        return getLongAcquire(SegmentDescriptor.LAST_TIME_OFFSET);
    }

    public int packets() {
        return getIntAcquire(SegmentDescriptor.PACKETS_OFFSET);
    }

    public int interfaceIndex() {
        return buffer.getInt(SegmentDescriptor.INTERFACE_OFFSET);
    }

    /** Which packets it takes. */
    public SegmentKind kind() {
        return SegmentKind.of(buffer.getInt(SegmentDescriptor.KIND_OFFSET));
    }

    /** Whether deciding packets had to go among the data. */
    boolean isMixed() {
        return getIntAcquire(SegmentDescriptor.MIXED_OFFSET) != 0;
    }

    public long getLongAcquire(int offset) {
        return (long) LONGS.getAcquire(buffer, offset);
    }

    public int getIntAcquire(int offset) {
        return (int) INTS.getAcquire(buffer, offset);
    }

    /** By the writer. */
    public void putLongRelease(int offset, long value) {
        LONGS.setRelease(buffer, offset, value);
    }

    /** By the writer. */
    public void putIntRelease(int offset, int value) {
        INTS.setRelease(buffer, offset, value);
    }

    /** Tells of a packet of a flow whose entry is at an offset: by the writer. */
    public void touched(int entry, long timeNanos) {
        int stretch = entry >>> STRETCH_SHIFT;
        if (timeNanos > stretchNanos[stretch]) {
            ELEMENTS.setRelease(stretchNanos, stretch, timeNanos);
        }
    }

    /**
     * When the latest packet came of all flows whose entries are in the stretch of an offset,
     * nanoseconds since the epoch: none of them has a later one.
     */
    public long newestNanosNear(int entry) {
        return (long) ELEMENTS.getAcquire(stretchNanos, entry >>> STRETCH_SHIFT);
    }

    /** The offset behind the stretch of another. */
    public static int stretchEnd(int entry) {
        return (entry >>> STRETCH_SHIFT) + 1 << STRETCH_SHIFT;
    }

    /** Makes readers turn away. */
    void withdraw() {
        LONGS.setOpaque(
                buffer, SegmentDescriptor.GENERATION_OFFSET, SegmentDescriptor.NO_GENERATION);
        VarHandle.fullFence();
    }

    /** Opens what is there under a new generation. */
    void publish(long generation) {
        putLongRelease(SegmentDescriptor.GENERATION_OFFSET, generation);
    }

    /** Makes readers turn away, clears the segment, and opens it under a new generation. */
    void restart(long generation, int interfaceIndex, int linkType, SegmentKind kind) {
        withdraw();
        for (int offset = Long.BYTES; offset < recordsOffset; offset += Long.BYTES) {
            buffer.putLong(offset, 0);
        }
        Arrays.fill(stretchNanos, 0);
        buffer.putInt(SegmentDescriptor.COMMITTED_OFFSET, recordsOffset);
        buffer.putInt(SegmentDescriptor.TAIL_OFFSET, bytes);
        buffer.putInt(SegmentDescriptor.INTERFACE_OFFSET, interfaceIndex);
        buffer.putInt(SegmentDescriptor.LINK_TYPE_OFFSET, linkType);
        buffer.putInt(SegmentDescriptor.KIND_OFFSET, kind.ordinal());
        publish(generation);
    }
}
