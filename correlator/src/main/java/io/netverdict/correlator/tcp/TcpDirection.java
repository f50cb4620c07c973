package io.netverdict.correlator.tcp;

import io.netverdict.correlator.stream.DirectionStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * One direction of a connection: what its sender sent, and what the other side acknowledged of it.
 * Immutable.
 */
public final class TcpDirection {
    private final List<Segment> segments;
    private final List<Segment> acknowledgments;
    private final DirectionStream stream;
    private final List<Segment> data;
    private final Segment fin;
    private final Segment rst;
    private final Segment close;

    /** Acknowledgments that cover more than any before them, so ascending by what they cover. */
    private final List<Segment> progress;

    /**
     * @param segments what this direction's sender sent, in order
     * @param acknowledgments what the other side sent, in order
     */
    TcpDirection(List<Segment> segments, List<Segment> acknowledgments) {
        this.segments = List.copyOf(segments);
        this.acknowledgments = List.copyOf(acknowledgments);
        this.data = segments.stream().filter(Segment::carriesData).toList();
        DirectionStream.Builder builder = new DirectionStream.Builder();
        for (Segment segment : data) {
            builder.add(
                    segment.offset(), segment.length(), segment.tcp().payload(), segment.packet());
        }
        this.stream = builder.build();
        this.progress = progress(acknowledgments);
        this.fin = first(Segment::fin);
        this.rst = first(Segment::rst);
        this.close = first(s -> s.fin() || s.rst());
    }

    private Segment first(Predicate<Segment> wanted) {
        return segments.stream().filter(wanted).findFirst().orElse(null);
    }

    private static List<Segment> progress(List<Segment> acknowledgments) {
        List<Segment> progress = new ArrayList<>();
        long highest = -1;
        for (Segment ack : acknowledgments) {
            if (!ack.rst() && ack.ackOffset() > highest) {
                highest = ack.ackOffset();
                progress.add(ack);
            }
        }
        return progress;
    }

    /** Every segment of this direction's sender. */
    public List<Segment> segments() {
        return segments;
    }

    /** Segments with payload, without keep-alive probes. */
    public List<Segment> data() {
        return data;
    }

    /** The payload in order. */
    public DirectionStream stream() {
        return stream;
    }

    /** One past the highest payload byte sent. */
    public long highestSent() {
        return stream.end();
    }

    /** One past the highest payload byte the other side acknowledged (a FIN's number left out). */
    public long highestAcked() {
        return ackedAt(Long.MAX_VALUE);
    }

    /** One past the highest payload byte acknowledged up to a time. */
    public long ackedAt(long timeNanos) {
        long highest = 0;
        for (Segment ack : acknowledgments) {
            if (ack.timeNanos() > timeNanos) {
                break;
            }
            if (!ack.rst()) {
                highest = Math.max(highest, ack.ackOffset());
            }
        }
        // Without a FIN in the recording, an acknowledgment may cover bytes that were not seen.
        Segment fin = fin();
        return fin == null ? highest : Math.min(highest, Math.max(fin.end(), stream.end()));
    }

    /** Whether the other side acknowledged anything at all beyond the handshake. */
    public boolean anythingAcked() {
        return highestAcked() > 0 || acknowledgments.stream().anyMatch(a -> !a.sacked().isEmpty());
    }

    /** When everything below an offset had been acknowledged, or -1. */
    public long ackTimeOf(long offset) {
        Segment ack = ackOf(offset);
        return ack == null ? -1 : ack.timeNanos();
    }

    /** The first acknowledgment that covers everything below an offset, or null. */
    public Segment ackOf(long offset) {
        int low = 0;
        int high = progress.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (progress.get(middle).ackOffset() >= offset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low < progress.size() ? progress.get(low) : null;
    }

    /** Segments that brought nothing new. */
    public List<Segment> retransmissions() {
        return data.stream().filter(Segment::retransmission).toList();
    }

    /** The first FIN, or null. */
    public Segment fin() {
        return fin;
    }

    /** The first RST, or null. */
    public Segment rst() {
        return rst;
    }

    /** The first FIN or RST, or null. */
    public Segment close() {
        return close;
    }

    /** Ranges the other side acknowledged selectively, in order of arrival. */
    public List<Segment.Range> sacked() {
        List<Segment.Range> ranges = new ArrayList<>();
        for (Segment ack : acknowledgments) {
            ranges.addAll(ack.sacked());
        }
        return ranges;
    }

    /** Ranges below the highest byte seen that were never on the wire here. */
    public List<Segment.Range> holes() {
        List<Segment.Range> holes = new ArrayList<>();
        long at = 0;
        for (DirectionStream.Piece piece : stream.pieces()) {
            if (piece.offset() > at) {
                holes.add(new Segment.Range(at, piece.offset()));
            }
            at = Math.max(at, piece.end());
        }
        Segment fin = fin();
        if (fin != null && fin.offset() > at) {
            holes.add(new Segment.Range(at, fin.offset()));
        }
        return holes;
    }

    /** Payload bytes seen up to a time, each counted once. */
    public long bytesSeenBy(long timeNanos) {
        long bytes = 0;
        for (DirectionStream.Piece piece : stream.pieces()) {
            if (piece.packet().timeNanos() <= timeNanos) {
                bytes += piece.length();
            }
        }
        return bytes;
    }
}
