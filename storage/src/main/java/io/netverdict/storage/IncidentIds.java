package io.netverdict.storage;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Makes incident ids: 26 characters that sort by time of receipt.
 *
 * <p>The first 10 characters are the milliseconds since 1970 (48 bits), the other 16 are chance (80
 * bits), in Crockford's base 32, lower case. An id is always greater than the one made before: in
 * the same millisecond, or after the clock was set back, the one before is counted up. Thread-safe.
 *
 * @see <a href="https://github.com/ulid/spec">ULID, whose layout this is</a>
 */
public final class IncidentIds {
    private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int BITS_PER_DIGIT = 5;
    private static final int TIME_DIGITS = 10;
    private static final int HALF_RANDOM_DIGITS = 8;
    private static final long HALF_RANDOM_MASK = (1L << (HALF_RANDOM_DIGITS * BITS_PER_DIGIT)) - 1;
    private static final long MAX_MILLIS = (1L << 48) - 1;

    private final RandomGenerator random;
    private long lastMillis = -1;
    private long highRandom;
    private long lowRandom;

    public IncidentIds() {
        this(new SecureRandom());
    }

    /** With chance from outside, for tests. */
    public IncidentIds(RandomGenerator random) {
        this.random = random;
    }

    /**
     * A new id.
     *
     * @param receivedAt 1970 to 10889
     */
    public synchronized String next(Instant receivedAt) {
        long millis = receivedAt.toEpochMilli();
        if (millis < 0 || millis > MAX_MILLIS) {
            throw new IllegalArgumentException("receivedAt=" + receivedAt);
        }
        if (millis > lastMillis) {
            lastMillis = millis;
            highRandom = random.nextLong() & HALF_RANDOM_MASK;
            lowRandom = random.nextLong() & HALF_RANDOM_MASK;
        } else {
            countUp();
        }
        StringBuilder id = new StringBuilder(TIME_DIGITS + 2 * HALF_RANDOM_DIGITS);
        append(id, lastMillis, TIME_DIGITS);
        append(id, highRandom, HALF_RANDOM_DIGITS);
        append(id, lowRandom, HALF_RANDOM_DIGITS);
        return id.toString();
    }

    private void countUp() {
        lowRandom = (lowRandom + 1) & HALF_RANDOM_MASK;
        if (lowRandom == 0) {
            highRandom = (highRandom + 1) & HALF_RANDOM_MASK;
            if (highRandom == 0) {
                lastMillis++;
            }
        }
    }

    private static void append(StringBuilder id, long value, int digits) {
        for (int digit = digits - 1; digit >= 0; digit--) {
            id.append(DIGITS[(int) (value >>> (digit * BITS_PER_DIGIT)) & (DIGITS.length - 1)]);
        }
    }
}
