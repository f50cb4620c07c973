package io.netverdict.it.bench.micro;

import io.netverdict.capture.index.FlowEntryDescriptor;
import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.ring.PacketRing;
import io.netverdict.capture.ring.SegmentPool;
import io.netverdict.it.bench.WebTraffic;
import io.netverdict.nativelib.NativeMemory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Frames in memory outside the heap, as libpcap hands them over, to be recorded in a circle. */
final class RecordedFrames {
    static final long EPOCH_NANOS = 1_000_000_000_000L;

    private static final int BULK_CONNECTIONS = 50;
    private static final int BULK_RESPONSE_BYTES = 27_000;
    private static final int SHORT_CONNECTIONS = 2_000;
    private static final int SHORT_RESPONSE_BYTES = 2_048;

    private final ByteBuffer memory;
    private final long[] addresses;
    private final int[] lengths;

    RecordedFrames(Load load) {
        List<byte[]> frames = new ArrayList<>();
        int connections = load == Load.BULK ? BULK_CONNECTIONS : SHORT_CONNECTIONS;
        for (int i = 0; i < connections; i++) {
            frames.addAll(
                    load == Load.BULK
                            ? WebTraffic.exchanges(i, 1, BULK_RESPONSE_BYTES)
                            : WebTraffic.connection(i, SHORT_RESPONSE_BYTES));
        }
        int total = frames.stream().mapToInt(frame -> frame.length).sum();
        memory = ByteBuffer.allocateDirect(total);
        addresses = new long[frames.size()];
        lengths = new int[frames.size()];
        long start = NativeMemory.addressOf(memory);
        for (int i = 0; i < frames.size(); i++) {
            addresses[i] = start + memory.position();
            lengths[i] = frames.get(i).length;
            memory.put(frames.get(i));
        }
    }

    int count() {
        return addresses.length;
    }

    /** Valid as long as this object is reachable. */
    long address(int index) {
        return addresses[index];
    }

    int length(int index) {
        return lengths[index];
    }

    /** A ring as the live recorder makes it, for Ethernet. */
    static PacketRing ring(SegmentPool pool) {
        return new PacketRing(
                pool, 0, LinkType.ETHERNET.code(), EPOCH_NANOS, FlowEntryDescriptor.ENTRY_BYTES);
    }
}
