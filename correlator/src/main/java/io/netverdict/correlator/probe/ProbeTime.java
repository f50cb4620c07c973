package io.netverdict.correlator.probe;

/**
 * When a probe ran.
 *
 * @param startedNanos nanoseconds since the epoch
 * @param endedNanos likewise, not before the start
 */
public record ProbeTime(long startedNanos, long endedNanos) {
    public ProbeTime {
        if (endedNanos < startedNanos) {
            throw new IllegalArgumentException(
                    "startedNanos=" + startedNanos + " endedNanos=" + endedNanos);
        }
    }

    public long durationNanos() {
        return endedNanos - startedNanos;
    }
}
