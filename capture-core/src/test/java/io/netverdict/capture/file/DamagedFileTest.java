package io.netverdict.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.packet.PacketDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes: no exception, no hang, packets up to the break, the break told. */
class DamagedFileTest {
    private static final byte[] SYN = Frames.tcp(Frames.CLIENT, 40_112, Frames.SERVER, 8443);
    private static final int MUTATIONS = 10_000;
    private static final Duration HANG = Duration.ofSeconds(120);

    /** Small files of every format, two packets each. */
    static List<byte[]> files() {
        FileBuilder pcap = new FileBuilder(ByteOrder.LITTLE_ENDIAN);
        pcap.pcapHeader(FileBuilder.PCAP_MICROSECONDS, FileBuilder.ETHERNET);
        pcap.pcapPacket(1, 0, SYN).pcapPacket(2, 0, Frames.ping(1, 2));
        FileBuilder modified = new FileBuilder(ByteOrder.BIG_ENDIAN);
        modified.pcapHeader(FileBuilder.PCAP_MODIFIED, FileBuilder.ETHERNET);
        modified.modifiedPacket(1, 0, 4, SYN).modifiedPacket(2, 0, 0, SYN);
        FileBuilder pcapng = new FileBuilder(ByteOrder.LITTLE_ENDIAN).section();
        pcapng.interfaceDescription(
                1, 0, pcapng.textOption(2, "eth0"), pcapng.option(9, (byte) 9), pcapng.option(0));
        pcapng.enhancedPacket(0, 1, SYN, pcapng.intOption(2, 1), pcapng.option(0));
        pcapng.statistics(0, pcapng.longOption(5, 2));
        FileBuilder obsolete = new FileBuilder(ByteOrder.BIG_ENDIAN).section();
        obsolete.interfaceDescription(1, 0).obsoletePacket(0, 1, 2, SYN);
        pcapng.raw(obsolete.bytes());
        return List.of(pcap.bytes(), modified.bytes(), pcapng.bytes());
    }

    static List<byte[]> plainAndGzipped() {
        List<byte[]> plain = files();
        return List.of(
                plain.get(0),
                plain.get(1),
                plain.get(2),
                FileBuilder.gzip(plain.get(0)),
                FileBuilder.gzip(plain.get(2)));
    }

    @ParameterizedTest
    @MethodSource("plainAndGzipped")
    void shouldReadUpToTheBreakWhereverTheFileIsCutOff(byte[] whole) {
        long packetsBefore = 0;
        int sound = 0;
        for (int length = 0; length < whole.length; length++) {
            try (FileRecording recording = FileBuilder.read(Arrays.copyOf(whole, length))) {
                assertTrue(recording.packets() >= packetsBefore, "length=" + length);
                packetsBefore = recording.packets();
                sound += recording.problem().isEmpty() ? 1 : 0;
                recording.problem().ifPresent(told -> assertFalse(told.contains("\n")));
            }
        }
        // A file that ends between two records is sound as far as anybody can tell.
        assertTrue(sound <= 6, "sound=" + sound);
        try (FileRecording recording = FileBuilder.read(whole)) {
            assertEquals(2, recording.packets());
            assertTrue(recording.problem().isEmpty());
        }
    }

    @Test
    void shouldNameFrameAndOffsetOfTheBreak() {
        byte[] whole = files().get(0);
        int second = 24 + 16 + SYN.length;
        try (FileRecording recording = FileBuilder.read(Arrays.copyOf(whole, second + 20))) {
            assertEquals(
                    "frame 2 at byte " + second + ": cut off: 42 bytes announced, 4 there",
                    recording.problem().orElseThrow());
        }
        try (FileRecording recording = FileBuilder.read(new byte[0])) {
            assertEquals("the file is empty", recording.problem().orElseThrow());
        }
    }

    @ParameterizedTest
    @MethodSource("hostileFiles")
    void shouldEndAtHostileLengths(byte[] hostile) {
        try (FileRecording recording = FileBuilder.read(hostile)) {
            assertTrue(recording.packets() <= 1);
            assertTrue(recording.problem().isPresent());
        }
    }

    static List<byte[]> hostileFiles() {
        return List.of(
                pcapOf(0x7FFF_FFFF),
                pcapOf(-1),
                pcapOf(Integer.MIN_VALUE),
                pcapOf(262_145),
                pcapngOf(6, 0, new byte[20]),
                pcapngOf(6, 11, new byte[20]),
                pcapngOf(6, -1, new byte[20]),
                pcapngOf(6, -4, new byte[20]),
                pcapngOf(6, Integer.MIN_VALUE, new byte[20]),
                pcapngOf(6, 28, new byte[16]),
                pcapngOf(1, 16, new byte[4]),
                pcapngOf(0x0A0D_0D0A, 28, new byte[16]),
                packetOfLength(-1),
                packetOfLength(Integer.MAX_VALUE),
                packetOfLength(1));
    }

    private static byte[] pcapOf(int captured) {
        FileBuilder file = new FileBuilder(ByteOrder.BIG_ENDIAN);
        file.pcapHeader(FileBuilder.PCAP_MICROSECONDS, FileBuilder.ETHERNET);
        file.pcapPacket(1, 0, SYN);
        return file.pcapPacket(1, 0, captured, -1, SYN).bytes();
    }

    private static byte[] pcapngOf(int type, int length, byte[] body) {
        FileBuilder file = new FileBuilder(ByteOrder.BIG_ENDIAN).section();
        file.interfaceDescription(1, 0).enhancedPacket(0, 1, SYN);
        return file.blockOfLength(type, length, body).bytes();
    }

    private static byte[] packetOfLength(int captured) {
        ByteBuffer body = ByteBuffer.allocate(20).putInt(12, captured).putInt(16, captured);
        FileBuilder file = new FileBuilder(ByteOrder.BIG_ENDIAN).section();
        return file.interfaceDescription(1, 0).block(6, body.array()).bytes();
    }

    @Test
    void shouldEndAtPacketsOfInterfacesThatAreNotDescribed() {
        FileBuilder file = new FileBuilder(ByteOrder.BIG_ENDIAN).section();
        file.enhancedPacket(-1, 1, SYN);
        try (FileRecording recording = FileBuilder.read(file.bytes())) {
            assertEquals(0, recording.packets());
            assertEquals(
                    "frame 1 at byte 28: packet of interface 4294967295, which is not described",
                    recording.problem().orElseThrow());
        }
    }

    @Test
    void shouldSurviveAnyMutation() {
        long seed = Long.getLong("netverdict.seed", System.nanoTime());
        System.out.println("DamagedFileTest: -Dnetverdict.seed=" + seed);
        Random random = new Random(seed);
        List<byte[]> files = plainAndGzipped();
        assertTimeoutPreemptively(
                HANG,
                () -> {
                    long packets = 0;
                    for (int i = 0; i < MUTATIONS; i++) {
                        byte[] mutated = mutate(files.get(random.nextInt(files.size())), random);
                        packets += decodeAll(mutated);
                    }
                    assertTrue(packets > MUTATIONS / 10, "packets=" + packets);
                });
    }

    private static byte[] mutate(byte[] original, Random random) {
        byte[] mutated = Arrays.copyOf(original, original.length + random.nextInt(3));
        for (int change = random.nextInt(6); change >= 0; change--) {
            int at = random.nextInt(mutated.length);
            switch (random.nextInt(4)) {
                case 0 -> mutated[at] = (byte) random.nextInt();
                case 1 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> mutated[at] = (byte) 0xFF;
                default -> Arrays.fill(mutated, at, Math.min(mutated.length, at + 4), (byte) 0);
            }
        }
        return mutated;
    }

    /** Packets read; a mutated magic number may rightly be refused. */
    private static long decodeAll(byte[] content) throws IOException {
        PacketDecoder decoder = new PacketDecoder();
        try (FileRecording recording =
                FileOpening.read(
                        "mutated",
                        CaptureBytes.of(ByteBuffer.wrap(content)),
                        null,
                        ReadProgress.NONE,
                        null)) {
            for (long number = 1; number <= recording.packets(); number++) {
                decoder.decode(recording.packet(number));
            }
            recording.flows(Long.MIN_VALUE, Long.MAX_VALUE);
            return recording.packets();
        } catch (NotACaptureException refused) {
            return 0;
        }
    }
}
