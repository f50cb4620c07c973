package io.netverdict.hook;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets so many reports a second through for each host, and counts the others, so that a storm of
 * failures costs an application no more than a few of them would. Thread-safe; memory is bounded,
 * whatever the number of hosts.
 */
final class ReportGate {
    /** Not admitted. */
    static final long LEFT_OUT = -1;

    private static final int MAX_HOSTS = 256;
    private static final double NANOS_PER_SECOND = 1e9;

    private final double perSecond;
    private final double burst;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    /** What one host may still report. */
    private static final class Bucket {
        private double tokens;
        private long filledAtNanos;
        private long leftOut;
    }

    /**
     * @param perSecond reports a second that are admitted for a host in the long run
     * @param burst reports that are admitted at once
     */
    ReportGate(double perSecond, int burst) {
        this.perSecond = perSecond;
        this.burst = burst;
    }

    /**
     * Asks for a report's admission.
     *
     * @return how many of this host were left out since the last that was admitted, or {@link
     *     #LEFT_OUT}
     */
    synchronized long ask(String host, long nowNanos) {
        Bucket bucket = buckets.get(host);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.tokens = burst;
            bucket.filledAtNanos = nowNanos;
            buckets.put(host, bucket);
            if (buckets.size() > MAX_HOSTS) {
                buckets.remove(buckets.keySet().iterator().next());
            }
        }
        double refill = (nowNanos - bucket.filledAtNanos) / NANOS_PER_SECOND * perSecond;
        bucket.tokens = Math.min(burst, bucket.tokens + refill);
        bucket.filledAtNanos = nowNanos;
        if (bucket.tokens < 1) {
            bucket.leftOut++;
            return LEFT_OUT;
        }
        bucket.tokens--;
        long leftOut = bucket.leftOut;
        bucket.leftOut = 0;
        return leftOut;
    }

    /** Hosts remembered. */
    synchronized int hosts() {
        return buckets.size();
    }
}
