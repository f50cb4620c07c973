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
    /** An answer walks so many entries in a few microseconds. */
    private static final int MISSING_TOLERATED = 1024;

    private final Map<Segment, SegmentDigest> known = new ConcurrentHashMap<>();

    /** What has one segment at a time that it writes to: its newest. */
    private record Writing(int interfaceIndex, SegmentKind kind) {
        static Writing of(Segment segment) {
            return new Writing(segment.interfaceIndex(), segment.kind());
        }
    }

    /**
     * Makes what is missing, so that no answer has to wait for it, nor to walk what was added to a
     * segment since its digest was made: of one that grows no more than a little, of others none.
     */
    void refresh(List<Segment> segments) {
        for (IndexedSegment each : index(segments, new long[0])) {
            int missing = each.digest().missing(each.table());
            boolean closed = each.isClosed();
            if (missing > MISSING_TOLERATED || closed && missing > 0) {
                make(each.reader());
            }
        }
    }

    /**
     * The segments in use, in order of time.
     *
     * @param newestNumbers of the packets of each interface that are in the snapshot, taken before
     *     the segments were; of an interface without one there are none
     */
    List<IndexedSegment> index(List<Segment> segments, long[] newestNumbers) {
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
                boolean closed = generation < newest.getOrDefault(Writing.of(segment), 0L);
                boolean growing = !closed || digest.firstMissing(table) != 0;
                int index = segment.interfaceIndex();
                long newestNumber =
                        index < newestNumbers.length ? newestNumbers[index] : Long.MIN_VALUE;
                indexed.add(
                        new IndexedSegment(reader, table, digest, closed, growing, newestNumber));
            }
        }
        indexed.sort(Comparator.comparingLong(each -> each.reader().segment().lastNanos()));
        return List.copyOf(indexed);
    }

    /** The digest of a segment; null where it has been overwritten. */
    private SegmentDigest digest(RecordReader reader, FlowTable table) {
        SegmentDigest digest = known.get(reader.segment());
        if (digest == null || !digest.isOf(reader) || digest.isOutdated(table)) {
            return make(reader);
        }
        return digest;
    }

    private SegmentDigest make(RecordReader reader) {
        SegmentDigest digest = SegmentDigest.of(reader);
        if (digest != null) {
            known.put(reader.segment(), digest);
        }
        return digest;
    }
}
