package io.netverdict.capture.file;

import io.netverdict.capture.recording.FlowTuple;

/**
 * Numbers the pairs of addresses, each with its protocol, that the flows of a file are between:
 * most have many flows. Not thread-safe while it grows.
 */
final class AddressPairs {
    /** For a pair that is not there. */
    static final int NO_PAIR = -1;

    /** Both addresses of IPv4, or where those of IPv6 are; then protocol and IP version. */
    private static final int ADDRESSES = 0;

    private static final int PROTOCOL = 1;
    private static final int PAIR_WORDS = 2;

    /** The words of the addresses of IPv6. */
    private static final int LOW_HIGH = 0;

    private static final int LOW_LOW = 1;
    private static final int HIGH_HIGH = 2;
    private static final int HIGH_LOW = 3;
    private static final int V6_WORDS = 4;

    private static final long V4_MASK = 0xFFFF_FFFFL;

    private final SeededHash hash;
    private final KeyRows pairs = new KeyRows(PAIR_WORDS);
    private final KeyRows v6Addresses = new KeyRows(V6_WORDS);
    private final HashSlots slots = new HashSlots();

    /** As most packets are of the same pair as the one before. */
    private int previous = NO_PAIR;

    AddressPairs(SeededHash hash) {
        this.hash = hash;
    }

    /** The number of a flow's pair, added where it is new. */
    int findOrAdd(FlowTuple tuple) {
        if (previous != NO_PAIR && isOf(previous, tuple)) {
            return previous;
        }
        int slot = slot(tuple);
        previous = slots.get(slot);
        if (previous == HashSlots.FREE) {
            previous = add(tuple);
            slots.put(slot, this::hashOf);
        }
        return previous;
    }

    /** The number of a flow's pair, or {@link #NO_PAIR}. */
    int find(FlowTuple tuple) {
        int found = slots.get(slot(tuple));
        return found == HashSlots.FREE ? NO_PAIR : found;
    }

    /** Fills in a flow of a pair. */
    void read(int pair, int ports, FlowTuple into) {
        long addresses = pairs.get(pair, ADDRESSES);
        int protocol = (int) pairs.get(pair, PROTOCOL);
        if (FlowTuple.isV6(protocol)) {
            int row = (int) addresses;
            into.set(
                    protocol,
                    ports,
                    v6Addresses.get(row, LOW_HIGH),
                    v6Addresses.get(row, LOW_LOW),
                    v6Addresses.get(row, HIGH_HIGH),
                    v6Addresses.get(row, HIGH_LOW));
        } else {
            into.set(protocol, ports, 0, addresses >>> Integer.SIZE, 0, addresses & V4_MASK);
        }
    }

    private int add(FlowTuple tuple) {
        int pair = pairs.add();
        long addresses;
        if (FlowTuple.isV6(tuple.protocolAndFamily())) {
            int row = v6Addresses.add();
            v6Addresses.set(row, LOW_HIGH, tuple.lowHigh());
            v6Addresses.set(row, LOW_LOW, tuple.lowLow());
            v6Addresses.set(row, HIGH_HIGH, tuple.highHigh());
            v6Addresses.set(row, HIGH_LOW, tuple.highLow());
            addresses = row;
        } else {
            addresses = v4Addresses(tuple);
        }
        pairs.set(pair, ADDRESSES, addresses);
        pairs.set(pair, PROTOCOL, tuple.protocolAndFamily());
        return pair;
    }

    private static long v4Addresses(FlowTuple tuple) {
        return tuple.lowLow() << Integer.SIZE | tuple.highLow();
    }

    /** The slot of a pair, or the free one where it belongs. */
    private int slot(FlowTuple tuple) {
        int protocol = tuple.protocolAndFamily();
        int slot =
                slots.first(
                        FlowTuple.isV6(protocol)
                                ? hash.of(
                                        tuple.lowHigh(),
                                        tuple.lowLow(),
                                        tuple.highHigh(),
                                        tuple.highLow(),
                                        protocol)
                                : hash.of(v4Addresses(tuple), protocol));
        int pair = slots.get(slot);
        while (pair != HashSlots.FREE && !isOf(pair, tuple)) {
            slot = slots.next(slot);
            pair = slots.get(slot);
        }
        return slot;
    }

    private long hashOf(int pair) {
        long addresses = pairs.get(pair, ADDRESSES);
        long protocol = pairs.get(pair, PROTOCOL);
        if (!FlowTuple.isV6((int) protocol)) {
            return hash.of(addresses, protocol);
        }
        int row = (int) addresses;
        return hash.of(
                v6Addresses.get(row, LOW_HIGH),
                v6Addresses.get(row, LOW_LOW),
                v6Addresses.get(row, HIGH_HIGH),
                v6Addresses.get(row, HIGH_LOW),
                protocol);
    }

    private boolean isOf(int pair, FlowTuple tuple) {
        int protocol = tuple.protocolAndFamily();
        if (pairs.get(pair, PROTOCOL) != protocol) {
            return false;
        }
        long addresses = pairs.get(pair, ADDRESSES);
        if (!FlowTuple.isV6(protocol)) {
            return addresses == v4Addresses(tuple);
        }
        int row = (int) addresses;
        return v6Addresses.get(row, HIGH_LOW) == tuple.highLow()
                && v6Addresses.get(row, LOW_LOW) == tuple.lowLow()
                && v6Addresses.get(row, HIGH_HIGH) == tuple.highHigh()
                && v6Addresses.get(row, LOW_HIGH) == tuple.lowHigh();
    }
}
