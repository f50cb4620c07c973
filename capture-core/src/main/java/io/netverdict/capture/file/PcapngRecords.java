package io.netverdict.capture.file;

import io.netverdict.capture.packet.PacketDirection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Packet blocks of a pcapng file: enhanced, obsolete and simple ones (draft-ietf-opsawg-pcapng 4.3,
 * 4.4, A). Its reader tells it of sections, interfaces and times while it goes through the file;
 * from then on it is immutable.
 */
final class PcapngRecords implements RecordFormat {
    private static final int NO_DROP_COUNT = 0xFFFF;

    /** From its start on, one byte order and one numbering of interfaces hold. */
    private record Section(long start, FileFields fields, List<PcapngInterface> interfaces) {}

    private final List<Section> sections = new ArrayList<>();
    private Section newest;

    /** Simple packets have no time: blocks from which on they have another than before. */
    private long[] simpleFrom = {};

    private long[] simpleNanos = {};
    private int simpleTimes;

    void beginSection(long start, FileFields fields) {
        newest = new Section(start, fields, new ArrayList<>());
        sections.add(newest);
    }

    /** Interfaces of the newest section. */
    List<PcapngInterface> interfaces() {
        return newest.interfaces();
    }

    /** All interfaces, in the order of the file. */
    List<PcapngInterface> allInterfaces() {
        return sections.stream().flatMap(section -> section.interfaces().stream()).toList();
    }

    /** Gives a simple packet the time of the packet before it. */
    void timeOfSimple(long record, long nanos) {
        if (simpleTimes > 0 && simpleNanos[simpleTimes - 1] == nanos) {
            return;
        }
        if (simpleTimes == simpleFrom.length) {
            int room = Math.max(16, 2 * simpleTimes);
            simpleFrom = Arrays.copyOf(simpleFrom, room);
            simpleNanos = Arrays.copyOf(simpleNanos, room);
        }
        simpleFrom[simpleTimes] = record;
        simpleNanos[simpleTimes++] = nanos;
    }

    /** Options beyond the block's end, or none, leave the direction unknown. */
    @Override
    public void read(long record, RecordHeader header) {
        Section section = record >= newest.start() ? newest : sectionOf(record);
        FileFields fields = section.fields();
        int type = fields.int32(record);
        long body = record + Pcapng.BLOCK_HEADER_BYTES;
        header.direction = PacketDirection.UNKNOWN;
        header.droppedBefore = 0;
        header.recordEnd = endOf(fields, record);
        if (type == Pcapng.SIMPLE_PACKET) {
            PcapngInterface source = section.interfaces().get(0);
            header.interfaceIndex = source.index();
            header.timeNanos = simpleNanos[floor(simpleFrom, simpleTimes, record)];
            header.statedWireLength = fields.uint32(body);
            header.capturedLength = source.keptOf(header.statedWireLength);
            header.dataOffset = body + Pcapng.SIMPLE_PACKET_BODY_BYTES;
            return;
        }
        boolean enhanced = type == Pcapng.ENHANCED_PACKET;
        int id = (int) interfaceId(fields, body, enhanced);
        PcapngInterface source = section.interfaces().get(id);
        header.interfaceIndex = source.index();
        // Enhanced and obsolete blocks have lengths and times in the same places.
        header.timeNanos = source.toNanos(fields.pair(body + 4));
        long lengths = fields.pair(body + 12);
        header.capturedLength = FileFields.first(lengths);
        header.statedWireLength = FileFields.second(lengths);
        header.dataOffset = body + Pcapng.ENHANCED_PACKET_BODY_BYTES;
        if (!enhanced) {
            int drops = fields.uint16(body + 2);
            header.droppedBefore = drops == NO_DROP_COUNT ? 0 : drops;
        }
        long end = header.recordEnd - Pcapng.TRAILER_BYTES;
        long options = header.dataOffset + Pcapng.padded(header.capturedLength);
        if (end - options >= Pcapng.OPTION_HEADER_BYTES) {
            readOptions(fields, options, end, header);
        }
    }

    @Override
    public long endOf(long record) {
        Section section = record >= newest.start() ? newest : sectionOf(record);
        return endOf(section.fields(), record);
    }

    private static long endOf(FileFields fields, long record) {
        return record + Pcapng.padded(fields.uint32(record + 4));
    }

    /** Which interface of its section a packet block names. */
    static long interfaceId(FileFields fields, long body, boolean enhanced) {
        return enhanced ? fields.uint32(body) : fields.uint16(body);
    }

    private static void readOptions(FileFields fields, long from, long end, RecordHeader header) {
        PcapngOptions options = new PcapngOptions(fields, from, end);
        while (options.next()) {
            if (options.code() == Pcapng.PACKET_FLAGS && options.length() >= 4) {
                header.direction =
                        switch (fields.int32(options.value()) & Pcapng.FLAGS_DIRECTION_MASK) {
                            case Pcapng.FLAGS_INBOUND -> PacketDirection.INBOUND;
                            case Pcapng.FLAGS_OUTBOUND -> PacketDirection.OUTBOUND;
                            default -> PacketDirection.UNKNOWN;
                        };
            } else if (options.code() == Pcapng.PACKET_DROP_COUNT && options.length() >= 8) {
                header.droppedBefore += Math.max(0, fields.int64(options.value()));
            }
        }
    }

    private Section sectionOf(long record) {
        int low = 0;
        int high = sections.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (sections.get(middle).start() <= record) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return sections.get(low);
    }

    /** The last of some ascending positions that is not behind another. */
    private static int floor(long[] positions, int count, long position) {
        int found = Arrays.binarySearch(positions, 0, count, position);
        return found >= 0 ? found : -found - 2;
    }
}
