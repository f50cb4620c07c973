package io.netverdict.capture.file;

import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.recording.RecordedInterface;

/**
 * Reads a pcap file: microseconds, nanoseconds and the modified format, in both byte orders
 * (draft-ietf-opsawg-pcap; the modified format as Linux libpcap 0.7 patches wrote it).
 */
final class PcapReader {
    private static final int FILE_HEADER_BYTES = 24;
    private static final int VERSION_MINOR_OFFSET = 6;
    private static final int SNAP_LENGTH_OFFSET = 16;
    private static final int LINK_TYPE_OFFSET = 20;

    /** The upper half holds the length of the frame check sequence. */
    private static final int LINK_TYPE_MASK = 0xFFFF;

    /** Up to this minor version some writers exchanged the two lengths. */
    private static final int LAST_EXCHANGED_MINOR = 3;

    private static final int DG_UX_MINOR = 543;

    private final CaptureBytes bytes;
    private final FileFields fields;
    private final FileScan scan;
    private final CaptureFormat format;

    PcapReader(CaptureBytes bytes, FileScan scan, CaptureFormat format) {
        this.bytes = bytes;
        this.scan = scan;
        this.format = format;
        fields = new FileFields(bytes, format.littleEndian());
    }

    /** Reads up to the end or the break; gives the way to read the records again. */
    RecordFormat read() {
        if (!bytes.has(0, FILE_HEADER_BYTES)) {
            scan.problem("the file ends inside its header, at byte " + bytes.size());
            return new PcapRecords(fields, format, false);
        }
        int snapLength = Math.max(0, fields.int32(SNAP_LENGTH_OFFSET));
        int linkType = fields.int32(LINK_TYPE_OFFSET) & LINK_TYPE_MASK;
        scan.addInterface(
                new RecordedInterface("", linkType, snapLength), format.nanoseconds() ? 9 : 6);
        int minor = fields.uint16(VERSION_MINOR_OFFSET);
        PcapRecords records =
                new PcapRecords(
                        fields, format, minor <= LAST_EXCHANGED_MINOR || minor == DG_UX_MINOR);
        packets(records, PacketLimits.maxCapturedBytes(LinkType.fromCode(linkType), snapLength));
        return records;
    }

    private void packets(PcapRecords records, int maxCaptured) {
        RecordHeader header = new RecordHeader();
        long size = bytes.size();
        long at = FILE_HEADER_BYTES;
        while (at < size) {
            if (size - at < records.headerBytes()) {
                scan.breakAt(at, "the file ends inside a packet header");
                return;
            }
            records.read(at, header);
            long captured = header.capturedLength;
            if (captured > maxCaptured) {
                scan.breakAt(at, "impossible packet length of " + captured + " bytes");
                return;
            }
            long there = size - header.dataOffset;
            if (captured > there) {
                scan.breakAt(at, "cut off: " + captured + " bytes announced, " + there + " there");
                return;
            }
            scan.addPacket(at, header);
            at = header.dataOffset + captured;
        }
    }
}
