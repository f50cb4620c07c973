package io.netverdict.capture.live;

import io.netverdict.capture.index.FlowTable;
import io.netverdict.capture.index.SegmentDigest;
import io.netverdict.capture.ring.RecordReader;
import io.netverdict.capture.ring.Segment;
import io.netverdict.capture.ring.SegmentDescriptor;
import io.netverdict.capture.ring.SegmentKind;
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

    /** What has one segment at a time that it writes to: its newest. */
    private record Writing(int interfaceIndex, SegmentKind kind) {
        static Writing of(Segment segment) {
            return new Writing(segment.interfaceIndex(), segment.kind());
        }
    }

    /** The segments in use, in order of time. */
    List<IndexedSegment> index(List<Segment> segments) {
        List<IndexedSegment> indexed = new ArrayList<>();
        Map<Writing, Long> newest = new HashMap<>();
        for (Segment segment : segments) {
            newest.merge(Writing.of(segment), segment.generation(), Math::max);
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
                        generation >= newest.getOrDefault(Writing.of(segment), 0L)
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
