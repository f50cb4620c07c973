package io.netverdict.correlator.rules;

import io.netverdict.correlator.tcp.Segment;
import io.netverdict.correlator.tcp.TcpDirection;
import java.util.List;

/**
 * What of the client's data was acknowledged up to a moment, and what kept being sent in vain.
 *
 * @param ackedEnd one past the last byte acknowledged by then
 * @param outstanding segments with bytes beyond that, sent by then
 * @param firstLost transmissions of the first unacknowledged byte, by time
 * @param lostLength payload bytes of the shortest of them: offloading makes the first longer than
 *     what was on the wire
 * @param largestAcked payload bytes of the longest segment acknowledged as a whole
 * @param sackedLater ranges beyond the loss acknowledged selectively after it was first sent
 * @param smallerUnacked segments shorter than the lost one, sent after it, and not acknowledged
 */
public record Delivery(
        long ackedEnd,
        List<Segment> outstanding,
        List<Segment> firstLost,
        int lostLength,
        int largestAcked,
        List<Segment.Range> sackedLater,
        List<Segment> smallerUnacked) {

    public static Delivery of(TcpDirection direction, List<Segment> fromPeer, long untilNanos) {
        long acked = direction.ackedAt(untilNanos);
        List<Segment> outstanding =
                direction.data().stream()
                        .filter(s -> s.end() > acked && s.timeNanos() <= untilNanos)
                        .toList();
        List<Segment> firstLost = outstanding.stream().filter(s -> s.offset() <= acked).toList();
        int lostLength = firstLost.stream().mapToInt(Segment::length).min().orElse(0);
        int largestAcked =
                direction.data().stream()
                        .filter(s -> s.end() <= acked)
                        .mapToInt(Segment::length)
                        .max()
                        .orElse(0);
        long lostNanos = firstLost.isEmpty() ? Long.MAX_VALUE : firstLost.get(0).timeNanos();
        List<Segment.Range> sacked =
                fromPeer.stream()
                        .filter(s -> s.timeNanos() >= lostNanos && s.timeNanos() <= untilNanos)
                        .flatMap(s -> s.sacked().stream())
                        .filter(r -> r.from() >= acked && r.length() > 0)
                        .distinct()
                        .toList();
        List<Segment> smallerUnacked =
                outstanding.stream()
                        .filter(s -> s.offset() > acked && s.length() * 10L < lostLength * 8L)
                        .filter(
                                s ->
                                        sacked.stream()
                                                .noneMatch(
                                                        r ->
                                                                r.from() <= s.offset()
                                                                        && r.to() >= s.end()))
                        .toList();
        return new Delivery(
                acked, outstanding, firstLost, lostLength, largestAcked, sacked, smallerUnacked);
    }

    /**
     * Pieces of the lost size (or, with {@code large} false, smaller) that were acknowledged
     * selectively. Offloaded segments are taken apart as the network card does.
     */
    public List<Segment> passed(boolean large) {
        return outstanding.stream()
                .filter(s -> s.offset() > ackedEnd || s.end() > ackedEnd + lostLength)
                .filter(s -> anyPiecePassed(s, large))
                .toList();
    }

    private boolean anyPiecePassed(Segment segment, boolean large) {
        for (long at = segment.offset(); at < segment.end(); at += lostLength) {
            long from = at;
            long to = Math.min(segment.end(), at + lostLength);
            boolean fits = (to - from >= lostLength) == large;
            if (fits && sackedLater.stream().anyMatch(r -> r.from() <= from && r.to() >= to)) {
                return true;
            }
        }
        return false;
    }

    /** How often the first unacknowledged byte was sent. */
    public int attempts() {
        return firstLost.size();
    }

    public long firstSentNanos() {
        return firstLost.get(0).timeNanos();
    }
}
