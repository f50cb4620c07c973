package io.netverdict.storage;

import java.time.Duration;

/**
 * How much of the past is kept.
 *
 * @param keep incidents received longer ago than this go
 * @param keepBytes above this many bytes of slices and database rows, the oldest incidents go; the
 *     newest always stays
 */
public record Retention(Duration keep, long keepBytes) {
    /** 30 days, 2 GiB. */
    public static final Retention DEFAULT = new Retention(Duration.ofDays(30), 2L << 30);

    public Retention {
        if (keep.isNegative() || keep.isZero()) {
            throw new IllegalArgumentException("keep=" + keep);
        }
        if (keepBytes <= 0) {
            throw new IllegalArgumentException("keepBytes=" + keepBytes);
        }
    }
}
