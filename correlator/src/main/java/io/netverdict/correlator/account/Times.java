package io.netverdict.correlator.account;

import java.time.Instant;

/** Conversions between nanoseconds since the epoch and instants. */
public final class Times {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private Times() {}

    public static Instant instant(long epochNanos) {
        return Instant.ofEpochSecond(
                Math.floorDiv(epochNanos, SECOND_NANOS), Math.floorMod(epochNanos, SECOND_NANOS));
    }
}
