package io.netverdict.capture.index;

/** Hashes of what a flow may be asked for by; all 32 bits count. */
final class FlowMark {
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private FlowMark() {}

    static int ofAddress(long high, long low) {
        return mix(mixLong(high) ^ low);
    }

    static int ofEnd(long high, long low, int port) {
        return mix(mixLong(mixLong(high) ^ low) + port);
    }

    private static long mixLong(long value) {
        long mixed = (value ^ value >>> 32) * MULTIPLIER;
        return mixed ^ mixed >>> 29;
    }

    private static int mix(long value) {
        return (int) (mixLong(value + MULTIPLIER) >>> 16);
    }
}
