package io.netverdict.capture.file;

import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.packet.PacketDirection;
import io.netverdict.capture.recording.RecordedInterface;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a pcapng file into an index: several sections and interfaces, both byte orders, packet
 * blocks of all three kinds; blocks it does not know are stepped over (draft-ietf-opsawg-pcapng).
 *
 * <p>Every block moves on by at least twelve bytes, so that hostile lengths end the reading and
 * never hold it up.
 */
final class PcapngReader {
    /** More interfaces than this are damage. */
    private static final int MAX_INTERFACES = 1 << 16;

    private static final int MAX_NAME_BYTES = 256;

    /** What an interface of a section tells about its packets. */
    private static final class Source {
        private final int index;
        private final int snapLength;
        private final int maxCaptured;
        private final TimeResolution time;
        private long statedKernelDrops;
        private long countedDrops;
        private long interfaceDrops;

        Source(int index, int linkType, int snapLength, TimeResolution time) {
            this.index = index;
            this.snapLength = snapLength;
            this.time = time;
            maxCaptured = PacketLimits.maxCapturedBytes(LinkType.fromCode(linkType), snapLength);
        }
    }

    private final CaptureBytes bytes;
    private final FileFields fields;
    private final FileIndex index;
    private final ProgressMeter progress;
    private final PcapngOptions options;
    private final List<Source> all = new ArrayList<>();
    private List<Source> section = new ArrayList<>();

    PcapngReader(CaptureBytes bytes, FileIndex index, ProgressMeter progress) {
        this.bytes = bytes;
        this.index = index;
        this.progress = progress;
        fields = new FileFields(bytes);
        options = new PcapngOptions(fields);
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

    /** Reads up to the end or the break. */
    void read() {
        long size = bytes.size();
        long at = 0;
        while (at < size) {
            if (size - at < Pcapng.BLOCK_FRAME_BYTES) {
                index.breakAt(at, "the file ends inside a block header");
                break;
            }
            int type = fields.int32(at);
            if (type == Pcapng.SECTION_HEADER && !beginSection(at)) {
                break;
            }
            long length = Pcapng.padded(fields.uint32(at + 4));
            if (length < Pcapng.BLOCK_FRAME_BYTES) {
                index.breakAt(at, "impossible block length of " + length + " bytes");
                break;
            }
            if (length > size - at) {
                index.breakAt(
                        at, "cut off: block of " + length + " bytes, " + (size - at) + " there");
                break;
            }
            if (!block(type, at, length)) {
                break;
            }
            at += length;
            progress.reached(at);
        }
        for (Source source : all) {
            index.addDrops(
                    Math.max(source.statedKernelDrops, source.countedDrops), source.interfaceDrops);
        }
    }

    private boolean beginSection(long at) {
        int magic = bytes.getInt(at + Pcapng.BLOCK_HEADER_BYTES);
        if (magic != Pcapng.BYTE_ORDER_MAGIC
                && Integer.reverseBytes(magic) != Pcapng.BYTE_ORDER_MAGIC) {
            index.breakAt(at, "section header without byte-order magic");
            return false;
        }
        fields.littleEndian(magic != Pcapng.BYTE_ORDER_MAGIC);
        section = new ArrayList<>();
        return true;
    }

    /** Reads a block that lies wholly in the file; false ends the reading. */
    private boolean block(int type, long at, long length) {
        long body = at + Pcapng.BLOCK_HEADER_BYTES;
        long end = at + length - Pcapng.BLOCK_FRAME_BYTES + Pcapng.BLOCK_HEADER_BYTES;
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
            index.breakAt(at, "block of type " + type + " too short, " + length + " bytes");
            return false;
        }
        return switch (type) {
            case Pcapng.INTERFACE_DESCRIPTION -> interfaceDescription(at, body, end);
            case Pcapng.ENHANCED_PACKET -> {
                Source source = source(at, fields.uint32(body));
                yield source != null && packet(at, body, end, source, true);
            }
            case Pcapng.OBSOLETE_PACKET -> {
                Source source = source(at, fields.uint16(body));
                yield source != null && packet(at, body, end, source, false);
            }
            case Pcapng.SIMPLE_PACKET -> simplePacket(at, body, end);
            case Pcapng.INTERFACE_STATISTICS -> statistics(body, end);
            default -> true;
        };
    }

    private boolean interfaceDescription(long at, long body, long end) {
        if (all.size() == MAX_INTERFACES) {
            index.breakAt(at, "more than " + MAX_INTERFACES + " interfaces");
            return false;
        }
        int linkType = fields.uint16(body);
        int snapLength = Math.max(0, fields.int32(body + 4));
        String name = "";
        int resolution = TimeResolution.MICROSECONDS.exponent();
        long offsetSeconds = 0;
        options.start(body + Pcapng.INTERFACE_BODY_BYTES, end);
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
                index.addInterface(
                        new RecordedInterface(name.strip(), linkType, snapLength), time.digits());
        Source added = new Source(global, linkType, snapLength, time);
        section.add(added);
        all.add(added);
        return true;
    }

    private Source source(long at, long id) {
        if (id < section.size()) {
            return section.get((int) id);
        }
        index.breakAt(at, "packet of interface " + id + ", which is not described");
        return null;
    }

    /** Enhanced and obsolete packet blocks have their lengths and times in the same places. */
    private boolean packet(long at, long body, long end, Source source, boolean enhanced) {
        long ticks = fields.uint32(body + 4) << 32 | fields.uint32(body + 8);
        long captured = fields.uint32(body + 12);
        long wire = fields.uint32(body + 16);
        long data = body + Pcapng.ENHANCED_PACKET_BODY_BYTES;
        if (captured > end - data || captured > source.maxCaptured) {
            index.breakAt(at, "impossible packet length of " + captured + " bytes");
            return false;
        }
        PacketDirection direction = PacketDirection.UNKNOWN;
        long optionsStart = data + Pcapng.padded(captured);
        if (end - optionsStart >= Pcapng.OPTION_HEADER_BYTES) {
            direction = packetOptions(optionsStart, end, source);
        }
        if (!enhanced) {
            int drops = fields.uint16(body + 2);
            source.countedDrops += drops == 0xFFFF ? 0 : drops;
        }
        add(data, source.time.toNanos(ticks), captured, wire, source, direction);
        return true;
    }

    private PacketDirection packetOptions(long start, long end, Source source) {
        PacketDirection direction = PacketDirection.UNKNOWN;
        options.start(start, end);
        while (options.next()) {
            if (options.code() == Pcapng.PACKET_FLAGS && options.length() >= 4) {
                direction =
                        switch (fields.int32(options.value()) & Pcapng.FLAGS_DIRECTION_MASK) {
                            case Pcapng.FLAGS_INBOUND -> PacketDirection.INBOUND;
                            case Pcapng.FLAGS_OUTBOUND -> PacketDirection.OUTBOUND;
                            default -> PacketDirection.UNKNOWN;
                        };
            } else if (options.code() == Pcapng.PACKET_DROP_COUNT && options.length() >= 8) {
                source.countedDrops += Math.max(0, fields.int64(options.value()));
            }
        }
        return direction;
    }

    /** A packet without a time: it gets that of the packet before. */
    private boolean simplePacket(long at, long body, long end) {
        Source source = source(at, 0);
        if (source == null) {
            return false;
        }
        long wire = fields.uint32(body);
        long data = body + Pcapng.SIMPLE_PACKET_BODY_BYTES;
        long kept = source.snapLength == 0 ? wire : Math.min(wire, source.snapLength);
        if (kept > end - data || kept > source.maxCaptured) {
            index.breakAt(at, "impossible packet length of " + kept + " bytes");
            return false;
        }
        add(data, index.previousNanos(), kept, wire, source, PacketDirection.UNKNOWN);
        return true;
    }

    private void add(
            long data,
            long timeNanos,
            long captured,
            long wire,
            Source source,
            PacketDirection direction) {
        int wireLength = PacketLimits.wireBytes(wire, captured);
        index.addPacket(data, timeNanos, (int) captured, wireLength, source.index, direction);
    }

    /** The newest statistics of an interface count from its start, so they replace older ones. */
    private boolean statistics(long body, long end) {
        long id = fields.uint32(body);
        if (id >= section.size()) {
            return true;
        }
        Source source = section.get((int) id);
        options.start(body + Pcapng.STATISTICS_BODY_BYTES, end);
        while (options.next()) {
            if (options.length() < 8) {
                continue;
            }
            if (options.code() == Pcapng.STATISTICS_INTERFACE_DROPS) {
                source.interfaceDrops = Math.max(0, fields.int64(options.value()));
            } else if (options.code() == Pcapng.STATISTICS_KERNEL_DROPS) {
                source.statedKernelDrops = Math.max(0, fields.int64(options.value()));
            }
        }
        return true;
    }
}
