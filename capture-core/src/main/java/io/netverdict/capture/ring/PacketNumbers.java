package io.netverdict.capture.ring;

/**
 * The numbers of one interface's packets: time order made unique.
 *
 * <p>A number is the nanoseconds since the pool's start, pushed on where two packets of an
 * interface share one or the clock steps back, with the interface in the low bits. So numbers
 * ascend over all interfaces without anything the writers share. Kept as the distance to the
 * packet's time, they take four bytes instead of eight. Used by the interface's writer alone.
 */
final class PacketNumbers {
    static final int INTERFACE_BITS = 8;

    private long base;
    private long last;

    /**
     * @param epochNanos the start of numbering, the same for all interfaces of a pool
     */
    PacketNumbers(long epochNanos) {
        base = -epochNanos;
    }

    /** What is added to a packet's time; a segment's packets have it in common. */
    long base() {
        return base;
    }

    /**
     * Whether the next packet's number can be told by its distance from its time. Where it cannot,
     * because the clock stepped back by more than two seconds, the base is moved: a new segment
     * must begin.
     */
    boolean fits(long timeNanos) {
        long ahead = last + 1 - (timeNanos + base);
        if (ahead <= Integer.MAX_VALUE) {
            return true;
        }
        base += ahead;
        return false;
    }

    /** Takes the next number; how far it is ahead of {@code timeNanos + base}. */
    int next(long timeNanos) {
        long order = timeNanos + base;
        last = Math.max(order, last + 1);
        return (int) (last - order);
    }

    /** The order of the last number taken. */
    long last() {
        return last;
    }

    /** Numbers only beyond an order from now on. */
    void skipTo(long order) {
        last = Math.max(last, order);
    }

    static long number(long order, int interfaceIndex) {
        return order << INTERFACE_BITS | interfaceIndex;
    }
}
