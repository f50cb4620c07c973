package io.netverdict.capture.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.PacketDirection;
import io.netverdict.nativelib.NativeMemory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * Two writers overwrite a small budget many times over while readers copy whatever they find: no
 * packet may come back that was not written just so.
 */
class RingStressTest {
    private static final int PACKETS_PER_WRITER = 400_000;
    private static final int READERS = 3;
    private static final int MAX_BYTES = 2048;
    private static final int MIN_BYTES = 16;
    private static final long EPOCH = 1L << 60;
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    /** The first word of a packet tells its length, time and every other word. */
    private static int length(long seed) {
        return MIN_BYTES + (int) ((seed * MIX >>> 40) % (MAX_BYTES - MIN_BYTES)) & -Long.BYTES;
    }

    private static void fill(ByteBuffer packet, long seed) {
        for (int at = 0; at < length(seed); at += Long.BYTES) {
            packet.putLong(at, seed + at * MIX);
        }
    }

    private static void check(CapturedPacket packet) {
        ByteBuffer data = packet.data();
        long seed = data.getLong(0);
        assertEquals(length(seed), packet.capturedLength());
        assertEquals(length(seed) * 2, packet.wireLength());
        assertEquals(EPOCH + seed, packet.timeNanos());
        for (int at = 0; at < packet.capturedLength(); at += Long.BYTES) {
            assertEquals(seed + at * MIX, data.getLong(at));
        }
    }

    private static void write(SegmentPool pool, int index) {
        PacketRing ring = new PacketRing(pool, index, 1, EPOCH, 0);
        ByteBuffer source = ByteBuffer.allocateDirect(MAX_BYTES);
        long address = NativeMemory.addressOf(source);
        for (long seed = 1; seed <= PACKETS_PER_WRITER; seed++) {
            fill(source, seed);
            assertTrue(ring.claim(length(seed), EPOCH + seed));
            ring.copyFrom(address, length(seed));
            ring.commit(
                    length(seed),
                    length(seed) * 2,
                    EPOCH + seed,
                    PacketDirection.UNKNOWN,
                    RecordDescriptor.NO_PREVIOUS);
        }
        assertEquals(PACKETS_PER_WRITER, ring.counters().packets());
        assertTrue(ring.counters().overwritten() > 0);
    }

    private static long read(SegmentPool pool, AtomicBoolean writing) {
        long packets = 0;
        do {
            for (Segment segment : pool.segments()) {
                long generation = segment.generation();
                if (generation == SegmentDescriptor.NO_GENERATION) {
                    continue;
                }
                RecordReader reader = new RecordReader(segment, generation);
                int at = segment.recordsOffset();
                while (at < segment.committed() && reader.isValid()) {
                    CapturedPacket packet = reader.packet(at, Integer.MAX_VALUE);
                    if (packet != null) {
                        check(packet);
                        packets++;
                    }
                    at = reader.next(at);
                }
            }
        } while (writing.get());
        return packets;
    }

    @Test
    void shouldNeverReturnATornPacket() throws InterruptedException, ExecutionException {
        SegmentPool pool = new SegmentPool(SegmentPool.MIN_BUDGET_BYTES);
        AtomicBoolean writing = new AtomicBoolean(true);
        ExecutorService threads = Executors.newFixedThreadPool(2 + READERS);
        try {
            List<Future<Long>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                Callable<Long> reader = () -> read(pool, writing);
                readers.add(threads.submit(reader));
            }
            Future<?> one = threads.submit(() -> write(pool, 0));
            Future<?> other = threads.submit(() -> write(pool, 1));
            one.get();
            other.get();
            writing.set(false);
            for (Future<Long> reader : readers) {
                assertTrue(reader.get() > 0);
            }
        } finally {
            writing.set(false);
            threads.shutdown();
            pool.release();
        }
    }
}
