package io.netverdict.capture.ring;

import io.netverdict.capture.packet.PacketDirection;
import io.netverdict.nativelib.NativeMemory;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The writing end of one interface's recording: claim room, copy, commit.
 *
 * <p>It writes two segments at a time: one for what comes, and one for the packets that decide
 * verdicts, which the pool keeps for longer. A packet goes to one of them, never to both.
 *
 * <p>One thread writes; {@link #counters()} may be read by any. Nothing is allocated or locked for
 * a packet; the pool's lock is taken when a segment is full. A packet for which there is no room is
 * refused and counted.
 */
public final class PacketRing implements TailRoom {
    /** Interfaces of a pool at most: the number that the low bits of a packet's number tell. */
    public static final int MAX_INTERFACES = 1 << PacketNumbers.INTERFACE_BITS;

    private final SegmentPool pool;
    private final int interfaceIndex;
    private final int linkType;
    private final int reservedTailBytes;
    private final int maxCapturedLength;
    private final PacketNumbers numbers;
    private final AtomicLong newestOrder = new AtomicLong();
    private final AtomicLong packets = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong overwritten = new AtomicLong();

    private final Head data = new Head(SegmentKind.DATA);
    private final Head deciding = new Head(SegmentKind.DECIDING);

    /** Where the claimed packet goes. */
    private Head head = data;

    /** Whether the pool had no segment to spare for deciding packets when it was last asked. */
    private boolean decidingRefused;

    /** Whether the claimed packet is a deciding one. */
    private boolean decides;

    /** A segment that is being written. */
    private static final class Head {
        private final SegmentKind kind;
        private Segment segment;
        private ByteBuffer buffer;
        private int recordOffset;
        private int tail;
        private int packets;
        private long numberBase;

        private Head(SegmentKind kind) {
            this.kind = kind;
        }

        private void begin(Segment next, long base) {
            segment = next;
            if (next != null) {
                buffer = next.buffer();
                recordOffset = next.recordsOffset();
                tail = next.bytes();
                packets = 0;
                numberBase = base;
                buffer.putLong(SegmentDescriptor.NUMBER_BASE_OFFSET, base);
            }
        }
    }

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
        this.numbers = new PacketNumbers(epochNanos);
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

    /**
     * The number of the newest packet that is committed: of two segments written at a time, what is
     * up to it makes one moment. By any thread.
     */
    public long newestNumber() {
        return PacketNumbers.number(newestOrder.get(), interfaceIndex);
    }

    /**
     * Goes on behind packets that an earlier process recorded, whatever the clock did meanwhile;
     * before the first packet.
     *
     * @param order of one of them
     */
    public void continueAfter(long order) {
        numbers.skipTo(order);
        newestOrder.set(numbers.last());
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

    /**
     * The oldest packet's time, nanoseconds since the epoch; 0 when empty.
     *
     * @param kind of the segments looked at
     */
    public long firstNanos(SegmentKind kind) {
        return pool.firstNanosOf(this, kind);
    }

    /** The largest packet that a segment can hold. */
    public int maxCapturedLength() {
        return maxCapturedLength;
    }

    /**
     * Makes room for a packet and what belongs to it at the tail.
     *
     * @param capturedLength 0 to {@link #maxCapturedLength()}
     * @param timeNanos the packet's, since the epoch
     * @return false where there is none: the packet is refused
     */
    public boolean claim(int capturedLength, long timeNanos) {
        head = data;
        decides = false;
        if (capturedLength < 0
                || capturedLength > maxCapturedLength
                || !hasRoom(data, capturedLength, timeNanos) && !nextSegment(data)) {
            refused.lazySet(refused.getPlain() + 1);
            return false;
        }
        return true;
    }

    /**
     * Moves the claim to where deciding packets go, unless there is no memory for that: then they
     * go among the data. What was copied for the claim must be copied again.
     *
     * @return whether the claim moved
     */
    public boolean claimDeciding(int capturedLength, long timeNanos) {
        decides = true;
        if (!hasRoom(deciding, capturedLength, timeNanos)
                && (decidingRefused || !nextSegment(deciding))) {
            decidingRefused = true;
            return false;
        }
        head = deciding;
        return true;
    }

    private boolean hasRoom(Head of, int capturedLength, long timeNanos) {
        return of.segment != null
                && RecordDescriptor.recordLength(capturedLength) + reservedTailBytes
                        <= of.tail - of.recordOffset
                && numbers.fits(timeNanos)
                && of.numberBase == numbers.base();
    }

    private boolean nextSegment(Head of) {
        of.begin(pool.acquire(this, of.segment, of.kind), numbers.base());
        decidingRefused &= of == deciding;
        return of.segment != null;
    }

    /** The segment of the claimed packet. */
    public Segment segment() {
        return head.segment;
    }

    /** Where the claimed packet's record begins. */
    public int recordOffset() {
        return head.recordOffset;
    }

    /** Where the claimed packet's bytes begin. */
    public int dataOffset() {
        return head.recordOffset + RecordDescriptor.HEADER_BYTES;
    }

    /** Copies the claimed packet's bytes from native memory. */
    public void copyFrom(long sourceAddress, int capturedLength) {
        long target = head.segment.addressOf(dataOffset(), capturedLength);
        NativeMemory.copy(sourceAddress, target, capturedLength);
    }

    @Override
    public int takeTail(int tailBytes) {
        if (tailBytes > reservedTailBytes) {
            throw new IllegalArgumentException("tailBytes=" + tailBytes);
        }
        head.tail -= tailBytes;
        return head.tail;
    }

    @Override
    public void publishTail() {
        head.segment.putIntRelease(SegmentDescriptor.TAIL_OFFSET, head.tail);
    }

    /**
     * Makes the claimed packet readable.
     *
     * @param capturedLength at most what was claimed
     * @param timeNanos as claimed
     * @param previousOffset of the same flow's previous record in this segment, or {@link
     *     RecordDescriptor#NO_PREVIOUS}
     */
    public void commit(
            int capturedLength,
            int wireLength,
            long timeNanos,
            PacketDirection direction,
            int previousOffset) {
        Head to = head;
        Segment segment = to.segment;
        ByteBuffer buffer = to.buffer;
        int at = to.recordOffset;
        buffer.putLong(at + RecordDescriptor.TIME_OFFSET, timeNanos);
        buffer.putInt(
                at + RecordDescriptor.CAPTURED_LENGTH_OFFSET,
                capturedLength << RecordDescriptor.CAPTURED_LENGTH_SHIFT | direction.ordinal());
        buffer.putInt(at + RecordDescriptor.WIRE_LENGTH_OFFSET, wireLength);
        buffer.putInt(at + RecordDescriptor.PREVIOUS_OFFSET, previousOffset);
        buffer.putInt(at + RecordDescriptor.LEAD_OFFSET, numbers.next(timeNanos));
        to.recordOffset = at + RecordDescriptor.recordLength(capturedLength);
        to.packets++;
        if (to.packets == 1 || timeNanos < buffer.getLong(SegmentDescriptor.FIRST_TIME_OFFSET)) {
            segment.putLongRelease(SegmentDescriptor.FIRST_TIME_OFFSET, timeNanos);
        }
        if (timeNanos > buffer.getLong(SegmentDescriptor.LAST_TIME_OFFSET)) {
            segment.putLongRelease(SegmentDescriptor.LAST_TIME_OFFSET, timeNanos);
        }
        if (decides && to == data) {
            segment.putIntRelease(SegmentDescriptor.MIXED_OFFSET, 1);
        }
        segment.putIntRelease(SegmentDescriptor.PACKETS_OFFSET, to.packets);
        segment.putIntRelease(SegmentDescriptor.COMMITTED_OFFSET, to.recordOffset);
        newestOrder.lazySet(numbers.last());
        packets.lazySet(packets.getPlain() + 1);
        bytes.lazySet(bytes.getPlain() + wireLength);
    }

    /** Ends the writing for now: the current segments may be overwritten like any other. */
    public void pause() {
        pool.seal(data.segment);
        pool.seal(deciding.segment);
    }

    /** Goes on writing, perhaps by another thread, in the same segments if they are still there. */
    public void resume() {
        resume(data);
        resume(deciding);
    }

    private void resume(Head of) {
        if (of.segment != null && !pool.unseal(this, of.segment)) {
            of.segment = null;
        }
    }

    void addOverwritten(int count) {
        overwritten.addAndGet(count);
    }
}
