package io.netverdict.capture.ring;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.PacketDirection;
import java.nio.ByteBuffer;

/**
 * Reads records out of one generation of a segment while it may be overwritten: copies, then
 * validates.
 *
 * <p>Cold path. A method that returns a packet or a time has validated it; whatever was overwritten
 * meanwhile comes back as null or {@link #LOST}, never torn. Instances belong to one thread.
 */
public final class RecordReader {
    /** What a time reads as when the segment was overwritten. */
    public static final long LOST = Long.MIN_VALUE;

    private static final PacketDirection[] DIRECTIONS = PacketDirection.values();

    private final Segment segment;
    private final long generation;

    /**
     * @param generation as {@link Segment#generation()} gave it
     */
    public RecordReader(Segment segment, long generation) {
        if (generation == SegmentDescriptor.NO_GENERATION) {
            throw new IllegalArgumentException("generation=" + generation);
        }
        this.segment = segment;
        this.generation = generation;
    }

    public Segment segment() {
        return segment;
    }

    /** Which use of the segment is read. */
    public long generation() {
        return generation;
    }

    /** Whether what was read from the segment so far was valid. */
    public boolean isValid() {
        return segment.isStill(generation);
    }

    /** A record's time, or {@link #LOST}. */
    public long timeNanos(int recordOffset) {
        if (!isRecordOffset(recordOffset)) {
            return LOST;
        }
        long nanos = segment.buffer().getLong(recordOffset + RecordDescriptor.TIME_OFFSET);
        return isValid() ? nanos : LOST;
    }

    /**
     * Where the previous record of the same flow begins: always before this one, so that following
     * the chain ends. {@link RecordDescriptor#NO_PREVIOUS} also where the segment was overwritten.
     */
    public int previous(int recordOffset) {
        if (!isRecordOffset(recordOffset)) {
            return RecordDescriptor.NO_PREVIOUS;
        }
        int previous = segment.buffer().getInt(recordOffset + RecordDescriptor.PREVIOUS_OFFSET);
        return previous < recordOffset && isRecordOffset(previous) && isValid()
                ? previous
                : RecordDescriptor.NO_PREVIOUS;
    }

    /** Where the record behind this one begins, or the end of the committed records. */
    public int next(int recordOffset) {
        int committed = segment.committed();
        if (!isRecordOffset(recordOffset)) {
            return committed;
        }
        int length = RecordDescriptor.recordLength(captured(recordOffset));
        return length <= committed - recordOffset && isValid() ? recordOffset + length : committed;
    }

    /** A record's running number, or {@link #LOST}. */
    public long number(int recordOffset) {
        if (!isRecordOffset(recordOffset)) {
            return LOST;
        }
        long number = rawNumber(recordOffset);
        return isValid() ? number : LOST;
    }

    private long rawNumber(int recordOffset) {
        ByteBuffer buffer = segment.buffer();
        long order =
                buffer.getLong(recordOffset + RecordDescriptor.TIME_OFFSET)
                        + buffer.getLong(SegmentDescriptor.NUMBER_BASE_OFFSET)
                        + buffer.getInt(recordOffset + RecordDescriptor.LEAD_OFFSET);
        return PacketNumbers.number(order, segment.interfaceIndex());
    }

    private int captured(int recordOffset) {
        return segment.buffer().getInt(recordOffset + RecordDescriptor.CAPTURED_LENGTH_OFFSET)
                >>> RecordDescriptor.CAPTURED_LENGTH_SHIFT;
    }

    /** Bytes captured of a packet; 0 where it has been overwritten. */
    public int capturedLength(int recordOffset) {
        if (!isRecordOffset(recordOffset)) {
            return 0;
        }
        int length = captured(recordOffset);
        return isValid() ? length : 0;
    }

    /**
     * A copy of the packet, or null where it has been overwritten.
     *
     * @param maxLength bytes to copy at most, as if the snap length had been shorter
     */
    public CapturedPacket packet(int recordOffset, int maxLength) {
        if (!isRecordOffset(recordOffset)) {
            return null;
        }
        ByteBuffer buffer = segment.buffer();
        int captured = captured(recordOffset);
        if (captured > segment.bytes() - recordOffset - RecordDescriptor.HEADER_BYTES) {
            return null;
        }
        byte[] data = new byte[Math.min(captured, maxLength)];
        buffer.get(recordOffset + RecordDescriptor.HEADER_BYTES, data);
        final long number = rawNumber(recordOffset);
        final long nanos = buffer.getLong(recordOffset + RecordDescriptor.TIME_OFFSET);
        final int wire = buffer.getInt(recordOffset + RecordDescriptor.WIRE_LENGTH_OFFSET);
        final int way =
                buffer.getInt(recordOffset + RecordDescriptor.CAPTURED_LENGTH_OFFSET)
                        & RecordDescriptor.DIRECTION_MASK;
        final int link = buffer.getInt(SegmentDescriptor.LINK_TYPE_OFFSET);
        final int interfaceIndex = segment.interfaceIndex();
        if (!isValid()) {
            return null;
        }
        return new CapturedPacket(
                number,
                nanos,
                interfaceIndex,
                DIRECTIONS[way % DIRECTIONS.length],
                link,
                wire,
                ByteBuffer.wrap(data));
    }

    private boolean isRecordOffset(int offset) {
        return offset >= segment.recordsOffset()
                && offset <= segment.bytes() - RecordDescriptor.HEADER_BYTES;
    }
}
