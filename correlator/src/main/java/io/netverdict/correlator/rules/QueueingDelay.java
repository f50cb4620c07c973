package io.netverdict.correlator.rules;

import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.tcp.Segment;
import java.util.List;

/**
 * How much later than its sender's clock a transfer's segments arrived, as it went on: a link that
 * queues makes the delay grow, a sender that paces itself does not.
 *
 * <p>The sender's clock is its TCP timestamp (RFC 7323), taken to tick in milliseconds; where it is
 * missing nothing is concluded.
 *
 * @param growthNanos the largest delay less the smallest one before it; -1 where unknown
 */
record QueueingDelay(long growthNanos) {
    private static final long TICK_NANOS = 1_000_000L;
    private static final long NOTICEABLE_NANOS = 120_000_000L;
    private static final int MIN_SEGMENTS = 8;

    static QueueingDelay of(List<Segment> data) {
        long smallest = Long.MAX_VALUE;
        long growth = 0;
        int measured = 0;
        for (Segment segment : data) {
            long stamp = segment.tcp().options().timestampValue();
            if (stamp < 0 || segment.retransmission()) {
                continue;
            }
            long delay = segment.timeNanos() - stamp * TICK_NANOS;
            smallest = Math.min(smallest, delay);
            growth = Math.max(growth, delay - smallest);
            measured++;
        }
        return new QueueingDelay(measured < MIN_SEGMENTS ? -1 : growth);
    }

    boolean grows() {
        return growthNanos >= NOTICEABLE_NANOS;
    }

    String describe() {
        if (growthNanos < 0) {
            return "Whether the path or the server limited the rate cannot be told without TCP"
                    + " timestamps.";
        }
        return grows()
                ? "Segments arrived up to "
                        + Figures.span(growthNanos)
                        + " later than the server's clock says they were sent: they queue on the path,"
                        + " whose rate is the limit."
                : "Segments arrived as the server's clock says they were sent (within "
                        + Figures.span(growthNanos)
                        + "): the server paced itself.";
    }
}
