package io.netverdict.capture.file;

import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.FlowTuple;
import java.nio.ByteBuffer;

/**
 * Numbers the flows of a file from 0 in the order in which they appear; grouped as {@link FlowKey}
 * says. A flow takes six bytes for its key and a share of {@link HashSlots}. Not thread-safe while
 * it grows.
 */
final class FlowTable {
    /** For packets that are of none. */
    static final int NO_FLOW = -1;

    private final SeededHash hash = new SeededHash();
    private final AddressPairs pairs = new AddressPairs(hash);

    private final FlowKeys keys = new FlowKeys();
    private final HashSlots slots = new HashSlots();
    private final FlowTuple added = new FlowTuple();

    /** As most packets are of the same flow as the one before. */
    private int previous = NO_FLOW;

    int size() {
        return keys.size();
    }

    /**
     * The flow of a packet, added where it is new.
     *
     * @param end behind the last captured byte
     * @return its number, or {@link #NO_FLOW} where the packet is neither IP nor ARP
     */
    int flowOf(HeaderView view, ByteBuffer buffer, int end) {
        return added.read(view, buffer, end)
                ? findOrAdd(FlowKeys.key(pairs.findOrAdd(added), added.ports()))
                : NO_FLOW;
    }

    /** The number of a flow, or {@link #NO_FLOW}; by any thread, once all flows have been added. */
    int find(FlowKey key) {
        if (key.low().address().v6() != key.high().address().v6()) {
            return NO_FLOW;
        }
        FlowTuple sought = new FlowTuple();
        sought.set(key);
        return find(sought);
    }

    /** The same of a key that is read already. */
    int find(FlowTuple sought) {
        int pair = pairs.find(sought);
        if (pair == AddressPairs.NO_PAIR) {
            return NO_FLOW;
        }
        int flow = slots.get(slot(FlowKeys.key(pair, sought.ports())));
        return flow == HashSlots.FREE ? NO_FLOW : flow;
    }

    FlowKey key(int flow) {
        long key = keys.get(flow);
        FlowTuple tuple = new FlowTuple();
        pairs.read(FlowKeys.pair(key), FlowKeys.ports(key), tuple);
        return tuple.toKey();
    }

    private int findOrAdd(long key) {
        if (previous != NO_FLOW && keys.get(previous) == key) {
            return previous;
        }
        int slot = slot(key);
        previous = slots.get(slot);
        if (previous == HashSlots.FREE) {
            previous = keys.add(key);
            slots.put(slot, flow -> hash.of(keys.get(flow)));
        }
        return previous;
    }

    /** The slot of a key, or the free one where it belongs. */
    private int slot(long key) {
        int slot = slots.first(hash.of(key));
        int flow = slots.get(slot);
        while (flow != HashSlots.FREE && keys.get(flow) != key) {
            slot = slots.next(slot);
            flow = slots.get(slot);
        }
        return slot;
    }
}
