package io.netverdict.capture.file;

/**
 * Hashes of a few words that differ from run to run, so that no file can be made that collides on
 * purpose. Immutable.
 */
final class SeededHash {
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private final long seed = System.nanoTime() * MULTIPLIER;

    long of(long word) {
        return mix(seed ^ word);
    }

    long of(long a, long b) {
        return mix(mix(seed ^ a) ^ b);
    }

    long of(long a, long b, long c, long d, long e) {
        long hash = mix(seed ^ a);
        hash = mix(hash ^ b);
        hash = mix(hash ^ c);
        hash = mix(hash ^ d);
        return mix(hash ^ e);
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 32) * MULTIPLIER;
        return mixed ^ mixed >>> 29;
    }
}
