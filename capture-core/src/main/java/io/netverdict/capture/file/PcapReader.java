package io.netverdict.capture.file;

import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.packet.PacketDirection;
import io.netverdict.capture.recording.RecordedInterface;

/**
 * Reads a pcap file into an index: microseconds, nanoseconds and the modified format, in both byte
 * orders (draft-ietf-opsawg-pcap; the modified format as Linux libpcap 0.7 patches wrote it).
 */
final class PcapReader {
    private static final int FILE_HEADER_BYTES = 24;
    private static final int VERSION_MINOR_OFFSET = 6;
    private static final int SNAP_LENGTH_OFFSET = 16;
    private static final int LINK_TYPE_OFFSET = 20;

    /** The upper half holds the length of the frame check sequence. */
    private static final int LINK_TYPE_MASK = 0xFFFF;

    private static final int RECORD_HEADER_BYTES = 16;
    private static final int MODIFIED_RECORD_HEADER_BYTES = 24;
    private static final int FRACTION_OFFSET = 4;
    private static final int CAPTURED_LENGTH_OFFSET = 8;
    private static final int WIRE_LENGTH_OFFSET = 12;
    private static final int PACKET_TYPE_OFFSET = 22;
    private static final int PACKET_TYPE_OUTGOING = 4;

    /** Up to this minor version some writers exchanged the two lengths. */
    private static final int LAST_EXCHANGED_MINOR = 3;

    private static final int DG_UX_MINOR = 543;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MICROSECOND = 1000;

    private final CaptureBytes bytes;
    private final FileFields fields;
    private final FileIndex index;
    private final CaptureFormat format;
    private final ProgressMeter progress;

    PcapReader(CaptureBytes bytes, FileIndex index, CaptureFormat format, ProgressMeter progress) {
        this.bytes = bytes;
        this.index = index;
        this.format = format;
        this.progress = progress;
        fields = new FileFields(bytes);
        fields.littleEndian(format.littleEndian());
    }

    /** Reads up to the end or the break. */
    void read() {
        if (!bytes.has(0, FILE_HEADER_BYTES)) {
            index.problem("the file ends inside its header, at byte " + bytes.size());
            return;
        }
        int snapLength = Math.max(0, fields.int32(SNAP_LENGTH_OFFSET));
        int linkType = fields.int32(LINK_TYPE_OFFSET) & LINK_TYPE_MASK;
        index.addInterface(
                new RecordedInterface("", linkType, snapLength), format.nanoseconds() ? 9 : 6);
        int minor = fields.uint16(VERSION_MINOR_OFFSET);
        packets(
                PacketLimits.maxCapturedBytes(LinkType.fromCode(linkType), snapLength),
                minor <= LAST_EXCHANGED_MINOR || minor == DG_UX_MINOR);
    }

    private void packets(int maxCaptured, boolean lengthsMayBeExchanged) {
        int headerLength = format.modified() ? MODIFIED_RECORD_HEADER_BYTES : RECORD_HEADER_BYTES;
        long nanosPerTick = format.nanoseconds() ? 1 : NANOS_PER_MICROSECOND;
        long size = bytes.size();
        long at = FILE_HEADER_BYTES;
        while (at < size) {
            if (size - at < headerLength) {
                index.breakAt(at, "the file ends inside a packet header");
                return;
            }
            long time =
                    fields.uint32(at) * NANOS_PER_SECOND
                            + fields.uint32(at + FRACTION_OFFSET) * nanosPerTick;
            long captured = fields.uint32(at + CAPTURED_LENGTH_OFFSET);
            long wire = fields.uint32(at + WIRE_LENGTH_OFFSET);
            if (lengthsMayBeExchanged && captured > wire) {
                long exchanged = captured;
                captured = wire;
                wire = exchanged;
            }
            if (captured > maxCaptured) {
                index.breakAt(at, "impossible packet length of " + captured + " bytes");
                return;
            }
            long data = at + headerLength;
            if (captured > size - data) {
                index.breakAt(
                        at,
                        "cut off: " + captured + " bytes announced, " + (size - data) + " there");
                return;
            }
            PacketDirection direction = format.modified() ? direction(at) : PacketDirection.UNKNOWN;
            int wireLength = PacketLimits.wireBytes(wire, captured);
            index.addPacket(data, time, (int) captured, wireLength, 0, direction);
            at = data + captured;
            progress.reached(at);
        }
    }

    private PacketDirection direction(long record) {
        return fields.uint8(record + PACKET_TYPE_OFFSET) == PACKET_TYPE_OUTGOING
                ? PacketDirection.OUTBOUND
                : PacketDirection.INBOUND;
    }
}
