package io.netverdict.capture.file;

import io.netverdict.capture.packet.PacketDirection;

/** Records of a pcap file (draft-ietf-opsawg-pcap 5). */
final class PcapRecords implements RecordFormat {
    private static final int HEADER_BYTES = 16;
    private static final int MODIFIED_HEADER_BYTES = 24;
    private static final int CAPTURED_LENGTH_OFFSET = 8;
    private static final int WIRE_LENGTH_OFFSET = 12;
    private static final int PACKET_TYPE_OFFSET = 22;
    private static final int PACKET_TYPE_OUTGOING = 4;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MICROSECOND = 1000;

    private final FileFields fields;
    private final boolean modified;
    private final boolean lengthsMayBeExchanged;
    private final long nanosPerTick;
    private final int headerBytes;

    /**
     * @param lengthsMayBeExchanged whether the file's writer may have taken one length for the
     *     other
     */
    PcapRecords(FileFields fields, CaptureFormat format, boolean lengthsMayBeExchanged) {
        this.fields = fields;
        this.lengthsMayBeExchanged = lengthsMayBeExchanged;
        modified = format.modified();
        nanosPerTick = format.nanoseconds() ? 1 : NANOS_PER_MICROSECOND;
        headerBytes = modified ? MODIFIED_HEADER_BYTES : HEADER_BYTES;
    }

    /** Bytes before each packet. */
    int headerBytes() {
        return headerBytes;
    }

    @Override
    public void read(long record, RecordHeader header) {
        long time = fields.pair(record);
        header.timeNanos =
                FileFields.first(time) * NANOS_PER_SECOND + FileFields.second(time) * nanosPerTick;
        long lengths = fields.pair(record + CAPTURED_LENGTH_OFFSET);
        long captured = FileFields.first(lengths);
        long wire = FileFields.second(lengths);
        boolean exchanged = lengthsMayBeExchanged && captured > wire;
        header.capturedLength = exchanged ? wire : captured;
        header.statedWireLength = exchanged ? captured : wire;
        header.dataOffset = record + headerBytes;
        header.recordEnd = header.dataOffset + header.capturedLength;
        header.interfaceIndex = 0;
        header.direction = modified ? direction(record) : PacketDirection.UNKNOWN;
    }

    @Override
    public long endOf(long record) {
        long captured = fields.uint32(record + CAPTURED_LENGTH_OFFSET);
        long kept =
                lengthsMayBeExchanged
                        ? Math.min(captured, fields.uint32(record + WIRE_LENGTH_OFFSET))
                        : captured;
        return record + headerBytes + kept;
    }

    private PacketDirection direction(long record) {
        return fields.uint8(record + PACKET_TYPE_OFFSET) == PACKET_TYPE_OUTGOING
                ? PacketDirection.OUTBOUND
                : PacketDirection.INBOUND;
    }
}
