package io.netverdict.capture.live;

import io.netverdict.capture.index.FlowEntryDescriptor;
import io.netverdict.capture.index.FlowMatcher;
import io.netverdict.capture.index.FlowTable;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.FlowSearch;
import io.netverdict.capture.recording.FlowTuple;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.ring.RecordReader;
import io.netverdict.capture.ring.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers a {@link FlowSearch} from the segments nearest to its moment outwards, until the limit is
 * reached. What is rare is found through the digests without walking the rest; what is frequent is
 * found in few segments.
 */
final class FlowFinder {
    private static final int INDEX_BITS = 24;
    private static final int MICROSECOND_BITS = 10;
    private static final long MAX_DISTANCE = (1L << Long.SIZE - 1 - INDEX_BITS) - 1;

    private final List<IndexedSegment> segments;
    private final FlowSearch search;
    private final FlowMatcher matcher;
    private final FlowTuple tuple = new FlowTuple();
    private final Map<FlowKey, RecordedFlow> measured;

    /** Flows found, with their distance from the moment; the nearest entry counts. */
    private final Map<FlowKey, Long> found = new HashMap<>();

    /**
     * @param measured the extents that searches of this snapshot have told, to which this adds: to
     *     look for flows in all segments takes longer than to find them, and searches for an answer
     *     find mostly the same
     */
    FlowFinder(
            List<IndexedSegment> segments, FlowSearch search, Map<FlowKey, RecordedFlow> measured) {
        this.segments = segments;
        this.search = search;
        this.measured = measured;
        matcher = new FlowMatcher(search.filter());
    }

    List<RecordedFlow> find() {
        List<IndexedSegment> nearest = new ArrayList<>();
        for (IndexedSegment segment : segments) {
            if (segment.overlaps(search.fromNanos(), search.toNanos())) {
                nearest.add(segment);
            }
        }
        nearest.sort(Comparator.comparingLong(this::distance));
        for (IndexedSegment segment : nearest) {
            if (found.size() >= search.limit()) {
                break;
            }
            collect(segment);
        }
        List<Map.Entry<FlowKey, Long>> flows = new ArrayList<>(found.entrySet());
        flows.sort(Map.Entry.comparingByValue());
        int count = Math.min(search.limit(), flows.size());
        List<FlowKey> keys = flows.subList(0, count).stream().map(Map.Entry::getKey).toList();
        List<Extent> extents = new ArrayList<>();
        for (FlowKey key : keys) {
            if (!measured.containsKey(key)) {
                extents.add(new Extent(key));
            }
        }
        // Segment by segment, because each one's digest then stays in the cache.
        segments.forEach(segment -> measure(segment, extents));
        extents.forEach(extent -> measured.put(extent.key, extent.toFlow()));
        List<RecordedFlow> recorded = new ArrayList<>(count);
        for (FlowKey key : keys) {
            RecordedFlow flow = measured.get(key);
            if (flow.packets() > 0) {
                recorded.add(flow);
            }
        }
        recorded.sort(Comparator.comparingLong(RecordedFlow::firstNanos));
        return recorded;
    }

    /** A flow's extent over all segments. */
    private static final class Extent {
        private final FlowKey key;
        private final FlowTuple tuple = new FlowTuple();
        private long firstNanos = Long.MAX_VALUE;
        private long lastNanos = Long.MIN_VALUE;
        private long packets;

        Extent(FlowKey key) {
            this.key = key;
            tuple.set(key);
        }

        RecordedFlow toFlow() {
            return new RecordedFlow(key, firstNanos, lastNanos, packets);
        }
    }

    private static void measure(IndexedSegment segment, List<Extent> extents) {
        FlowTable table = segment.table();
        for (Extent extent : extents) {
            int entry = segment.find(extent.tuple);
            if (entry == 0) {
                continue;
            }
            int more = table.packets(entry);
            long first = table.firstNanos(entry);
            long last = table.lastNanos(entry);
            if (more > 0 && segment.reader().isValid()) {
                extent.firstNanos = Math.min(extent.firstNanos, first);
                extent.lastNanos = Math.max(extent.lastNanos, last);
                extent.packets += more;
            }
        }
    }

    /** How far a segment's time is from the moment; 0 within. */
    private long distance(IndexedSegment indexed) {
        Segment segment = indexed.reader().segment();
        return Math.max(
                0,
                Math.max(
                        segment.firstNanos() - search.nearNanos(),
                        search.nearNanos() - segment.lastNanos()));
    }

    /** Adds a segment's matching flows, of too many the nearest. */
    private void collect(IndexedSegment segment) {
        RecordReader reader = segment.reader();
        FlowTable table = segment.table();
        NearestEntries nearest = new NearestEntries(search.limit());
        int[] listed = segment.listedFor(matcher);
        if (listed == null) {
            walk(segment, segment.firstFor(matcher), nearest);
        } else {
            for (int entry : listed) {
                consider(table, reader, entry, nearest);
            }
            walk(segment, segment.firstMissing(), nearest);
        }
        for (long each : nearest.toArray()) {
            int index = (int) each & (1 << INDEX_BITS) - 1;
            table.read(reader.segment().bytes() - index * FlowEntryDescriptor.ENTRY_BYTES, tuple);
            if (reader.isValid()) {
                found.merge(tuple.toKey(), each >>> INDEX_BITS, Math::min);
            }
        }
    }

    /** Considers the entries from the newest to one, which is 0 for none. */
    private void walk(IndexedSegment segment, int oldest, NearestEntries nearest) {
        RecordReader reader = segment.reader();
        FlowTable table = segment.table();
        int entry = table.bytes() - table.entryCount() * FlowEntryDescriptor.ENTRY_BYTES;
        int stretchEnd = entry;
        for (; entry <= oldest; entry += FlowEntryDescriptor.ENTRY_BYTES) {
            if (entry >= stretchEnd) {
                stretchEnd = Segment.stretchEnd(entry);
                if (!nearest.wants(nearestPossible(reader.segment(), entry))) {
                    // To its last entry: of a busy segment most stretches are too far.
                    entry +=
                            (stretchEnd - 1 - entry)
                                    / FlowEntryDescriptor.ENTRY_BYTES
                                    * FlowEntryDescriptor.ENTRY_BYTES;
                    continue;
                }
            }
            if (!consider(table, reader, entry, nearest)) {
                break;
            }
        }
    }

    /** Adds an entry that matches and is near enough; false where the segment was overwritten. */
    private boolean consider(
            FlowTable table, RecordReader reader, int entry, NearestEntries nearest) {
        if (!matcher.mayMatchPorts(table.ports(entry))) {
            return true;
        }
        // By its distance next, which is one field too; the newest are mostly the nearest.
        long candidate = sortable(table, entry);
        if (!nearest.wants(candidate)) {
            return true;
        }
        table.read(entry, tuple);
        if (matcher.matches(tuple)
                && FlowQuery.hasPacketBetween(
                        table, reader, entry, search.fromNanos(), search.toNanos())) {
            nearest.add(candidate);
        }
        return reader.isValid();
    }

    /** No entry of a stretch is nearer than this, as a number of the same kind. */
    private long nearestPossible(Segment segment, int entry) {
        long newest = segment.newestNanosNear(entry);
        long distance =
                newest >= search.nearNanos()
                        ? 0
                        : search.distanceNanos(newest) >>> MICROSECOND_BITS;
        return Math.min(distance, MAX_DISTANCE) << INDEX_BITS;
    }

    /** An entry as a number that sorts by the flow's distance from the moment. */
    private long sortable(FlowTable table, int entry) {
        long distance = search.distanceNanos(table.lastNanos(entry)) >>> MICROSECOND_BITS;
        int index = (table.bytes() - entry) / FlowEntryDescriptor.ENTRY_BYTES;
        return Math.min(distance, MAX_DISTANCE) << INDEX_BITS | index;
    }
}
