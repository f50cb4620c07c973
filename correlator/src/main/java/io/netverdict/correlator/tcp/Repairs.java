package io.netverdict.correlator.tcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What had to be sent again on a connection: segments that brought what was missing at the other
 * side. Repeats of what had been acknowledged before are the sender's impatience, and segments that
 * come sooner than anybody can have asked for them are reordering; neither is here. Immutable.
 *
 * <p>What is asked for again comes no sooner than a round trip after the gap showed itself (RFC
 * 5681 section 3.2: the third duplicate ACK asks), seen from the receiver's side.
 *
 * @param toServer repairs of the client's data, in time
 * @param toClient repairs of the server's data, in time
 * @param stalledNanos sum of the pauses that ended with a repair
 */
public record Repairs(List<Segment> toServer, List<Segment> toClient, long stalledNanos) {
    /** The shortest time after which a sender repeats by its timer. */
    private static final long PAUSE_NANOS = 150_000_000L;

    /**
     * Round trips vary; what comes in less than this share of the handshake's was not asked for.
     */
    private static final double ASKED_FOR_ROUND_TRIPS = 0.7;

    public Repairs {
        toServer = List.copyOf(toServer);
        toClient = List.copyOf(toClient);
    }

    public static Repairs of(TcpConnection tcp) {
        long roundTripNanos = Math.max(0, tcp.roundTripNanos());
        Follower up = new Follower(roundTripNanos);
        Follower down = new Follower(roundTripNanos);
        long stalled = 0;
        long previous = tcp.firstNanos();
        for (Segment segment : tcp.segments()) {
            Follower own = segment.fromClient() ? up : down;
            if (segment.carriesData() && own.repairs(segment)) {
                long pause = segment.timeNanos() - previous;
                stalled += pause >= PAUSE_NANOS ? pause : 0;
            }
            if (!segment.rst()) {
                (segment.fromClient() ? down : up).acknowledged(segment.ackOffset());
            }
            previous = segment.timeNanos();
        }
        return new Repairs(up.repairs, down.repairs, stalled);
    }

    public int count() {
        return toServer.size() + toClient.size();
    }

    /** One direction as it goes by. */
    private static final class Follower {
        private final List<Segment> repairs = new ArrayList<>();
        private final long roundTripNanos;

        /** How far data had come, and when it first came that far. */
        private final TreeMap<Long, Long> reached = new TreeMap<>();

        private long acked;

        Follower(long roundTripNanos) {
            this.roundTripNanos = roundTripNanos;
        }

        boolean repairs(Segment segment) {
            Map.Entry<Long, Long> passed = reached.higherEntry(segment.offset());
            boolean needed = segment.end() > acked;
            boolean repair = passed != null && needed && !merelyLate(segment, passed.getValue());
            if (repair) {
                repairs.add(segment);
            }
            if (reached.isEmpty() || segment.end() > reached.lastKey()) {
                reached.put(segment.end(), segment.timeNanos());
            }
            return repair;
        }

        private boolean merelyLate(Segment segment, long passedNanos) {
            return segment.timeNanos() - passedNanos < roundTripNanos * ASKED_FOR_ROUND_TRIPS;
        }

        void acknowledged(long offset) {
            acked = Math.max(acked, offset);
        }
    }
}
