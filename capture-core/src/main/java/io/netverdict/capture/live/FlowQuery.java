package io.netverdict.capture.live;

import io.netverdict.capture.index.FlowTable;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.FlowTuple;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.ring.RecordDescriptor;
import io.netverdict.capture.ring.RecordReader;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Lists flows from the entries of many segments, joining those of one key.
 *
 * <p>Two passes: the segments of the window say which flows, all segments say their extent. For few
 * flows each is looked up; for many all entries are walked, most of them passed over by their hash
 * alone.
 */
final class FlowQuery {
    /** Bits that stand for the flows found: a million entries rarely meet one by chance. */
    private static final int HASH_BITS = 22;

    /** Entries walked in the time that one flow is looked up, about. */
    private static final int ENTRIES_PER_LOOKUP = 16;

    private final List<RecordReader> readers;
    private final FlowTable table = new FlowTable();
    private final FlowTuple tuple = new FlowTuple();
    private final Map<FlowKey, Extent> extents = new HashMap<>();
    private final BitSet hashes = new BitSet(1 << HASH_BITS);

    FlowQuery(List<IndexedSegment> segments) {
        readers = segments.stream().map(IndexedSegment::reader).toList();
    }

    private static final class Extent {
        private long firstNanos = Long.MAX_VALUE;
        private long lastNanos = Long.MIN_VALUE;
        private long packets;

        private void add(long first, long last, int more) {
            firstNanos = Math.min(firstNanos, first);
            lastNanos = Math.max(lastNanos, last);
            packets += more;
        }

        private RecordedFlow toFlow(FlowKey key) {
            return new RecordedFlow(key, firstNanos, lastNanos, packets);
        }
    }

    List<RecordedFlow> flows(long fromNanos, long toNanos) {
        for (RecordReader reader : readers) {
            if (reader.segment().firstNanos() <= toNanos
                    && reader.segment().lastNanos() >= fromNanos) {
                forEachEntry(reader, entry -> addKey(reader, entry, fromNanos, toNanos));
            }
        }
        readers.forEach(this::addExtents);
        return extents.entrySet().stream()
                .filter(entry -> entry.getValue().packets > 0)
                .map(entry -> entry.getValue().toFlow(entry.getKey()))
                .sorted(Comparator.comparingLong(RecordedFlow::firstNanos))
                .toList();
    }

    private void forEachEntry(RecordReader reader, IntConsumer visitor) {
        table.wrap(reader.segment());
        for (int entry = table.oldest();
                entry != 0 && reader.isValid();
                entry = table.newer(entry)) {
            visitor.accept(entry);
        }
    }

    private void addKey(RecordReader reader, int entry, long fromNanos, long toNanos) {
        if (hasPacketBetween(table, reader, entry, fromNanos, toNanos)) {
            table.read(entry, tuple);
            if (reader.isValid()) {
                extents.computeIfAbsent(tuple.toKey(), unused -> new Extent());
                hashes.set(bit(entry));
            }
        }
    }

    /** Whether a flow has a packet in the segment between two times, both inclusive. */
    static boolean hasPacketBetween(
            FlowTable table, RecordReader reader, int entry, long fromNanos, long toNanos) {
        long first = table.firstNanos(entry);
        long last = table.lastNanos(entry);
        if (first > toNanos || last < fromNanos) {
            return false;
        }
        if (first >= fromNanos || last <= toNanos) {
            return true;
        }
        // It reaches beyond the window on both sides, perhaps silent in between.
        int record = table.newestRecord(entry);
        while (record != RecordDescriptor.NO_PREVIOUS) {
            long nanos = reader.timeNanos(record);
            if (nanos <= toNanos) {
                return nanos >= fromNanos;
            }
            record = reader.previous(record);
        }
        return false;
    }

    private void addExtents(RecordReader reader) {
        table.wrap(reader.segment());
        if (table.entryCount() / ENTRIES_PER_LOOKUP <= extents.size()) {
            forEachEntry(reader, entry -> addExtent(reader, entry));
            return;
        }
        for (Map.Entry<FlowKey, Extent> known : extents.entrySet()) {
            tuple.set(known.getKey());
            int entry = table.find(tuple);
            if (entry != 0) {
                addTo(known.getValue(), reader, entry);
            }
        }
    }

    private int bit(int entry) {
        return table.hash(entry) >>> Integer.SIZE - HASH_BITS;
    }

    private void addExtent(RecordReader reader, int entry) {
        if (!hashes.get(bit(entry))) {
            return;
        }
        table.read(entry, tuple);
        if (reader.isValid()) {
            Extent extent = extents.get(tuple.toKey());
            if (extent != null) {
                addTo(extent, reader, entry);
            }
        }
    }

    private void addTo(Extent extent, RecordReader reader, int entry) {
        int packets = table.packets(entry);
        long first = table.firstNanos(entry);
        long last = table.lastNanos(entry);
        if (packets > 0 && reader.isValid()) {
            extent.add(first, last, packets);
        }
    }
}
