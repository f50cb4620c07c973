package io.netverdict.capture.live;

import static io.netverdict.capture.live.RecorderHarness.EPOCH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.index.FlowEntryDescriptor;
import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.recording.RecordedInterface;
import io.netverdict.capture.recording.Recording;
import io.netverdict.capture.recording.RecordingGap;
import io.netverdict.capture.ring.PacketRing;
import io.netverdict.capture.ring.RingFile;
import io.netverdict.capture.ring.SegmentPool;
import io.netverdict.nativelib.NativeMemory;
import io.netverdict.nativelib.PcapDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was recorded into a file is found by the next process, whatever became of the file. */
class RingFileTest {
    private static final long BUDGET = SegmentPool.MIN_BUDGET_BYTES;
    private static final int PAYLOAD_BYTES = 1000;
    private static final int LENGTH = RecorderHarness.PAYLOAD_OFFSET + PAYLOAD_BYTES;
    private static final int FLOWS = 200;
    private static final int PACKETS = 3000;
    private static final int DAMAGED_FILES = 60;
    private static final long LATER = EPOCH + 1_000_000_000L;
    private static final RecordedInterface INTERFACE =
            new RecordedInterface("test0", LinkType.ETHERNET.code(), 0);

    @TempDir private Path directory;

    /** One process's use of the file. */
    private static final class Run implements AutoCloseable {
        private final RingFile file;
        private final SegmentPool pool;
        private final InterfaceSlot slot;

        private Run(Path path) throws IOException {
            file = RingFile.open(path, BUDGET, EPOCH);
            pool = new SegmentPool(file);
            slot =
                    new InterfaceSlot(
                            INTERFACE,
                            new PacketRing(
                                    pool,
                                    0,
                                    INTERFACE.linkType(),
                                    file.epochNanos(),
                                    FlowEntryDescriptor.ENTRY_BYTES));
            if (file.isRestored()) {
                pool.restore(new SegmentRestorer(List.of(slot), LATER)::restore);
            }
            file.putInterface(0, new RingFile.Interface("test0", INTERFACE.linkType(), 0));
        }

        private void record(int from, int packets) {
            PacketRecorder recorder =
                    new PacketRecorder(
                            slot.ring(),
                            PcapDevice.NO_ADDRESS,
                            RecorderConfig.DEFAULT_CUTOFF_BYTES);
            ByteBuffer datagram = RecorderHarness.datagram(PAYLOAD_BYTES);
            for (int i = from; i < from + packets; i++) {
                RecorderHarness.aim(datagram, i % FLOWS);
                recorder.record(NativeMemory.addressOf(datagram), LENGTH, LENGTH, EPOCH + 1 + i);
            }
        }

        private Recording snapshot() {
            return new LiveRecording(
                    pool, new SegmentDigests(), List.of(slot), EPOCH, file.gaps(), LATER);
        }

        private List<CapturedPacket> all(Recording recording) {
            List<FlowKey> keys =
                    recording.flows(0, Long.MAX_VALUE).stream().map(RecordedFlow::key).toList();
            return recording.packets(keys, 0, Long.MAX_VALUE);
        }

        @Override
        public void close() {
            pool.release();
        }
    }

    private Path recorded() throws IOException {
        Path path = directory.resolve("ring");
        try (Run run = new Run(path)) {
            run.record(0, PACKETS);
        }
        return path;
    }

    @Test
    void shouldFindWhatAnEarlierProcessRecordedAndGoOn() throws IOException {
        Path path = recorded();
        try (Run run = new Run(path)) {
            assertEquals(List.of(new RingFile.Interface("test0", 1, 0)), run.file.interfaces());
            run.file.putGap(new RecordingGap(EPOCH + PACKETS, LATER));
            run.record(PACKETS, 100);
            try (Recording recording = run.snapshot()) {
                List<CapturedPacket> packets = run.all(recording);
                assertEquals(PACKETS + 100, packets.size());
                for (int i = 0; i < packets.size(); i++) {
                    assertEquals(EPOCH + 1 + i, packets.get(i).timeNanos());
                    assertEquals(LENGTH, packets.get(i).wireLength());
                }
                assertEquals(FLOWS, recording.flows(0, Long.MAX_VALUE).size());
                assertTrue(recording.coverage().gapIn(LATER, LATER).isPresent());
            }
        }
    }

    @Test
    void shouldGoOnBehindAnEarlierProcessThoughTheClockWasSetBack() throws IOException {
        Path path = recorded();
        try (Run run = new Run(path)) {
            run.record(0, 10);
            try (Recording recording = run.snapshot()) {
                List<CapturedPacket> packets = run.all(recording);
                assertEquals(PACKETS + 10, packets.size());
                assertEquals(EPOCH + 10, packets.get(packets.size() - 1).timeNanos());
            }
        }
    }

    @Test
    void shouldOverwriteTheOldestOfAnEarlierProcessFirst() throws IOException {
        Path path = recorded();
        try (Run run = new Run(path)) {
            run.record(PACKETS, 3 * PACKETS);
            try (Recording recording = run.snapshot()) {
                List<CapturedPacket> packets = run.all(recording);
                assertEquals(EPOCH + 4 * PACKETS, packets.get(packets.size() - 1).timeNanos());
                assertTrue(recording.coverage().firstNanos() > EPOCH + 1);
            }
        }
        try (Run again = new Run(path);
                Recording recording = again.snapshot()) {
            assertTrue(recording.coverage().firstNanos() > EPOCH + 1);
            assertFalse(again.all(recording).isEmpty());
        }
    }

    @Test
    void shouldSurviveAnyDamage() throws IOException {
        Path path = recorded();
        byte[] sound = Files.readAllBytes(path);
        Random random = new Random(Long.getLong("netverdict.seed", 4));
        for (int i = 0; i < DAMAGED_FILES; i++) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(sound), 0);
                damage(channel, random, sound.length);
            }
            try (Run run = new Run(path);
                    Recording recording = run.snapshot()) {
                run.all(recording);
                run.record(PACKETS, 100);
                assertTrue(run.slot.ring().counters().packets() == 100);
            }
        }
    }

    /** Single bytes anywhere, and runs of random bytes in segments' headers and records. */
    private static void damage(FileChannel channel, Random random, int length) throws IOException {
        int header = 24;
        for (int i = 0; i < 200; i++) {
            int at = header + random.nextInt(length - header);
            channel.write(ByteBuffer.wrap(new byte[] {(byte) random.nextInt()}), at);
        }
        for (int segment = 1 << 16; segment < length; segment += 1 << 20) {
            byte[] noise = new byte[1 + random.nextInt(64)];
            random.nextBytes(noise);
            int within = random.nextBoolean() ? random.nextInt(64) : random.nextInt(1 << 17);
            channel.write(ByteBuffer.wrap(noise), segment + within);
        }
    }

    @Test
    void shouldBeginAnewWhereTheSizeIsAnother() throws IOException {
        Path path = recorded();
        try (RingFile larger = RingFile.open(path, 4 * BUDGET, EPOCH + 5)) {
            assertFalse(larger.isRestored());
            assertEquals(EPOCH + 5, larger.epochNanos());
        }
    }

    @Test
    void shouldBeReadableByItsOwnerAlone() throws IOException {
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(recorded())));
    }

    @Test
    void shouldNotTouchAFileThatIsNoRing() throws IOException {
        Path letter = Files.writeString(directory.resolve("letter"), "Dear all, ".repeat(100));
        assertTrue(
                assertThrows(IOException.class, () -> RingFile.open(letter, BUDGET, EPOCH))
                        .getMessage()
                        .contains("no ring"));
        assertTrue(Files.readString(letter).startsWith("Dear all"));
    }

    @Test
    void shouldRefuseAFileThatIsInUse() throws IOException {
        Path path = directory.resolve("ring");
        try (RingFile first = RingFile.open(path, BUDGET, EPOCH)) {
            assertFalse(first.isRestored());
            assertThrows(IOException.class, () -> RingFile.open(path, BUDGET, EPOCH));
        }
    }

    @Test
    void shouldSayWhenTheDiskIsTooSmall() {
        Path path = directory.resolve("ring");
        String message =
                assertThrows(IOException.class, () -> RingFile.open(path, 1L << 54, EPOCH))
                        .getMessage();
        assertTrue(message.contains("smaller ring"), message);
    }
}
