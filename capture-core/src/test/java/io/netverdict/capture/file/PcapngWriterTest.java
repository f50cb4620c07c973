package io.netverdict.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.PacketDirection;
import io.netverdict.capture.recording.RecordedInterface;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcapngWriterTest {
    private static final long TIME = 1_764_000_000_123_456_789L;
    private static final PcapngSection SECTION =
            new PcapngSection("x86_64", "Linux 6.1", "netverdict test", "Überblick: why it failed");
    private static final List<RecordedInterface> INTERFACES =
            List.of(
                    new RecordedInterface("eth0", 1, 262_144),
                    new RecordedInterface("veth1", 1, 0));

    private static CapturedPacket packet(
            long number, int interfaceIndex, PacketDirection direction, byte[] data, int wire) {
        return new CapturedPacket(
                number, TIME + number, interfaceIndex, direction, 1, wire, ByteBuffer.wrap(data));
    }

    private static List<CapturedPacket> packets() {
        byte[] syn = Frames.tcp(Frames.CLIENT, 40_112, Frames.SERVER, 8443);
        byte[] odd = Arrays.copyOf(Frames.other(), 61);
        return List.of(
                packet(1, 0, PacketDirection.OUTBOUND, syn, 54),
                packet(2, 1, PacketDirection.INBOUND, odd, 1514),
                packet(3, 1, PacketDirection.UNKNOWN, Frames.ping(1, 2), 42));
    }

    private static String comment(long number) {
        return number == 2 ? "the last answer – 3 s before" : null;
    }

    @Test
    void shouldReadBackWhatItWrote() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long written =
                PcapngWriter.writeSlice(
                        out, SECTION, INTERFACES, packets(), PcapngWriterTest::comment);
        assertEquals(out.size(), written);
        try (FileRecording recording = FileBuilder.read(out.toByteArray())) {
            assertEquals(INTERFACES, recording.interfaces());
            assertEquals(9, recording.timeDigits());
            assertTrue(recording.problem().isEmpty());
            List<CapturedPacket> read = new ArrayList<>();
            for (long number = 1; number <= recording.packets(); number++) {
                read.add(recording.packet(number));
            }
            assertEquals(packets(), read);
        }
    }

    @Test
    void shouldRefusePacketOfAnInterfaceThatIsNotDescribed() throws IOException {
        try (PcapngWriter writer = new PcapngWriter(new ByteArrayOutputStream(), SECTION)) {
            writer.addInterface(INTERFACES.get(0));
            CapturedPacket packet = packets().get(1);
            assertThrows(IllegalArgumentException.class, () -> writer.write(packet));
        }
    }

    @Test
    void shouldCutOverlongCommentsBetweenCharacters() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String tooLong = "ü".repeat(40_000);
        PcapngWriter.writeSlice(out, SECTION, INTERFACES, packets(), number -> tooLong);
        try (FileRecording recording = FileBuilder.read(out.toByteArray())) {
            assertEquals(3, recording.packets());
            assertTrue(recording.problem().isEmpty());
        }
    }

    @Test
    void shouldGrowForPacketsLargerThanItsBuffer() throws IOException {
        CapturedPacket large = packet(1, 0, PacketDirection.UNKNOWN, new byte[100_001], 100_001);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PcapngWriter writer = new PcapngWriter(out, SECTION)) {
            writer.addInterface(INTERFACES.get(0));
            writer.write(large);
            assertEquals(1, writer.packets());
        }
        try (FileRecording recording = FileBuilder.read(out.toByteArray())) {
            assertEquals(large, recording.packet(1));
        }
    }

    @Test
    void shouldBeReadByTsharkWithItsComments(@TempDir Path directory)
            throws IOException, InterruptedException {
        assumeTrue(Tools.installed("tshark"), "tshark is not installed");
        Path file = directory.resolve("slice.pcapng");
        try (PcapngWriter writer = PcapngWriter.create(file, SECTION)) {
            for (RecordedInterface recorded : INTERFACES) {
                writer.addInterface(recorded);
            }
            for (CapturedPacket packet : packets()) {
                writer.write(packet, comment(packet.number()));
            }
        }
        List<String> lines =
                Tools.output(
                        directory,
                        "tshark",
                        "-r",
                        file.toString(),
                        "-T",
                        "fields",
                        "-e",
                        "frame.number",
                        "-e",
                        "frame.time_epoch",
                        "-e",
                        "frame.len",
                        "-e",
                        "frame.cap_len",
                        "-e",
                        "frame.packet_flags_direction",
                        "-e",
                        "frame.interface_name",
                        "-e",
                        "frame.comment");
        assertEquals(
                List.of(
                        "1\t1764000000.123456790\t54\t54\t0x00000002\teth0\t",
                        "2\t1764000000.123456791\t1514\t61\t0x00000001\tveth1\t" + comment(2),
                        "3\t1764000000.123456792\t42\t42\t\tveth1\t"),
                lines);
        assertTrue(Files.size(file) > 0);
    }
}
