package io.netverdict.capture.file;

/**
 * Finds the records of packets: from the beginning of a packet's group, or from the packet asked
 * for last, a record follows on the other. For one thread.
 */
final class RecordCursor {
    private final PacketTable packets;
    private final RecordFormat format;
    private int packet = -1;
    private long record;

    RecordCursor(PacketTable packets, RecordFormat format) {
        this.packets = packets;
        this.format = format;
    }

    /** Where a packet's record begins in the file. */
    long recordOf(int wanted) {
        int first = PacketTable.groupStart(wanted);
        if (packet < first || packet > wanted) {
            packet = first;
            record = packets.firstRecord(first);
        }
        while (packet < wanted) {
            packet++;
            record = packets.follows(packet) ? format.endOf(record) : packets.farRecord(packet);
        }
        return record;
    }
}
