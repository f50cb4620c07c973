package io.netverdict.hook;

import java.util.concurrent.TimeUnit;

/**
 * Keeps reports from a service that is not there: after a failure one report is tried after a
 * second, then after two, up to a minute. Thread-safe.
 */
final class ServiceBackoff {
    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);

    private boolean away;
    private long delayNanos;
    private long retryAtNanos;

    /**
     * Whether a report may be sent now; while the service is away, one at the end of each pause.
     */
    synchronized boolean admits(long nowNanos) {
        if (!away) {
            return true;
        }
        if (nowNanos - retryAtNanos < 0) {
            return false;
        }
        retryAtNanos = nowNanos + delayNanos;
        return true;
    }

    /**
     * The service took no report.
     *
     * @return whether it did before
     */
    synchronized boolean failed(long nowNanos) {
        boolean first = !away;
        delayNanos = first ? FIRST_NANOS : Math.min(LONGEST_NANOS, 2 * delayNanos);
        away = true;
        retryAtNanos = nowNanos + delayNanos;
        return first;
    }

    /**
     * The service took a report.
     *
     * @return whether it did not before
     */
    synchronized boolean succeeded() {
        boolean back = away;
        away = false;
        return back;
    }
}
