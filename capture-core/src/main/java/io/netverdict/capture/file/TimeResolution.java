package io.netverdict.capture.file;

/**
 * How a pcapng interface counts time: ticks of 10^-exponent or 2^-exponent seconds, and an offset
 * (if_tsresol and if_tsoffset, draft-ietf-opsawg-pcapng 4.2).
 *
 * @param binary whether ticks are negative powers of two
 * @param exponent 0 to 127
 * @param offsetSeconds added to every time
 */
record TimeResolution(boolean binary, int exponent, long offsetSeconds) {
    static final TimeResolution MICROSECONDS = new TimeResolution(false, 6, 0);

    private static final int BINARY_BIT = 0x80;
    private static final int MAX_DIGITS = 9;
    private static final int MAX_DECIMAL_EXPONENT = 19;
    private static final int MAX_BINARY_EXPONENT = 63;
    private static final int EXACT_BINARY_EXPONENT = 32;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Seconds beyond this do not fit 64 bits of nanoseconds. */
    private static final long MAX_SECONDS = 9_000_000_000L;

    /** 10^0 to 10^19; the last one as an unsigned number. */
    private static final long[] POWERS_OF_TEN = new long[MAX_DECIMAL_EXPONENT + 1];

    static {
        POWERS_OF_TEN[0] = 1;
        for (int i = 1; i < POWERS_OF_TEN.length; i++) {
            POWERS_OF_TEN[i] = 10 * POWERS_OF_TEN[i - 1];
        }
    }

    /** The resolution an if_tsresol byte tells. */
    static TimeResolution of(int resolution, long offsetSeconds) {
        return new TimeResolution(
                (resolution & BINARY_BIT) != 0, resolution & ~BINARY_BIT & 0xFF, offsetSeconds);
    }

    /** Digits behind the point that this resolution fills, at most nine. */
    int digits() {
        int digits = binary ? (int) Math.ceil(exponent * Math.log10(2)) : exponent;
        return Math.min(MAX_DIGITS, digits);
    }

    /**
     * Nanoseconds since the epoch; times that do not fit are cut to the nearest that does.
     *
     * @param ticks unsigned
     */
    long toNanos(long ticks) {
        if (exponent > (binary ? MAX_BINARY_EXPONENT : MAX_DECIMAL_EXPONENT)) {
            return clamp(offsetSeconds) * NANOS_PER_SECOND;
        }
        long seconds;
        long nanos;
        if (binary) {
            seconds = ticks >>> exponent;
            long rest = ticks - (seconds << exponent);
            int excess = Math.max(0, exponent - EXACT_BINARY_EXPONENT);
            nanos = (rest >>> excess) * NANOS_PER_SECOND >>> (exponent - excess);
        } else {
            long ticksPerSecond = POWERS_OF_TEN[exponent];
            seconds = Long.divideUnsigned(ticks, ticksPerSecond);
            long rest = ticks - seconds * ticksPerSecond;
            nanos =
                    exponent <= MAX_DIGITS
                            ? rest * POWERS_OF_TEN[MAX_DIGITS - exponent]
                            : Long.divideUnsigned(rest, POWERS_OF_TEN[exponent - MAX_DIGITS]);
        }
        if (seconds < 0 || seconds > MAX_SECONDS) {
            seconds = MAX_SECONDS;
        }
        return clamp(seconds + clamp(offsetSeconds)) * NANOS_PER_SECOND + nanos;
    }

    private static long clamp(long seconds) {
        return Math.max(-MAX_SECONDS, Math.min(MAX_SECONDS, seconds));
    }
}
