package io.netverdict.correlator.rules;

import io.netverdict.correlator.stream.DirectionStream;
import io.netverdict.correlator.tcp.Segment;
import io.netverdict.correlator.tcp.TcpDirection;
import java.util.ArrayList;
import java.util.List;

/**
 * What of the server's data arrived up to a moment, and what is known to have been sent and did
 * not.
 *
 * @param contiguousEnd one past the last byte before the first hole
 * @param hole the first range that never arrived although something behind it did, or null
 * @param gapShownBy the first segment that shows the hole, or null
 * @param beyondHole segments with payload behind the hole
 * @param largestArrived payload bytes of the longest segment that arrived
 * @param announcedEnd one past the last byte the server is known to have sent, by any of its
 *     sequence numbers
 */
record Arrival(
        long contiguousEnd,
        Segment.Range hole,
        Segment gapShownBy,
        List<Segment> beyondHole,
        int largestArrived,
        long announcedEnd) {

    static Arrival of(TcpDirection direction, long untilNanos) {
        Segment fin = direction.fin();
        DirectionStream.Builder builder = new DirectionStream.Builder();
        List<Segment> data = new ArrayList<>();
        long announced = 0;
        Segment announcer = null;
        int largest = 0;
        long inOrderLater = -1;
        for (Segment segment : direction.segments()) {
            if (segment.carriesData() && segment.timeNanos() > untilNanos) {
                // An answer that goes on, or only begins, after the moment is late and not lost.
                inOrderLater = inOrderLater < 0 ? builder.build().contiguousEnd() : inOrderLater;
                if (segment.offset() <= inOrderLater) {
                    inOrderLater = Math.max(inOrderLater, segment.end());
                    continue;
                }
            }
            // What comes later shows what was sent before, so numbers count without a limit.
            // A FIN takes a sequence number that no byte stands for.
            boolean behindFin = fin != null && segment.end() > fin.end();
            boolean beyond = segment.end() > Math.max(announced, inOrderLater);
            if (!segment.rst() && !behindFin && beyond) {
                announced = segment.end();
                announcer = segment;
            }
            if (segment.carriesData() && segment.timeNanos() <= untilNanos) {
                builder.add(
                        segment.offset(),
                        segment.length(),
                        segment.tcp().payload(),
                        segment.packet());
                data.add(segment);
                largest = Math.max(largest, segment.length());
            }
        }
        DirectionStream stream = builder.build();
        // What the client acknowledged did arrive, whether or not the recorder saw it.
        long contiguous = Math.max(stream.contiguousEnd(), direction.ackedAt(untilNanos));
        while (stream.pieceAt(contiguous) != null) {
            contiguous = stream.pieceAt(contiguous).end();
        }
        long next = Long.MAX_VALUE;
        for (DirectionStream.Piece piece : stream.pieces()) {
            if (piece.offset() > contiguous) {
                next = piece.offset();
                break;
            }
        }
        boolean tailMissing = next == Long.MAX_VALUE && announced > contiguous;
        if (next == Long.MAX_VALUE && !tailMissing) {
            return new Arrival(contiguous, null, null, List.of(), largest, announced);
        }
        long holeEnd = tailMissing ? announced : next;
        List<Segment> beyond = behind(data, contiguous);
        Segment shownBy = beyond.isEmpty() ? announcer : beyond.get(0);
        return new Arrival(
                contiguous,
                new Segment.Range(contiguous, holeEnd),
                shownBy,
                beyond,
                largest,
                announced);
    }

    private static List<Segment> behind(List<Segment> data, long offset) {
        return data.stream().filter(s -> s.offset() > offset).toList();
    }
}
