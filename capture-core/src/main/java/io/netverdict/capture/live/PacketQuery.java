package io.netverdict.capture.live;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.FlowTuple;
import io.netverdict.capture.ring.RecordDescriptor;
import io.netverdict.capture.ring.RecordReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the packets of some flows out of many segments: from each flow's newest packet back along
 * the chain, then all in order.
 *
 * <p>The answer has a limit, because it must fit a small heap beside any ring: the newest {@link
 * #MAX_PACKETS}, and where they are more than {@link #MAX_WHOLE_BYTES}, only the first part of each
 * flow whole and headers of the rest, like a short snap length. Both are logged.
 */
final class PacketQuery {
    private static final Logger LOG = LoggerFactory.getLogger(PacketQuery.class);

    static final int MAX_PACKETS = 200_000;
    static final long MAX_WHOLE_BYTES = 64L << 20;
    static final long WHOLE_BYTES_PER_FLOW = 256L << 10;
    static final int HEADER_BYTES = 256;

    private final List<IndexedSegment> segments;
    private final List<Found> found = new ArrayList<>();

    /**
     * @param segments in order of time
     */
    PacketQuery(List<IndexedSegment> segments) {
        this.segments = segments;
    }

    /** Where a packet is; {@code flow} counts the query's flows. */
    private record Found(
            RecordReader reader, int recordOffset, int flow, long number, int capturedLength) {}

    List<CapturedPacket> packets(Collection<FlowKey> flows, long fromNanos, long toNanos) {
        find(flows, fromNanos, toNanos, MAX_PACKETS);
        if (found.size() > MAX_PACKETS) {
            LOG.warn("of {} packets of {} flows only the newest", found.size(), flows.size());
        }
        return copy(flows.size(), MAX_PACKETS);
    }

    List<CapturedPacket> newest(
            Collection<FlowKey> flows, long fromNanos, long toNanos, int limit) {
        int most = Math.min(limit, MAX_PACKETS);
        find(flows, fromNanos, toNanos, most);
        return copy(flows.size(), most);
    }

    /** Finds the packets, newest segment first, until there are enough; sorts them. */
    private void find(Collection<FlowKey> flows, long fromNanos, long toNanos, int enough) {
        List<FlowTuple> tuples = new ArrayList<>();
        for (FlowKey key : new LinkedHashSet<>(flows)) {
            FlowTuple tuple = new FlowTuple();
            tuple.set(key);
            tuples.add(tuple);
        }
        for (int i = segments.size() - 1; i >= 0 && found.size() < enough; i--) {
            IndexedSegment segment = segments.get(i);
            if (segment.overlaps(fromNanos, toNanos)) {
                for (int flow = 0; flow < tuples.size(); flow++) {
                    collect(segment, tuples.get(flow), flow, fromNanos, toNanos);
                }
            }
        }
        found.sort(Comparator.comparingLong(Found::number));
    }

    private void collect(
            IndexedSegment segment, FlowTuple tuple, int flow, long fromNanos, long toNanos) {
        int entry = segment.find(tuple);
        if (entry == 0) {
            return;
        }
        RecordReader reader = segment.reader();
        int record = segment.table().newestRecord(entry);
        while (record != RecordDescriptor.NO_PREVIOUS) {
            long nanos = reader.timeNanos(record);
            if (nanos == RecordReader.LOST) {
                return;
            }
            if (nanos >= fromNanos && nanos <= toNanos) {
                long number = reader.number(record);
                if (number <= segment.newestNumber()) {
                    int captured = reader.capturedLength(record);
                    found.add(new Found(reader, record, flow, number, captured));
                }
            }
            record = reader.previous(record);
        }
    }

    private List<CapturedPacket> copy(int flows, int limit) {
        found.subList(0, Math.max(0, found.size() - limit)).clear();
        long total = 0;
        for (Found each : found) {
            total += each.capturedLength();
        }
        boolean cut = total > MAX_WHOLE_BYTES;
        if (cut) {
            LOG.warn("of {} bytes of {} flows only the beginnings are whole", total, flows);
        }
        long[] bytesOfFlow = new long[flows];
        List<CapturedPacket> packets = new ArrayList<>(found.size());
        for (Found each : found) {
            boolean whole = !cut || bytesOfFlow[each.flow()] < WHOLE_BYTES_PER_FLOW;
            bytesOfFlow[each.flow()] += each.capturedLength();
            CapturedPacket packet =
                    each.reader()
                            .packet(each.recordOffset(), whole ? Integer.MAX_VALUE : HEADER_BYTES);
            if (packet != null) {
                packets.add(packet);
            }
        }
        return packets;
    }
}
