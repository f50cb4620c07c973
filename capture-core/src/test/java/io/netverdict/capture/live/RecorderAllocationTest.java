package io.netverdict.capture.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.netverdict.capture.ring.SegmentPool;
import io.netverdict.nativelib.NativeMemory;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Once compiled, recording and indexing a packet leaves no garbage, whatever kind it is of. */
class RecorderAllocationTest {
    private static final int WARM_UP_PACKETS = 400_000;
    private static final int PACKETS = 200_000;

    /** Rounds in which the compiler may still be at work. */
    private static final int MAX_ROUNDS = 20;

    private static void check(List<ByteBuffer> packets, long cutoffBytes) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        long[] addresses = packets.stream().mapToLong(NativeMemory::addressOf).toArray();
        int[] lengths = packets.stream().mapToInt(ByteBuffer::capacity).toArray();
        try (RecorderHarness harness =
                new RecorderHarness(SegmentPool.MIN_BUDGET_BYTES, 1, cutoffBytes)) {
            PacketRecorder recorder = harness.recorder(0);
            record(recorder, addresses, lengths, WARM_UP_PACKETS);
            long allocated = Long.MAX_VALUE;
            for (int round = 0; round < MAX_ROUNDS && allocated > 0; round++) {
                long before = threads.getThreadAllocatedBytes(self);
                record(recorder, addresses, lengths, PACKETS);
                allocated = threads.getThreadAllocatedBytes(self) - before;
            }
            assertEquals(0, allocated);
            assertTrue(harness.slots.get(0).ring().counters().overwritten() > 0);
        }
    }

    private static void record(
            PacketRecorder recorder, long[] addresses, int[] lengths, int packets) {
        for (int i = 0; i < packets; i++) {
            int at = i % addresses.length;
            recorder.record(addresses[at], lengths[at], lengths[at], RecorderHarness.EPOCH + i);
        }
    }

    @Test
    void shouldAllocateNothingForBulk() {
        List<ByteBuffer> bulk = WebTraffic.packetsOf(traffic -> traffic.bulkResponse(40_000));
        check(bulk, RecorderConfig.DEFAULT_CUTOFF_BYTES);
        check(bulk, Long.MAX_VALUE);
    }

    @Test
    void shouldAllocateNothingForNewConnectionsAndLookups() {
        check(
                WebTraffic.packetsOf(
                        traffic -> {
                            for (int port = 10_000; port < 15_000; port++) {
                                traffic.lookup(port);
                                traffic.shortConnection(port);
                            }
                        }),
                RecorderConfig.DEFAULT_CUTOFF_BYTES);
    }
}
