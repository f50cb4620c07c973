package io.netverdict.capture.live;

import io.netverdict.capture.index.FlowTable;
import io.netverdict.capture.index.SegmentDigest;
import io.netverdict.capture.ring.RecordReader;
import io.netverdict.capture.ring.Segment;
import io.netverdict.capture.ring.SegmentDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The digests of a ring's segments, made when first asked for and kept as long as the segment is
 * not overwritten: a few bytes for each flow of each segment. Thread-safe.
 */
final class SegmentDigests {
    private final Map<Segment, SegmentDigest> known = new ConcurrentHashMap<>();

    /** The segments in use, in order of time. */
    List<IndexedSegment> index(List<Segment> segments) {
        List<IndexedSegment> indexed = new ArrayList<>();
        Map<Integer, Long> newest = new HashMap<>();
        for (Segment segment : segments) {
            newest.merge(segment.interfaceIndex(), segment.generation(), Math::max);
        }
        for (Segment segment : segments) {
            long generation = segment.generation();
            if (generation == SegmentDescriptor.NO_GENERATION) {
                continue;
            }
            RecordReader reader = new RecordReader(segment, generation);
            FlowTable table = new FlowTable().wrap(segment);
            SegmentDigest digest = digest(reader, table);
            if (digest != null) {
                boolean growing =
                        generation >= newest.getOrDefault(segment.interfaceIndex(), 0L)
                                || digest.firstMissing(table) != 0;
                indexed.add(new IndexedSegment(reader, table, digest, growing));
            }
        }
        indexed.sort(Comparator.comparingLong(each -> each.reader().segment().lastNanos()));
        return List.copyOf(indexed);
    }

    /** The digest of a segment; null where it has been overwritten. */
    private SegmentDigest digest(RecordReader reader, FlowTable table) {
        SegmentDigest digest = known.get(reader.segment());
        if (digest == null || !digest.isOf(reader) || digest.isOutdated(table)) {
            digest = SegmentDigest.of(reader);
            if (digest != null) {
                known.put(reader.segment(), digest);
            }
        }
        return digest;
    }
}
