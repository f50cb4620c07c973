package io.netverdict.capture.live;

import io.netverdict.capture.index.FlowMatcher;
import io.netverdict.capture.index.FlowTable;
import io.netverdict.capture.index.SegmentDigest;
import io.netverdict.capture.recording.FlowTuple;
import io.netverdict.capture.ring.RecordReader;

/**
 * A segment of a snapshot with its digest: where a query looks first. For one thread.
 *
 * @param reader of the segment
 * @param table of its flows
 * @param digest what its flows may be
 * @param isClosed whether its interface writes to a later one of its kind
 * @param growing whether flows may be added meanwhile
 * @param newestNumber of the snapshot's packets of this interface: later ones are not in it
 */
record IndexedSegment(
        RecordReader reader,
        FlowTable table,
        SegmentDigest digest,
        boolean isClosed,
        boolean growing,
        long newestNumber) {

    /** Whether a segment is worth asking for packets between two times, both inclusive. */
    boolean overlaps(long fromNanos, long toNanos) {
        return reader.segment().firstNanos() <= toNanos
                && reader.segment().lastNanos() >= fromNanos;
    }

    /** The entry of a flow, or 0. */
    int find(FlowTuple tuple) {
        return growing || digest.mayHold(tuple) ? table.find(tuple) : 0;
    }

    /**
     * The entries that match, but for those that {@link #firstMissing} begins; null where they are
     * to be walked for, see {@link #firstFor}.
     */
    int[] listedFor(FlowMatcher matcher) {
        return matcher.isWithoutPortsAlone() ? digest.entriesWithoutPorts() : null;
    }

    /** The first entry that the digest does not know, or 0. */
    int firstMissing() {
        return growing ? digest.firstMissing(table) : 0;
    }

    /** The first entry to walk from for flows that match, or 0. */
    int firstFor(FlowMatcher matcher) {
        if (matcher.mayMatch(digest)) {
            return table.oldest();
        }
        return firstMissing();
    }
}
