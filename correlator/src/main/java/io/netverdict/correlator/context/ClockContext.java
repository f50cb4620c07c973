package io.netverdict.correlator.context;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How right the machine's clock is.
 *
 * @param synchronised whether something keeps it right, by its own word; null where unknown
 * @param maxErrorMicros the kernel's estimate, null where it has none
 * @param steppedMillis by how much it was set over the incident's time, forward positive
 * @param offsetSeconds this clock less the peers', by the dates they sent; null where none did
 * @param offsetFrom whose date that was
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ClockContext(
        Boolean synchronised,
        Long maxErrorMicros,
        long steppedMillis,
        Long offsetSeconds,
        String offsetFrom) {
    /** Dates have seconds, responses take a while, and few clocks are right to the second. */
    private static final long WRONG_SECONDS = 120;

    /** What peers' dates alone tell. */
    public static ClockContext ofDates(long offsetSeconds, String offsetFrom) {
        return new ClockContext(null, null, 0, offsetSeconds, offsetFrom);
    }

    /** This clock with the dates that another knows of, where it does; null knows of none. */
    ClockContext withDatesOf(ClockContext dated) {
        return dated == null || dated.offsetSeconds == null
                ? this
                : new ClockContext(
                        synchronised,
                        maxErrorMicros,
                        steppedMillis,
                        dated.offsetSeconds,
                        dated.offsetFrom);
    }

    /** Whether peers contradict this clock. */
    public boolean contradicted() {
        return offsetSeconds != null && Math.abs(offsetSeconds) >= WRONG_SECONDS;
    }
}
