package io.netverdict.capture.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.netverdict.capture.ring.SegmentPool;
import io.netverdict.nativelib.NativeMemory;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Once compiled, recording and indexing a packet leaves no garbage. */
class RecorderAllocationTest {
    private static final int WARM_UP_PACKETS = 400_000;
    private static final int PACKETS = 200_000;

    /** Rounds in which the compiler may still be at work. */
    private static final int MAX_ROUNDS = 20;

    @Test
    void shouldAllocateNothingForAPacket() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        ByteBuffer datagram = RecorderHarness.datagram(600);
        int length = RecorderHarness.PAYLOAD_OFFSET + 600;
        try (RecorderHarness harness = new RecorderHarness(SegmentPool.MIN_BUDGET_BYTES, 1, 4096)) {
            long address = NativeMemory.addressOf(datagram);
            PacketRecorder recorder = harness.recorder(0);
            record(recorder, datagram, address, length, WARM_UP_PACKETS);
            long allocated = Long.MAX_VALUE;
            for (int round = 0; round < MAX_ROUNDS && allocated > 0; round++) {
                long before = threads.getThreadAllocatedBytes(self);
                record(recorder, datagram, address, length, PACKETS);
                allocated = threads.getThreadAllocatedBytes(self) - before;
            }
            assertEquals(0, allocated);
            assertTrue(harness.slots.get(0).ring().counters().overwritten() > 0);
        }
    }

    private static void record(
            PacketRecorder recorder, ByteBuffer datagram, long address, int length, int packets) {
        for (int i = 0; i < packets; i++) {
            RecorderHarness.aim(datagram, i % 5000);
            recorder.record(address, length, length, RecorderHarness.EPOCH + i);
        }
    }
}
