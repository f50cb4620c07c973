package io.netverdict.capture.file;

import java.util.BitSet;
import java.util.function.IntToLongFunction;

/**
 * Goes through the packets of some flows in the order of the file, from the first of them to the
 * last. For one thread.
 */
final class PacketSweep {
    private final FileIndex index;
    private final RecordFormat format;
    private final FlowReader reader;

    /**
     * @param index complete
     * @param reader its own
     */
    PacketSweep(FileIndex index, RecordFormat format, FlowReader reader) {
        this.index = index;
        this.format = format;
        this.reader = reader;
    }

    /** Is shown a packet, whose headers the reader has until the next one. */
    interface Visitor {
        void visit(int packet, int flow, RecordHeader header);
    }

    /**
     * Shows each packet of the flows between two times, inclusive.
     *
     * @param flows numbers; the visitor may take away from them on the way
     */
    void run(BitSet flows, long fromNanos, long toNanos, Visitor visitor) {
        run(flows, flow -> fromNanos, fromNanos, toNanos, visitor);
    }

    /** Shows each packet of the flows from the flow's own time on. */
    void runSince(FlowStarts starts, Visitor visitor) {
        run(starts.flows(), starts::nanos, starts.earliestNanos(), Long.MAX_VALUE, visitor);
    }

    private void run(
            BitSet flows, IntToLongFunction starts, long fromNanos, long toNanos, Visitor visitor) {
        PacketTable packets = index.packets();
        RecordHeader header = new RecordHeader();
        RecordCursor cursor = new RecordCursor(packets, format);
        int last = last(flows);
        int packet = first(flows);
        while (packet <= last) {
            int groupEnd = PacketTable.groupStart(packet) + PacketTable.GROUP_PACKETS - 1;
            int end = Math.min(last, groupEnd);
            int any = packet;
            boolean wanted =
                    packets.isWithin(any, fromNanos, toNanos)
                            && packets.holdsAny(
                                    any,
                                    flow ->
                                            flows.get(flow)
                                                    && packets.isWithin(
                                                            any,
                                                            starts.applyAsLong(flow),
                                                            toNanos));
            for (; wanted && packet <= end; packet++) {
                format.read(cursor.recordOf(packet), header);
                if (header.timeNanos < fromNanos || header.timeNanos > toNanos) {
                    continue;
                }
                int flow = reader.flowOf(header);
                if (flow != FlowTable.NO_FLOW
                        && flows.get(flow)
                        && header.timeNanos >= starts.applyAsLong(flow)) {
                    visitor.visit(packet, flow, header);
                }
            }
            packet = end + 1;
        }
    }

    /** Flows are numbered in the order of their first packets. */
    private int first(BitSet flows) {
        return flows.isEmpty() ? 0 : index.spans().startPacket(flows.nextSetBit(0));
    }

    private int last(BitSet flows) {
        int last = -1;
        for (int flow = flows.nextSetBit(0); flow >= 0; flow = flows.nextSetBit(flow + 1)) {
            last = Math.max(last, index.spans().lastGroup(flow));
        }
        int end = last * PacketTable.GROUP_PACKETS + PacketTable.GROUP_PACKETS - 1;
        return Math.min(end, index.packets().size() - 1);
    }

    /** The flows with a packet between two times, inclusive. */
    BitSet flowsBetween(long fromNanos, long toNanos) {
        BitSet found = new BitSet();
        BitSet unclear = new BitSet();
        FlowSpans spans = index.spans();
        for (int flow = 0; flow < index.flows().size(); flow++) {
            long first = spans.firstNanos(flow);
            long last = spans.lastNanos(flow);
            if (last < fromNanos || first > toNanos) {
                continue;
            }
            // Around the time as a whole, a flow may have been silent all through it.
            (first >= fromNanos || last <= toNanos ? found : unclear).set(flow);
        }
        if (!unclear.isEmpty()) {
            run(
                    unclear,
                    fromNanos,
                    toNanos,
                    (packet, flow, header) -> {
                        found.set(flow);
                        unclear.clear(flow);
                    });
        }
        return found;
    }
}
