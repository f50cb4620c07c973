package io.netverdict.correlator.survey;

import io.netverdict.correlator.tcp.Segment;
import io.netverdict.correlator.tcp.TcpConnection;
import java.util.List;

/**
 * What the loss on a connection cost: repeats of what had really not arrived, and the time nothing
 * else happened until they came. Repeats of what was acknowledged before are the sender's
 * impatience, and late segments that nobody waited for are reordering.
 *
 * @param repeats segments that brought what was missing
 * @param stalledNanos pauses that ended with such a segment
 */
record LossCost(int repeats, long stalledNanos) {
    private static final int MIN_REPEATS = 8;
    private static final long MIN_STALLED_NANOS = 1_000_000_000L;

    /** The shortest time after which a sender repeats by its timer. */
    private static final long PAUSE_NANOS = 150_000_000L;

    static LossCost of(TcpConnection tcp) {
        int repeats = 0;
        long stalled = 0;
        long highestUp = 0;
        long highestDown = 0;
        long ackedUp = 0;
        long ackedDown = 0;
        long previous = tcp.firstNanos();
        List<Segment> segments = tcp.segments();
        for (Segment segment : segments) {
            boolean up = segment.fromClient();
            if (segment.carriesData()) {
                boolean behind = segment.offset() < (up ? highestUp : highestDown);
                boolean needed = segment.end() > (up ? ackedUp : ackedDown);
                if (behind && needed) {
                    repeats++;
                    long pause = segment.timeNanos() - previous;
                    stalled += pause >= PAUSE_NANOS ? pause : 0;
                }
                highestUp = up ? Math.max(highestUp, segment.end()) : highestUp;
                highestDown = up ? highestDown : Math.max(highestDown, segment.end());
            }
            if (!segment.rst()) {
                ackedDown = up ? Math.max(ackedDown, segment.ackOffset()) : ackedDown;
                ackedUp = up ? ackedUp : Math.max(ackedUp, segment.ackOffset());
            }
            previous = segment.timeNanos();
        }
        return new LossCost(repeats, stalled);
    }

    boolean suffered() {
        return repeats >= MIN_REPEATS && stalledNanos >= MIN_STALLED_NANOS;
    }
}
