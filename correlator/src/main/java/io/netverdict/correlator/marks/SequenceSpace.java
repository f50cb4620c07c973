package io.netverdict.correlator.marks;

/** Comparisons of 32-bit sequence numbers that wrap (RFC 9293 3.4), kept as ints. */
final class SequenceSpace {
    private SequenceSpace() {}

    /** Whether one lies before the other, within half the number space. */
    static boolean before(int one, int other) {
        return one - other < 0;
    }

    /** Whether one lies behind the other, within half the number space. */
    static boolean after(int one, int other) {
        return before(other, one);
    }
}
