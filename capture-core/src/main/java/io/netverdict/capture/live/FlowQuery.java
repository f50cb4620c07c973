package io.netverdict.capture.live;

import io.netverdict.capture.index.FlowTable;
import io.netverdict.capture.index.FlowTuple;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.ring.RecordReader;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists flows from the entries of many segments, joining those of one key.
 *
 * <p>Two passes: the segments of the window say which flows, the others add to their extent, by
 * looking each flow up or by walking all entries, whichever is less.
 */
final class FlowQuery {
    private final List<RecordReader> readers;
    private final FlowTable table = new FlowTable();
    private final FlowTuple tuple = new FlowTuple();
    private final Map<FlowKey, Extent> extents = new HashMap<>();

    FlowQuery(List<RecordReader> readers) {
        this.readers = readers;
    }

    private static final class Extent {
        long firstNanos = Long.MAX_VALUE;
        long lastNanos = Long.MIN_VALUE;
        long packets;

        void add(long first, long last, int more) {
            firstNanos = Math.min(firstNanos, first);
            lastNanos = Math.max(lastNanos, last);
            packets += more;
        }
    }

    List<RecordedFlow> flows(long fromNanos, long toNanos) {
        for (RecordReader reader : readers) {
            if (overlaps(reader, fromNanos, toNanos)) {
                forEachEntry(reader, entry -> addOverlapping(reader, entry, fromNanos, toNanos));
            }
        }
        // What the first pass left out: entries beyond the window, of flows that are in it.
        for (RecordReader reader : readers) {
            if (overlaps(reader, fromNanos, toNanos)) {
                forEachEntry(reader, entry -> addOutside(reader, entry, fromNanos, toNanos));
            } else {
                addExtents(reader);
            }
        }
        return extents.entrySet().stream()
                .filter(entry -> entry.getValue().packets > 0)
                .map(
                        entry ->
                                new RecordedFlow(
                                        entry.getKey(),
                                        entry.getValue().firstNanos,
                                        entry.getValue().lastNanos,
                                        entry.getValue().packets))
                .sorted(Comparator.comparingLong(RecordedFlow::firstNanos))
                .toList();
    }

    private static boolean overlaps(RecordReader reader, long fromNanos, long toNanos) {
        return reader.segment().firstNanos() <= toNanos
                && reader.segment().lastNanos() >= fromNanos;
    }

    private interface EntryVisitor {
        void visit(int entry);
    }

    private void forEachEntry(RecordReader reader, EntryVisitor visitor) {
        table.wrap(reader.segment());
        for (int entry = table.oldest();
                entry != 0 && reader.isValid();
                entry = table.newer(entry)) {
            visitor.visit(entry);
        }
    }

    private boolean inWindow(int entry, long fromNanos, long toNanos) {
        return table.firstNanos(entry) <= toNanos && table.lastNanos(entry) >= fromNanos;
    }

    private void addOverlapping(RecordReader reader, int entry, long fromNanos, long toNanos) {
        if (inWindow(entry, fromNanos, toNanos)) {
            addEntry(reader, entry, true);
        }
    }

    private void addOutside(RecordReader reader, int entry, long fromNanos, long toNanos) {
        if (!inWindow(entry, fromNanos, toNanos)) {
            addEntry(reader, entry, false);
        }
    }

    private void addExtents(RecordReader reader) {
        table.wrap(reader.segment());
        int entries = table.entryCount();
        if (entries <= extents.size()) {
            forEachEntry(reader, entry -> addEntry(reader, entry, false));
            return;
        }
        for (Map.Entry<FlowKey, Extent> known : extents.entrySet()) {
            tuple.set(known.getKey());
            int entry = table.find(tuple);
            if (entry != 0) {
                add(reader, entry, known.getValue());
            }
        }
    }

    private void addEntry(RecordReader reader, int entry, boolean create) {
        table.read(entry, tuple);
        if (!reader.isValid()) {
            return;
        }
        FlowKey key = tuple.toKey();
        Extent extent =
                create ? extents.computeIfAbsent(key, unused -> new Extent()) : extents.get(key);
        if (extent != null) {
            add(reader, entry, extent);
        }
    }

    private void add(RecordReader reader, int entry, Extent extent) {
        int packets = table.packets(entry);
        long first = table.firstNanos(entry);
        long last = table.lastNanos(entry);
        if (packets > 0 && reader.isValid()) {
            extent.add(first, last, packets);
        }
    }
}
