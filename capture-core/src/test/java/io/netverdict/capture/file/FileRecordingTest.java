package io.netverdict.capture.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.RecordedFlow;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRecordingTest {
    private static final long MIN = Long.MIN_VALUE;
    private static final long MAX = Long.MAX_VALUE;

    private static Endpoint at(int address, int port) {
        return new Endpoint(IpAddress.ofV4(address), port);
    }

    private static FlowKey key(int protocol, int clientPort, int serverPort) {
        return FlowKey.of(protocol, at(Frames.CLIENT, clientPort), at(Frames.SERVER, serverPort));
    }

    private static FileBuilder pcap() {
        return new FileBuilder(ByteOrder.LITTLE_ENDIAN)
                .pcapHeader(FileBuilder.PCAP_NANOSECONDS, FileBuilder.ETHERNET);
    }

    /** Frames at seconds 1, 2, 3 …, except that frames 3 and 4 have changed places. */
    private static FileRecording mixed() {
        return FileBuilder.read(
                pcap().pcapPacket(1, 0, Frames.tcp(Frames.CLIENT, 5000, Frames.SERVER, 80))
                        .pcapPacket(2, 0, Frames.arp(Frames.CLIENT, Frames.SERVER))
                        .pcapPacket(4, 0, Frames.tcp(Frames.SERVER, 80, Frames.CLIENT, 5000))
                        .pcapPacket(3, 0, Frames.tcp(Frames.CLIENT, 5001, Frames.SERVER, 80))
                        .pcapPacket(5, 0, Frames.ping(Frames.SERVER, Frames.CLIENT))
                        .pcapPacket(6, 0, Frames.laterFragment(Frames.CLIENT, Frames.SERVER))
                        .pcapPacket(7, 0, Frames.other())
                        .pcapPacket(8, 0, Frames.tcp(Frames.CLIENT, 5000, Frames.SERVER, 80))
                        .bytes());
    }

    private static List<Long> numbers(List<CapturedPacket> packets) {
        return packets.stream().map(CapturedPacket::number).toList();
    }

    @Test
    void shouldGroupPacketsAsTheKeySays() {
        try (FileRecording recording = mixed()) {
            List<RecordedFlow> flows = recording.flows(MIN, MAX);
            long second = 1_000_000_000L;
            assertEquals(
                    List.of(
                            new RecordedFlow(key(6, 5000, 80), second, 8 * second, 3),
                            new RecordedFlow(key(FlowKey.ARP, 0, 0), 2 * second, 2 * second, 1),
                            new RecordedFlow(key(6, 5001, 80), 3 * second, 3 * second, 1),
                            new RecordedFlow(key(1, 0, 0), 5 * second, 5 * second, 1),
                            new RecordedFlow(key(6, 0, 0), 6 * second, 6 * second, 1)),
                    flows);
            assertEquals(8, recording.coverage().packets());
        }
    }

    @Test
    void shouldKeepFileOrderAndLimitPacketsByTime() {
        try (FileRecording recording = mixed()) {
            List<FlowKey> both = List.of(key(6, 5001, 80), key(6, 5000, 80), key(6, 5000, 80));
            assertEquals(List.of(1L, 3L, 4L, 8L), numbers(recording.packets(both, MIN, MAX)));
            assertEquals(
                    List.of(3L, 4L),
                    numbers(recording.packets(both, 3_000_000_000L, 4_000_000_000L)));
            assertEquals(List.of(), recording.packets(List.of(key(17, 1, 2)), MIN, MAX));
        }
    }

    @Test
    void shouldLeaveOutFlowsThatOnlySpanTheWindow() {
        try (FileRecording recording = mixed()) {
            List<FlowKey> keys = new ArrayList<>();
            for (RecordedFlow flow : recording.flows(4_500_000_000L, 6_500_000_000L)) {
                keys.add(flow.key());
            }
            assertEquals(List.of(key(1, 0, 0), key(6, 0, 0)), keys);
        }
    }

    @Test
    void shouldHoldManyFlowsApart() {
        FileBuilder file = pcap();
        for (int port = 0; port < 5000; port++) {
            file.pcapPacket(port, 0, Frames.tcp(Frames.CLIENT, port, Frames.SERVER, 443));
            file.pcapPacket(port, 1, Frames.tcp(Frames.SERVER, 443, Frames.CLIENT, port));
        }
        try (FileRecording recording = FileBuilder.read(file.bytes())) {
            List<RecordedFlow> flows = recording.flows(MIN, MAX);
            assertEquals(5000, flows.size());
            for (int port = 0; port < 5000; port++) {
                RecordedFlow flow = flows.get(port);
                assertEquals(key(6, port, 443), flow.key());
                assertEquals(2, flow.packets());
            }
            assertEquals(2, recording.packets(List.of(key(6, 4321, 443)), MIN, MAX).size());
        }
    }

    @Test
    void shouldHoldMorePacketsThanOneBlockOfItsTable() {
        FileBuilder file = pcap();
        byte[] syn = Frames.tcp(Frames.CLIENT, 1, Frames.SERVER, 443);
        int packets = 140_000;
        for (int i = 0; i < packets; i++) {
            file.pcapPacket(i, 0, syn);
        }
        try (FileRecording recording = FileBuilder.read(file.bytes())) {
            assertEquals(packets, recording.packets());
            assertEquals(99_999_000_000_000L, recording.packet(100_000).timeNanos());
            assertEquals(packets, recording.packets(List.of(key(6, 1, 443)), MIN, MAX).size());
        }
    }

    @Test
    void shouldMapLargeFilesAndTellProgress(@TempDir Path directory) throws IOException {
        FileBuilder builder = pcap();
        byte[] large = new byte[200_000];
        for (int i = 0; i < 50; i++) {
            builder.pcapPacket(i, 0, large);
        }
        Path file = Files.write(directory.resolve("large.pcap"), builder.bytes());
        List<Long> reported = new ArrayList<>();
        try (FileRecording recording =
                FileRecording.open(file, (done, total) -> reported.add(done))) {
            assertEquals(50, recording.packets());
            assertEquals(file.toString(), recording.name());
            assertEquals(Files.size(file), recording.bytes());
            assertEquals(200_000, recording.packet(50).capturedLength());
        }
        assertEquals(3, reported.size());
        assertEquals(Files.size(file), reported.get(2));
    }

    /** Of many lengths, some longer than what is read at a time, so that they lie in all ways. */
    private static byte[] marked(int number) {
        int length = number % 97 == 0 ? 200_000 : 60 + number * 37 % 3000;
        byte[] frame =
                Arrays.copyOf(
                        Frames.tcp(Frames.CLIENT, 1 + number % 5000, Frames.SERVER, 443), length);
        frame[length - 1] = (byte) number;
        return frame;
    }

    @Test
    void shouldShowEveryPacketOfALargeFileAsItIs(@TempDir Path directory) throws IOException {
        int packets = 3000;
        FileBuilder little = pcap();
        FileBuilder big =
                new FileBuilder(ByteOrder.BIG_ENDIAN)
                        .pcapHeader(FileBuilder.PCAP_MICROSECONDS, FileBuilder.ETHERNET);
        FileBuilder next =
                new FileBuilder(ByteOrder.LITTLE_ENDIAN).section().interfaceDescription(1, 0);
        for (int number = 0; number < packets; number++) {
            little.pcapPacket(number, 0, marked(number));
            big.pcapPacket(number, 0, marked(number));
            next.enhancedPacket(0, number * 1_000_000L, marked(number));
            if (number % 500 == 0) {
                // Of a kind that is stepped over, longer than what is read at a time.
                next.block(0x0BAD, new byte[1_300_000]);
            }
        }
        for (FileBuilder each : List.of(little, big, next)) {
            Path file = Files.write(directory.resolve("large"), each.bytes());
            int[] shown = {0};
            try (FileRecording recording =
                    FileRecording.open(
                            file,
                            ReadProgress.NONE,
                            (flow, timeNanos, headers, data) -> {
                                int number = shown[0]++;
                                byte[] frame = marked(number);
                                byte[] seen = new byte[frame.length];
                                data.get(headers.networkOffset() - 14, seen);
                                assertArrayEquals(frame, seen);
                                assertEquals(number * 1_000_000_000L, timeNanos);
                                assertEquals(number % 5000, flow);
                            })) {
                assertTrue(recording.problem().isEmpty());
                assertEquals(packets, recording.packets());
                byte[] last = new byte[marked(packets - 1).length];
                recording.packet(packets).data().get(0, last);
                assertArrayEquals(marked(packets - 1), last);
            }
            assertEquals(packets, shown[0]);
        }
    }

    @Test
    void shouldReadALargeFileUpToWhereItIsCut(@TempDir Path directory) throws IOException {
        FileBuilder builder = pcap();
        for (int number = 0; number < 3000; number++) {
            builder.pcapPacket(number, 0, marked(number));
        }
        byte[] whole = builder.bytes();
        byte[] cut = Arrays.copyOf(whole, whole.length - 1);
        Path file = Files.write(directory.resolve("cut.pcap"), cut);
        try (FileRecording recording = FileRecording.open(file)) {
            assertEquals(2999, recording.packets());
            assertTrue(recording.problem().orElseThrow().contains("cut off"));
        }
    }

    @Test
    void shouldRefuseWhatIsNoCaptureInOneLine(@TempDir Path directory) throws IOException {
        for (String content : List.of("hello, world", "\n\r\r\nnot a section", "(µ/ý zstd")) {
            Path file = Files.writeString(directory.resolve("text"), content);
            NotACaptureException refused =
                    assertThrows(NotACaptureException.class, () -> FileRecording.open(file));
            assertTrue(refused.getMessage().contains("not a pcap or pcapng file"));
            assertFalse(refused.getMessage().contains("\n"));
        }
        Path text = directory.resolve("text.gz");
        Files.write(text, FileBuilder.gzip("hello, world".getBytes()));
        assertThrows(NotACaptureException.class, () -> FileRecording.open(text));
        assertThrows(NotACaptureException.class, () -> FileRecording.open(directory));
        Path missing = directory.resolve("missing");
        assertThrows(NoSuchFileException.class, () -> FileRecording.open(missing));
    }

    @Test
    void shouldRefusePacketsThatAreNotThere() {
        FileRecording recording = mixed();
        assertThrows(IllegalArgumentException.class, () -> recording.packet(0));
        assertThrows(IllegalArgumentException.class, () -> recording.packet(9));
        recording.close();
        recording.close();
        assertThrows(IllegalStateException.class, () -> recording.packet(1));
    }
}
