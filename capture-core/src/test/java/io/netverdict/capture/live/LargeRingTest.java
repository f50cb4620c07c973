package io.netverdict.capture.live;

import static io.netverdict.capture.live.RecorderHarness.EPOCH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.recording.Recording;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A ring of more than 2 GiB is filled and overwritten, and its oldest and newest packets are found.
 * Skipped where memory is short. {@code netverdict.ring} names another size in GiB than 3: then
 * Java wants {@code -XX:MaxDirectMemorySize} above it.
 */
class LargeRingTest {
    private static final int PAYLOAD_BYTES = 1900;
    private static final int LENGTH = RecorderHarness.PAYLOAD_OFFSET + PAYLOAD_BYTES;
    private static final int FLOWS = 100_000;
    private static final long SPARE_BYTES = 4L << 30;

    private static long availableBytes() throws IOException {
        Path file = Path.of("/proc/meminfo");
        if (!Files.isReadable(file)) {
            return 0;
        }
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("MemAvailable:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) << 10;
            }
        }
        return 0;
    }

    private static RecorderHarness harness(long bytes) {
        try {
            return new RecorderHarness(bytes, 1);
        } catch (IllegalArgumentException directMemoryIsLimited) {
            return null;
        }
    }

    @Test
    void shouldFindOldestAndNewestInARingOfManyGigabytes() throws IOException {
        long bytes = Long.getLong("netverdict.ring", 3) << 30;
        assumeTrue(availableBytes() > bytes + SPARE_BYTES, "memory is short here");
        try (RecorderHarness harness = harness(bytes)) {
            assumeTrue(harness != null, "Java may not take so much outside its heap");
            ByteBuffer datagram = RecorderHarness.datagram(PAYLOAD_BYTES);
            int packets = 0;
            while (harness.pool.horizonNanos() == 0) {
                RecorderHarness.aim(datagram, packets % FLOWS);
                harness.record(0, datagram, LENGTH, EPOCH + ++packets);
            }
            assertTrue((long) packets * LENGTH > bytes / 10 * 9);
            int newest = packets;
            int oldest = (int) (harness.pool.horizonNanos() - EPOCH) + 1;
            try (Recording recording = harness.snapshot()) {
                assertEquals(EPOCH + oldest - 1, recording.coverage().firstNanos());
                for (int number : List.of(oldest, newest)) {
                    List<CapturedPacket> found =
                            recording.packets(
                                    Set.of(RecorderHarness.key((number - 1) % FLOWS)),
                                    EPOCH + number,
                                    EPOCH + number);
                    assertEquals(1, found.size());
                    assertEquals(EPOCH + number, found.get(0).timeNanos());
                }
            }
        }
    }
}
