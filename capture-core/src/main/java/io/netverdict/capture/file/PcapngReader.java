package io.netverdict.capture.file;

import io.netverdict.capture.recording.RecordedInterface;
import java.nio.charset.StandardCharsets;

/**
 * Reads a pcapng file: several sections and interfaces, both byte orders, packet blocks of all
 * three kinds; blocks it does not know are stepped over (draft-ietf-opsawg-pcapng).
 *
 * <p>Every block moves on by at least twelve bytes, so that hostile lengths end the reading and
 * never hold it up.
 */
final class PcapngReader {
    /** More interfaces than this are damage. */
    private static final int MAX_INTERFACES = 1 << 16;

    private static final int MAX_NAME_BYTES = 256;

    private final CaptureBytes bytes;
    private final FileScan scan;
    private final PcapngRecords records = new PcapngRecords();
    private final RecordHeader header = new RecordHeader();
    private FileFields fields;
    private int interfaces;

    PcapngReader(CaptureBytes bytes, FileScan scan) {
        this.bytes = bytes;
        this.scan = scan;
        fields = new FileFields(bytes, false);
        records.beginSection(0, fields);
    }

    /** Whether the file's first block is a section header, as far as it goes. */
    static boolean startsSection(CaptureBytes bytes) {
        if (!bytes.has(0, Pcapng.BLOCK_FRAME_BYTES)) {
            return true;
        }
        int magic = bytes.getInt(Pcapng.BLOCK_HEADER_BYTES);
        return magic == Pcapng.BYTE_ORDER_MAGIC
                || Integer.reverseBytes(magic) == Pcapng.BYTE_ORDER_MAGIC;
    }

    /** Reads up to the end or the break; gives the way to read the records again. */
    RecordFormat read() {
        long size = bytes.size();
        long at = 0;
        while (at < size) {
            if (size - at < Pcapng.BLOCK_FRAME_BYTES) {
                scan.breakAt(at, "the file ends inside a block header");
                break;
            }
            int type = fields.int32(at);
            if (type == Pcapng.SECTION_HEADER && !beginSection(at)) {
                break;
            }
            long length = Pcapng.padded(fields.uint32(at + 4));
            if (length < Pcapng.BLOCK_FRAME_BYTES) {
                scan.breakAt(at, "impossible block length of " + length + " bytes");
                break;
            }
            if (length > size - at) {
                scan.breakAt(
                        at, "cut off: block of " + length + " bytes, " + (size - at) + " there");
                break;
            }
            if (!block(type, at, length)) {
                break;
            }
            at += length;
        }
        for (PcapngInterface source : records.allInterfaces()) {
            scan.addDrops(source.kernelDrops(), source.interfaceDrops());
        }
        return records;
    }

    private boolean beginSection(long at) {
        int magic = bytes.getInt(at + Pcapng.BLOCK_HEADER_BYTES);
        if (magic != Pcapng.BYTE_ORDER_MAGIC
                && Integer.reverseBytes(magic) != Pcapng.BYTE_ORDER_MAGIC) {
            scan.breakAt(at, "section header without byte-order magic");
            return false;
        }
        fields = new FileFields(bytes, magic != Pcapng.BYTE_ORDER_MAGIC);
        records.beginSection(at, fields);
        return true;
    }

    /** Reads a block that lies wholly in the file; false ends the reading. */
    private boolean block(int type, long at, long length) {
        long body = at + Pcapng.BLOCK_HEADER_BYTES;
        long end = at + length - Pcapng.TRAILER_BYTES;
        int needed =
                switch (type) {
                    case Pcapng.SECTION_HEADER -> Pcapng.SECTION_BODY_BYTES;
                    case Pcapng.INTERFACE_DESCRIPTION -> Pcapng.INTERFACE_BODY_BYTES;
                    case Pcapng.ENHANCED_PACKET -> Pcapng.ENHANCED_PACKET_BODY_BYTES;
                    case Pcapng.OBSOLETE_PACKET -> Pcapng.OBSOLETE_PACKET_BODY_BYTES;
                    case Pcapng.SIMPLE_PACKET -> Pcapng.SIMPLE_PACKET_BODY_BYTES;
                    case Pcapng.INTERFACE_STATISTICS -> Pcapng.STATISTICS_BODY_BYTES;
                    default -> 0;
                };
        if (end - body < needed) {
            scan.breakAt(at, "block of type " + type + " too short, " + length + " bytes");
            return false;
        }
        return switch (type) {
            case Pcapng.INTERFACE_DESCRIPTION -> interfaceDescription(at, body, end);
            case Pcapng.ENHANCED_PACKET ->
                    packet(at, end, PcapngRecords.interfaceId(fields, body, true));
            case Pcapng.OBSOLETE_PACKET ->
                    packet(at, end, PcapngRecords.interfaceId(fields, body, false));
            case Pcapng.SIMPLE_PACKET -> {
                // It has no time: it gets that of the packet before.
                records.timeOfSimple(at, scan.previousNanos());
                yield packet(at, end, 0);
            }
            case Pcapng.INTERFACE_STATISTICS -> statistics(body, end);
            default -> true;
        };
    }

    private boolean interfaceDescription(long at, long body, long end) {
        if (interfaces == MAX_INTERFACES) {
            scan.breakAt(at, "more than " + MAX_INTERFACES + " interfaces");
            return false;
        }
        interfaces++;
        int linkType = fields.uint16(body);
        int snapLength = Math.max(0, fields.int32(body + 4));
        String name = "";
        int resolution = TimeResolution.MICROSECONDS.exponent();
        long offsetSeconds = 0;
        PcapngOptions options = new PcapngOptions(fields, body + Pcapng.INTERFACE_BODY_BYTES, end);
        while (options.next()) {
            if (options.code() == Pcapng.INTERFACE_NAME) {
                int kept = Math.min(MAX_NAME_BYTES, options.length());
                name = new String(bytes.copy(options.value(), kept), StandardCharsets.UTF_8);
            } else if (options.code() == Pcapng.INTERFACE_TIME_RESOLUTION
                    && options.length() >= 1) {
                resolution = fields.uint8(options.value());
            } else if (options.code() == Pcapng.INTERFACE_TIME_OFFSET && options.length() >= 8) {
                offsetSeconds = fields.int64(options.value());
            }
        }
        TimeResolution time = TimeResolution.of(resolution, offsetSeconds);
        int global =
                scan.addInterface(
                        new RecordedInterface(name.strip(), linkType, snapLength), time.digits());
        records.interfaces().add(new PcapngInterface(global, linkType, snapLength, time));
        return true;
    }

    private boolean packet(long at, long end, long interfaceId) {
        if (interfaceId >= records.interfaces().size()) {
            scan.breakAt(at, "packet of interface " + interfaceId + ", which is not described");
            return false;
        }
        PcapngInterface source = records.interfaces().get((int) interfaceId);
        records.read(at, header);
        long captured = header.capturedLength;
        if (captured > end - header.dataOffset || captured > source.maxCaptured()) {
            scan.breakAt(at, "impossible packet length of " + captured + " bytes");
            return false;
        }
        source.countDrops(header.droppedBefore);
        scan.addPacket(at, header);
        return true;
    }

    private boolean statistics(long body, long end) {
        long id = fields.uint32(body);
        if (id >= records.interfaces().size()) {
            return true;
        }
        PcapngInterface source = records.interfaces().get((int) id);
        PcapngOptions options = new PcapngOptions(fields, body + Pcapng.STATISTICS_BODY_BYTES, end);
        while (options.next()) {
            if (options.length() < 8) {
                continue;
            }
            if (options.code() == Pcapng.STATISTICS_INTERFACE_DROPS) {
                source.stateInterfaceDrops(fields.int64(options.value()));
            } else if (options.code() == Pcapng.STATISTICS_KERNEL_DROPS) {
                source.stateKernelDrops(fields.int64(options.value()));
            }
        }
        return true;
    }
}
