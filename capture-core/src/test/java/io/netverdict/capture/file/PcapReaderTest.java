package io.netverdict.capture.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.PacketDirection;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PcapReaderTest {
    private static final byte[] SYN = Frames.tcp(Frames.CLIENT, 40_112, Frames.SERVER, 8443);
    private static final long SECONDS_NANOS = FileBuilder.SECONDS * 1_000_000_000L;

    static Stream<Arguments> variants() {
        return Stream.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)
                .flatMap(
                        order ->
                                Stream.of(
                                        Arguments.of(order, FileBuilder.PCAP_MICROSECONDS, 6, 1000),
                                        Arguments.of(order, FileBuilder.PCAP_NANOSECONDS, 9, 1)));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void shouldReadBothByteOrdersAndResolutions(
            ByteOrder order, int magic, int digits, int nanosPerTick) {
        FileBuilder file = new FileBuilder(order).pcapHeader(magic, FileBuilder.ETHERNET);
        file.pcapPacket(FileBuilder.SECONDS, 123_456, SYN);
        file.pcapPacket(FileBuilder.SECONDS, 999_999, SYN.length, 1514, SYN);
        for (byte[] content : List.of(file.bytes(), FileBuilder.gzip(file.bytes()))) {
            try (FileRecording recording = FileBuilder.read(content)) {
                assertEquals(2, recording.packets());
                assertEquals(content.length, recording.bytes());
                assertEquals(digits, recording.timeDigits());
                assertTrue(recording.problem().isEmpty());
                assertEquals(1, recording.interfaces().get(0).linkType());
                CapturedPacket second = recording.packet(2);
                assertEquals(SECONDS_NANOS + 999_999L * nanosPerTick, second.timeNanos());
                assertEquals(1514, second.wireLength());
                byte[] data = new byte[second.capturedLength()];
                second.data().get(data);
                assertArrayEquals(SYN, data);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void shouldReadTheModifiedFormatWithItsDirections(ByteOrder order) {
        FileBuilder file = new FileBuilder(order);
        file.pcapHeader(FileBuilder.PCAP_MODIFIED, FileBuilder.ETHERNET);
        file.modifiedPacket(FileBuilder.SECONDS, 1, 4, SYN);
        file.modifiedPacket(FileBuilder.SECONDS, 2, 0, SYN);
        try (FileRecording recording = FileBuilder.read(file.bytes())) {
            assertEquals(2, recording.packets());
            assertEquals(PacketDirection.OUTBOUND, recording.packet(1).direction());
            assertEquals(PacketDirection.INBOUND, recording.packet(2).direction());
            assertEquals(SYN.length, recording.packet(2).capturedLength());
        }
    }

    @Test
    void shouldIgnoreTheFrameCheckSequenceLengthInTheLinkType() {
        FileBuilder file = new FileBuilder(ByteOrder.BIG_ENDIAN);
        file.pcapHeader(FileBuilder.PCAP_MICROSECONDS, 0x4400_0001);
        file.pcapPacket(FileBuilder.SECONDS, 0, SYN);
        try (FileRecording recording = FileBuilder.read(file.bytes())) {
            assertEquals(0, recording.coverage().undecodable());
            assertEquals(1, recording.flows(Long.MIN_VALUE, Long.MAX_VALUE).size());
        }
    }

    @Test
    void shouldNumberAndCountPacketsOfUnknownLinkTypes() {
        FileBuilder file = new FileBuilder(ByteOrder.BIG_ENDIAN);
        file.pcapHeader(FileBuilder.PCAP_MICROSECONDS, 147);
        file.pcapPacket(FileBuilder.SECONDS, 0, SYN);
        try (FileRecording recording = FileBuilder.read(file.bytes())) {
            assertEquals(1, recording.packets());
            assertEquals(1, recording.coverage().undecodable());
            assertEquals(147, recording.packet(1).linkType());
            assertTrue(recording.flows(Long.MIN_VALUE, Long.MAX_VALUE).isEmpty());
        }
    }

    @Test
    void shouldTakeTheLargerLengthForTheWireLength() {
        FileBuilder file = new FileBuilder(ByteOrder.BIG_ENDIAN);
        file.pcapHeader(FileBuilder.PCAP_MICROSECONDS, FileBuilder.ETHERNET);
        file.pcapPacket(FileBuilder.SECONDS, 0, SYN.length, 10, SYN);
        try (FileRecording recording = FileBuilder.read(file.bytes())) {
            assertEquals(SYN.length, recording.packet(1).wireLength());
        }
    }
}
