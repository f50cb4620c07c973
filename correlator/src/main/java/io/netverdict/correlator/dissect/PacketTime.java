package io.netverdict.correlator.dissect;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/** Prints capture times in UTC with as many digits as the capture has (RFC 3339). */
final class PacketTime {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final DateTimeFormatter formatter;
    private final int digits;

    /**
     * @param digits behind the point of a second, 0 to 9
     */
    PacketTime(int digits) {
        if (digits < 0 || digits > 9) {
            throw new IllegalArgumentException("digits=" + digits);
        }
        this.digits = digits;
        formatter =
                new DateTimeFormatterBuilder()
                        .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
                        .appendFraction(ChronoField.NANO_OF_SECOND, digits, digits, true)
                        .appendLiteral('Z')
                        .toFormatter()
                        .withZone(ZoneOffset.UTC);
    }

    String absolute(long nanos) {
        return formatter.format(
                Instant.ofEpochSecond(
                        Math.floorDiv(nanos, NANOS_PER_SECOND),
                        Math.floorMod(nanos, NANOS_PER_SECOND)));
    }

    /** Seconds with the capture's digits, possibly negative. */
    String seconds(long nanos) {
        long magnitude = Math.abs(nanos);
        String fraction = String.format("%09d", magnitude % NANOS_PER_SECOND).substring(0, digits);
        return (nanos < 0 ? "-" : "")
                + magnitude / NANOS_PER_SECOND
                + (digits == 0 ? "" : "." + fraction);
    }
}
