package io.netverdict.capture.file;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.recording.FlowKey;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Numbers the flows of a file from 0 in the order in which they appear; grouped as {@link FlowKey}
 * says. Open addressing over primitive arrays; the hash is seeded, so that no file can be made that
 * collides on purpose. Not thread-safe.
 */
final class FlowTable {
    /**
     * Words of a key: both addresses of IPv4, or where those of IPv6 are, then protocol, IP version
     * and ports.
     */
    private static final int KEY_WORDS = 2;

    /** Words of the addresses of IPv6. */
    private static final int V6_WORDS = 4;

    private static final int PROTOCOL_SHIFT = 33;
    private static final long V6_BIT = 1L << 32;
    private static final long V4_MASK = 0xFFFF_FFFFL;
    private static final int LOW_PORT_SHIFT = 16;
    private static final int PORT_MASK = 0xFFFF;

    private static final int ARP_BYTES = 28;
    private static final int ARP_PROTOCOL_OFFSET = 2;
    private static final int ARP_LENGTHS_OFFSET = 4;
    private static final int ARP_LENGTHS_MAC_IPV4 = 6 << 8 | 4;
    private static final int ARP_SENDER_OFFSET = 14;
    private static final int ARP_TARGET_OFFSET = 24;

    /** For packets that are of none. */
    static final int NO_FLOW = -1;

    private static final int FIRST_FLOWS = 64;

    /** Keys grow by blocks of so many: copies and spare room count with many flows. */
    private static final int BLOCK_SHIFT = 10;

    private static final int BLOCK_MASK = (1 << BLOCK_SHIFT) - 1;
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private final long seed = System.nanoTime() * MIX;
    private long[][] keys = new long[FIRST_FLOWS][];
    private long[][] v6Addresses = new long[FIRST_FLOWS][];

    /** Flow number + 1, or 0; a power of two, at most three quarters full. */
    private int[] slots = new int[FIRST_FLOWS * 2];

    private int size;
    private int v6Size;

    /** As most packets are of the same flow as the one before. */
    private int previous = NO_FLOW;

    // The key looked for: fields, so that the hot path passes and allocates nothing.
    private long lowHigh;
    private long lowLow;
    private long highHigh;
    private long highLow;
    private long rest;

    int size() {
        return size;
    }

    /**
     * The flow of a packet, added where it is new.
     *
     * @param end behind the last captured byte
     * @return its number, or {@link #NO_FLOW} where the packet is neither IP nor ARP
     */
    int flowOf(HeaderView view, ByteBuffer buffer, int end) {
        if (view.ipVersion() != 0) {
            boolean ports = view.hasPorts();
            set(
                    view.protocol(),
                    view.ipVersion() == 6,
                    view.sourceHigh(),
                    view.sourceLow(),
                    ports ? view.sourcePort() : 0,
                    view.destinationHigh(),
                    view.destinationLow(),
                    ports ? view.destinationPort() : 0);
            return findOrAdd();
        }
        int arp = view.networkOffset();
        if (view.etherType() != HeaderView.ETHERTYPE_ARP
                || end - arp < ARP_BYTES
                || buffer.getShort(arp + ARP_PROTOCOL_OFFSET) != HeaderView.ETHERTYPE_IPV4
                || buffer.getShort(arp + ARP_LENGTHS_OFFSET) != ARP_LENGTHS_MAC_IPV4) {
            return NO_FLOW;
        }
        long sender = buffer.getInt(arp + ARP_SENDER_OFFSET) & V4_MASK;
        long target = buffer.getInt(arp + ARP_TARGET_OFFSET) & V4_MASK;
        set(FlowKey.ARP, false, 0, sender, 0, 0, target, 0);
        return findOrAdd();
    }

    /** The number of a flow, or {@link #NO_FLOW}; by any thread, once all flows have been added. */
    synchronized int find(FlowKey key) {
        IpAddress low = key.low().address();
        IpAddress high = key.high().address();
        if (low.v6() != high.v6()) {
            return NO_FLOW;
        }
        set(
                key.protocol(),
                low.v6(),
                low.high(),
                low.low(),
                key.low().port(),
                high.high(),
                high.low(),
                key.high().port());
        return slots[slot()] - 1;
    }

    FlowKey key(int flow) {
        long[] block = keys[flow >>> BLOCK_SHIFT];
        int word = (flow & BLOCK_MASK) * KEY_WORDS;
        long addresses = block[word];
        long packed = block[word + 1];
        int protocol = (int) (packed >>> PROTOCOL_SHIFT);
        int lowPort = (int) (packed >>> LOW_PORT_SHIFT) & PORT_MASK;
        int highPort = (int) packed & PORT_MASK;
        if ((packed & V6_BIT) == 0) {
            return new FlowKey(
                    protocol,
                    new Endpoint(IpAddress.ofV4((int) (addresses >>> Integer.SIZE)), lowPort),
                    new Endpoint(IpAddress.ofV4((int) addresses), highPort));
        }
        long[] v6 = v6Addresses[(int) addresses >>> BLOCK_SHIFT];
        int at = ((int) addresses & BLOCK_MASK) * V6_WORDS;
        return new FlowKey(
                protocol,
                new Endpoint(new IpAddress(true, v6[at], v6[at + 1]), lowPort),
                new Endpoint(new IpAddress(true, v6[at + 2], v6[at + 3]), highPort));
    }

    private void set(
            int protocol,
            boolean v6,
            long oneHigh,
            long oneLow,
            int onePort,
            long otherHigh,
            long otherLow,
            int otherPort) {
        int order = Long.compareUnsigned(oneHigh, otherHigh);
        if (order == 0) {
            order = Long.compareUnsigned(oneLow, otherLow);
        }
        if (order == 0) {
            order = Integer.compare(onePort, otherPort);
        }
        boolean inOrder = order <= 0;
        lowHigh = inOrder ? oneHigh : otherHigh;
        lowLow = inOrder ? oneLow : otherLow;
        highHigh = inOrder ? otherHigh : oneHigh;
        highLow = inOrder ? otherLow : oneLow;
        int lowPort = inOrder ? onePort : otherPort;
        int highPort = inOrder ? otherPort : onePort;
        rest =
                (long) protocol << PROTOCOL_SHIFT
                        | (v6 ? V6_BIT : 0)
                        | (long) lowPort << LOW_PORT_SHIFT
                        | highPort;
    }

    private int findOrAdd() {
        if (previous != NO_FLOW && isOfKey(previous)) {
            return previous;
        }
        int slot = slot();
        if (slots[slot] != 0) {
            previous = slots[slot] - 1;
            return previous;
        }
        if (4L * (size + 1) > 3L * slots.length) {
            grow();
            slot = slot();
        }
        keys = withBlock(keys, size, KEY_WORDS);
        long[] block = keys[size >>> BLOCK_SHIFT];
        int word = (size & BLOCK_MASK) * KEY_WORDS;
        block[word] = (rest & V6_BIT) == 0 ? v4Addresses() : addV6Addresses();
        block[word + 1] = rest;
        slots[slot] = ++size;
        previous = size - 1;
        return previous;
    }

    private long v4Addresses() {
        return lowLow << Integer.SIZE | highLow;
    }

    private long addV6Addresses() {
        v6Addresses = withBlock(v6Addresses, v6Size, V6_WORDS);
        long[] block = v6Addresses[v6Size >>> BLOCK_SHIFT];
        int word = (v6Size & BLOCK_MASK) * V6_WORDS;
        block[word] = lowHigh;
        block[word + 1] = lowLow;
        block[word + 2] = highHigh;
        block[word + 3] = highLow;
        return v6Size++;
    }

    /** Blocks with room for a row of so many words. */
    private static long[][] withBlock(long[][] blocks, int row, int words) {
        int block = row >>> BLOCK_SHIFT;
        long[][] enough = block < blocks.length ? blocks : Arrays.copyOf(blocks, 2 * block);
        if (enough[block] == null) {
            enough[block] = new long[words << BLOCK_SHIFT];
        }
        return enough;
    }

    /** The slot of the key looked for, or the free one where it belongs. */
    private int slot() {
        int mask = slots.length - 1;
        int slot = (int) hash() & mask;
        while (slots[slot] != 0 && !isOfKey(slots[slot] - 1)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private boolean isOfKey(int flow) {
        long[] block = keys[flow >>> BLOCK_SHIFT];
        int word = (flow & BLOCK_MASK) * KEY_WORDS;
        if (block[word + 1] != rest) {
            return false;
        }
        if ((rest & V6_BIT) == 0) {
            return block[word] == v4Addresses();
        }
        long[] v6 = v6Addresses[(int) block[word] >>> BLOCK_SHIFT];
        int at = ((int) block[word] & BLOCK_MASK) * V6_WORDS;
        return v6[at + 3] == highLow
                && v6[at + 1] == lowLow
                && v6[at + 2] == highHigh
                && v6[at] == lowHigh;
    }

    /** Of the key looked for. */
    private long hash() {
        return (rest & V6_BIT) == 0
                ? hash(v4Addresses(), rest)
                : hash(lowHigh, lowLow, highHigh, highLow, rest);
    }

    private long hash(long v4Addresses, long rest) {
        return mix(mix(seed ^ v4Addresses) ^ rest);
    }

    private long hash(long a, long b, long c, long d, long e) {
        long hash = mix(seed ^ a);
        hash = mix(hash ^ b);
        hash = mix(hash ^ c);
        hash = mix(hash ^ d);
        return mix(hash ^ e);
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 32) * MIX;
        return mixed ^ mixed >>> 29;
    }

    private long hashOf(int flow) {
        long[] block = keys[flow >>> BLOCK_SHIFT];
        int word = (flow & BLOCK_MASK) * KEY_WORDS;
        long addresses = block[word];
        long packed = block[word + 1];
        if ((packed & V6_BIT) == 0) {
            return hash(addresses, packed);
        }
        long[] v6 = v6Addresses[(int) addresses >>> BLOCK_SHIFT];
        int at = ((int) addresses & BLOCK_MASK) * V6_WORDS;
        return hash(v6[at], v6[at + 1], v6[at + 2], v6[at + 3], packed);
    }

    private void grow() {
        int[] larger = new int[slots.length * 2];
        int mask = larger.length - 1;
        for (int flow = 0; flow < size; flow++) {
            long hash = hashOf(flow);
            int slot = (int) hash & mask;
            while (larger[slot] != 0) {
                slot = slot + 1 & mask;
            }
            larger[slot] = flow + 1;
        }
        slots = larger;
    }
}
