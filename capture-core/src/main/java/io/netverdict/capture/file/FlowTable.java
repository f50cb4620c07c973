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

    private final FlowWords added = new FlowWords();

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
        return added.read(view, buffer, end) ? findOrAdd() : NO_FLOW;
    }

    /** The number of a flow, or {@link #NO_FLOW}; by any thread, once all flows have been added. */
    int find(FlowKey key) {
        FlowWords sought = new FlowWords();
        return sought.set(key) ? find(sought) : NO_FLOW;
    }

    /** The same of a key that is read already. */
    int find(FlowWords sought) {
        return slots[slot(sought)] - 1;
    }

    FlowKey key(int flow) {
        long[] block = keys[flow >>> BLOCK_SHIFT];
        int word = (flow & BLOCK_MASK) * KEY_WORDS;
        long addresses = block[word];
        long packed = block[word + 1];
        int protocol = FlowWords.protocol(packed);
        int lowPort = FlowWords.lowPort(packed);
        int highPort = FlowWords.highPort(packed);
        if ((packed & FlowWords.V6_BIT) == 0) {
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

    private int findOrAdd() {
        if (previous != NO_FLOW && isOf(previous, added)) {
            return previous;
        }
        int slot = slot(added);
        if (slots[slot] != 0) {
            previous = slots[slot] - 1;
            return previous;
        }
        if (4L * (size + 1) > 3L * slots.length) {
            grow();
            slot = slot(added);
        }
        keys = withBlock(keys, size, KEY_WORDS);
        long[] block = keys[size >>> BLOCK_SHIFT];
        int word = (size & BLOCK_MASK) * KEY_WORDS;
        block[word] = added.isV6() ? addV6Addresses() : added.v4Addresses();
        block[word + 1] = added.rest;
        slots[slot] = ++size;
        previous = size - 1;
        return previous;
    }

    private long addV6Addresses() {
        v6Addresses = withBlock(v6Addresses, v6Size, V6_WORDS);
        long[] block = v6Addresses[v6Size >>> BLOCK_SHIFT];
        int word = (v6Size & BLOCK_MASK) * V6_WORDS;
        block[word] = added.lowHigh;
        block[word + 1] = added.lowLow;
        block[word + 2] = added.highHigh;
        block[word + 3] = added.highLow;
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

    /** The slot of a key, or the free one where it belongs. */
    private int slot(FlowWords words) {
        int mask = slots.length - 1;
        int slot = (int) hash(words) & mask;
        while (slots[slot] != 0 && !isOf(slots[slot] - 1, words)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private boolean isOf(int flow, FlowWords words) {
        long[] block = keys[flow >>> BLOCK_SHIFT];
        int word = (flow & BLOCK_MASK) * KEY_WORDS;
        if (block[word + 1] != words.rest) {
            return false;
        }
        if (!words.isV6()) {
            return block[word] == words.v4Addresses();
        }
        long[] v6 = v6Addresses[(int) block[word] >>> BLOCK_SHIFT];
        int at = ((int) block[word] & BLOCK_MASK) * V6_WORDS;
        return v6[at + 3] == words.highLow
                && v6[at + 1] == words.lowLow
                && v6[at + 2] == words.highHigh
                && v6[at] == words.lowHigh;
    }

    private long hash(FlowWords words) {
        return words.isV6()
                ? hash(words.lowHigh, words.lowLow, words.highHigh, words.highLow, words.rest)
                : hash(words.v4Addresses(), words.rest);
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
        if ((packed & FlowWords.V6_BIT) == 0) {
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
