package io.netverdict.capture.live;

import static io.netverdict.capture.live.RecorderHarness.EPOCH;
import static io.netverdict.capture.live.RecorderHarness.PAYLOAD_OFFSET;
import static io.netverdict.capture.live.RecorderHarness.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.recording.Recording;
import io.netverdict.capture.ring.SegmentPool;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Reports come in while packets do: every packet answered belongs to the flow asked for. */
class RecordingStressTest {
    private static final int PACKETS = 600_000;
    private static final int FLOWS = 500;
    private static final int READERS = 3;
    private static final int PAYLOAD_BYTES = 400;
    private static final int LENGTH = PAYLOAD_OFFSET + PAYLOAD_BYTES;

    private static int flowOf(int packet) {
        return packet % 7 == 0 ? packet / 7 % FLOWS : packet % FLOWS;
    }

    private static void write(RecorderHarness harness) {
        ByteBuffer datagram = RecorderHarness.datagram(PAYLOAD_BYTES);
        for (int i = 0; i < PACKETS; i++) {
            RecorderHarness.aim(datagram, flowOf(i));
            for (int at = PAYLOAD_OFFSET; at < LENGTH; at += Integer.BYTES) {
                datagram.putInt(at, i);
            }
            harness.record(0, datagram, LENGTH, EPOCH + i);
        }
    }

    private static void check(CapturedPacket packet, int flow) {
        ByteBuffer data = packet.data();
        int number = data.getInt(PAYLOAD_OFFSET);
        assertEquals(flow, flowOf(number));
        assertEquals(EPOCH + number, packet.timeNanos());
        for (int at = PAYLOAD_OFFSET; at < LENGTH; at += Integer.BYTES) {
            assertEquals(number, data.getInt(at));
        }
    }

    private static long read(RecorderHarness harness, AtomicBoolean writing, long seed) {
        Random random = new Random(seed);
        long packets = 0;
        do {
            int flow = random.nextInt(FLOWS);
            try (Recording recording = harness.snapshot()) {
                long before = -1;
                for (CapturedPacket packet :
                        recording.packets(Set.of(key(flow)), 0, Long.MAX_VALUE)) {
                    check(packet, flow);
                    assertTrue(packet.number() > before);
                    before = packet.number();
                    packets++;
                }
                for (RecordedFlow listed : recording.flows(0, Long.MAX_VALUE)) {
                    assertTrue(listed.firstNanos() >= EPOCH && listed.packets() > 0);
                    assertTrue(listed.lastNanos() >= listed.firstNanos());
                    assertEquals(key(0).high(), listed.key().high());
                }
            }
        } while (writing.get());
        return packets;
    }

    @Test
    void shouldAnswerRightlyWhileBeingOverwritten()
            throws InterruptedException, ExecutionException {
        AtomicBoolean writing = new AtomicBoolean(true);
        ExecutorService threads = Executors.newFixedThreadPool(1 + READERS);
        try (RecorderHarness harness = new RecorderHarness(SegmentPool.MIN_BUDGET_BYTES, 1)) {
            List<Future<Long>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                long seed = i;
                Callable<Long> reader = () -> read(harness, writing, seed);
                readers.add(threads.submit(reader));
            }
            threads.submit(() -> write(harness)).get();
            writing.set(false);
            for (Future<Long> reader : readers) {
                assertTrue(reader.get() > 0);
            }
        } finally {
            writing.set(false);
            threads.shutdown();
        }
    }
}
