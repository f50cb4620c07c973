package io.netverdict.capture.ring;

import io.netverdict.capture.packet.PacketDirection;
import io.netverdict.nativelib.NativeMemory;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The writing end of one interface's recording: claim room, copy, commit.
 *
 * <p>One thread writes; {@link #counters()} may be read by any. Nothing is allocated or locked for
 * a packet; the pool's lock is taken when a segment is full. A packet for which there is no room is
 * refused and counted.
 */
public final class PacketRing {
    /** Interfaces of a pool at most: the number that the low bits of a packet's number tell. */
    public static final int MAX_INTERFACES = 1 << 8;

    private static final int INTERFACE_BITS = 8;

    private final SegmentPool pool;
    private final int interfaceIndex;
    private final int linkType;
    private final long epochNanos;
    private final int reservedTailBytes;
    private final int maxCapturedLength;
    private final AtomicLong packets = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong overwritten = new AtomicLong();

    private Segment segment;
    private ByteBuffer buffer;
    private int recordOffset;
    private int tail;
    private int segmentPackets;
    private long order;

    /**
     * @param pool where the memory comes from
     * @param interfaceIndex 0 to {@link #MAX_INTERFACES} - 1; of two rings in use at a time each
     *     has its own
     * @param linkType LINKTYPE_* number
     * @param epochNanos the start of numbering, the same for all rings of the pool
     * @param reservedTailBytes room that {@link #claim} leaves at the segment's tail for {@link
     *     #takeTail}
     */
    public PacketRing(
            SegmentPool pool,
            int interfaceIndex,
            int linkType,
            long epochNanos,
            int reservedTailBytes) {
        if (interfaceIndex < 0 || interfaceIndex >= MAX_INTERFACES) {
            throw new IllegalArgumentException("interfaceIndex=" + interfaceIndex);
        }
        this.pool = pool;
        this.interfaceIndex = interfaceIndex;
        this.linkType = linkType;
        this.epochNanos = epochNanos;
        this.reservedTailBytes = reservedTailBytes;
        this.maxCapturedLength =
                pool.segmentBytes()
                        - SegmentDescriptor.recordsOffset(pool.segmentBytes())
                        - RecordDescriptor.HEADER_BYTES
                        - RecordDescriptor.ALIGNMENT
                        - reservedTailBytes;
    }

    /** What a ring has seen since it began. */
    public record Counters(long packets, long bytes, long refused, long overwritten) {}

    public Counters counters() {
        return new Counters(packets.get(), bytes.get(), refused.get(), overwritten.get());
    }

    public int interfaceIndex() {
        return interfaceIndex;
    }

    public int linkType() {
        return linkType;
    }

    /** Bytes of the pool that hold this ring's packets. */
    public long bytesHeld() {
        return (long) pool.segmentsOf(this) * pool.segmentBytes();
    }

    /** The oldest packet's time, nanoseconds since the epoch; 0 when empty. */
    public long firstNanos() {
        return pool.firstNanosOf(this);
    }

    /** The largest packet that a segment can hold. */
    public int maxCapturedLength() {
        return maxCapturedLength;
    }

    /**
     * Makes room for a packet and what belongs to it at the tail.
     *
     * @param capturedLength 0 to {@link #maxCapturedLength()}
     * @return false where there is none: the packet is refused
     */
    public boolean claim(int capturedLength) {
        int needed = RecordDescriptor.recordLength(capturedLength) + reservedTailBytes;
        if (capturedLength < 0
                || capturedLength > maxCapturedLength
                || (segment == null || needed > tail - recordOffset) && !nextSegment()) {
            refused.lazySet(refused.getPlain() + 1);
            return false;
        }
        return true;
    }

    private boolean nextSegment() {
        segment = pool.acquire(this, segment);
        if (segment == null) {
            return false;
        }
        buffer = segment.buffer();
        recordOffset = segment.recordsOffset();
        tail = segment.bytes();
        segmentPackets = 0;
        return true;
    }

    /** The segment of the claimed packet. */
    public Segment segment() {
        return segment;
    }

    /** Where the claimed packet's record begins. */
    public int recordOffset() {
        return recordOffset;
    }

    /** Where the claimed packet's bytes begin. */
    public int dataOffset() {
        return recordOffset + RecordDescriptor.HEADER_BYTES;
    }

    /** Copies the claimed packet's bytes from native memory. */
    public void copyFrom(long sourceAddress, int capturedLength) {
        long target = segment.addressOf(dataOffset(), capturedLength);
        NativeMemory.copy(sourceAddress, target, capturedLength);
    }

    /**
     * Takes some of the reserved room at the tail; readers see it after {@link #publishTail()}.
     *
     * @return where it begins
     */
    public int takeTail(int tailBytes) {
        if (tailBytes > reservedTailBytes) {
            throw new IllegalArgumentException("tailBytes=" + tailBytes);
        }
        tail -= tailBytes;
        return tail;
    }

    /** Shows readers what was taken of the tail. */
    public void publishTail() {
        segment.putIntRelease(SegmentDescriptor.TAIL_OFFSET, tail);
    }

    /**
     * Makes the claimed packet readable.
     *
     * @param capturedLength at most what was claimed
     * @param previousOffset of the same flow's previous record in this segment, or {@link
     *     RecordDescriptor#NO_PREVIOUS}
     */
    public void commit(
            int capturedLength,
            int wireLength,
            long timeNanos,
            PacketDirection direction,
            int previousOffset) {
        int at = recordOffset;
        int length = RecordDescriptor.recordLength(capturedLength);
        buffer.putInt(at + RecordDescriptor.RECORD_LENGTH_OFFSET, length);
        buffer.putInt(at + RecordDescriptor.CAPTURED_LENGTH_OFFSET, capturedLength);
        buffer.putLong(at + RecordDescriptor.TIME_OFFSET, timeNanos);
        buffer.putLong(at + RecordDescriptor.NUMBER_OFFSET, number(timeNanos));
        buffer.putInt(at + RecordDescriptor.WIRE_LENGTH_OFFSET, wireLength);
        buffer.putInt(at + RecordDescriptor.PREVIOUS_OFFSET, previousOffset);
        buffer.putInt(
                at + RecordDescriptor.INTERFACE_OFFSET,
                interfaceIndex << Short.SIZE | direction.ordinal() << Byte.SIZE);
        buffer.putInt(at + RecordDescriptor.LINK_TYPE_OFFSET, linkType);
        recordOffset = at + length;
        segmentPackets++;
        if (segmentPackets == 1
                || timeNanos < buffer.getLong(SegmentDescriptor.FIRST_TIME_OFFSET)) {
            segment.putLongRelease(SegmentDescriptor.FIRST_TIME_OFFSET, timeNanos);
        }
        if (timeNanos > buffer.getLong(SegmentDescriptor.LAST_TIME_OFFSET)) {
            segment.putLongRelease(SegmentDescriptor.LAST_TIME_OFFSET, timeNanos);
        }
        segment.putIntRelease(SegmentDescriptor.PACKETS_OFFSET, segmentPackets);
        segment.putIntRelease(SegmentDescriptor.COMMITTED_OFFSET, recordOffset);
        packets.lazySet(packets.getPlain() + 1);
        bytes.lazySet(bytes.getPlain() + wireLength);
    }

    /**
     * Time order made unique: nanoseconds since the pool's start, pushed on where two packets of an
     * interface share one or the clock steps back, with the interface in the low bits. So numbers
     * ascend over all interfaces without anything the writers share.
     */
    private long number(long timeNanos) {
        order = Math.max(timeNanos - epochNanos, order + 1);
        return order << INTERFACE_BITS | interfaceIndex;
    }

    /** Ends the writing for now: the current segment may be overwritten like any other. */
    public void pause() {
        pool.seal(segment);
    }

    /** Goes on writing, perhaps by another thread, in the same segment if it is still there. */
    public void resume() {
        if (segment != null && !pool.unseal(this, segment)) {
            segment = null;
        }
    }

    void addOverwritten(int count) {
        overwritten.addAndGet(count);
    }
}
