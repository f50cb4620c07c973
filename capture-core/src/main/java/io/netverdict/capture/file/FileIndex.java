package io.netverdict.capture.file;

import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.recording.PacketVisitor;
import java.nio.ByteBuffer;

/**
 * The packets and flows of a file. {@link #take} allocates only where a table grows. Not
 * thread-safe while it does, immutable afterwards.
 */
final class FileIndex {
    private PacketVisitor visitor;
    private final PacketTable packets = new PacketTable();
    private final FlowTable flows = new FlowTable();
    private final FlowSpans spans = new FlowSpans();
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos = Long.MIN_VALUE;
    private long undecodable;

    /**
     * @param visitor is shown every packet that is of a flow, by the flow's number, or null
     */
    FileIndex(PacketVisitor visitor) {
        this.visitor = visitor;
    }

    /** Takes in packets that follow on those before. */
    void take(RecordBatch batch) {
        for (int row = 0; row < batch.size(); row++) {
            long timeNanos = batch.timeNanos(row);
            int flow = flowOf(batch, row, timeNanos);
            int newFlow = FlowTable.NO_FLOW;
            if (flow != FlowTable.NO_FLOW) {
                boolean first = spans.add(flow, packets.size(), timeNanos);
                newFlow = first ? flow : FlowTable.NO_FLOW;
            }
            packets.add(batch.record(row), batch.recordEnd(row), timeNanos, newFlow);
            firstNanos = Math.min(firstNanos, timeNanos);
            lastNanos = Math.max(lastNanos, timeNanos);
        }
    }

    private int flowOf(RecordBatch batch, int row, long timeNanos) {
        if (batch.linkType(row) == LinkType.UNKNOWN) {
            undecodable++;
            return FlowTable.NO_FLOW;
        }
        HeaderView headers = batch.headers(row);
        ByteBuffer data = headers.buffer();
        int flow = flows.flowOf(headers, data, batch.dataEnd(row));
        if (visitor != null && flow != FlowTable.NO_FLOW) {
            visitor.packet(flow, timeNanos, headers, data);
        }
        return flow;
    }

    /** Ends the reading; the visitor is not held any longer. */
    void finish() {
        packets.finish();
        visitor = null;
    }

    PacketTable packets() {
        return packets;
    }

    FlowTable flows() {
        return flows;
    }

    FlowSpans spans() {
        return spans;
    }

    /** The earliest time, nanoseconds since the epoch; 0 without packets. */
    long firstNanos() {
        return packets.size() == 0 ? 0 : firstNanos;
    }

    long lastNanos() {
        return packets.size() == 0 ? 0 : lastNanos;
    }

    /** Packets of unknown link types. */
    long undecodable() {
        return undecodable;
    }
}
