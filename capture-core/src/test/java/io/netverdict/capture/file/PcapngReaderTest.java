package io.netverdict.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.packet.PacketDirection;
import io.netverdict.capture.recording.RecordedInterface;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PcapngReaderTest {
    private static final byte[] SYN = Frames.tcp(Frames.CLIENT, 40_112, Frames.SERVER, 8443);
    private static final long MICROS = FileBuilder.SECONDS * 1_000_000L;
    private static final long NANOS = FileBuilder.SECONDS * 1_000_000_000L;

    static List<Arguments> orders() {
        return List.of(
                Arguments.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN),
                Arguments.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldReadSectionsOfDifferentByteOrderWithTheirOwnInterfaces(
            ByteOrder order, ByteOrder nextOrder) {
        FileBuilder first = new FileBuilder(order).section();
        first.interfaceDescription(1, 65_535, first.textOption(2, "eth0"), first.option(0));
        first.interfaceDescription(113, 0, first.textOption(2, "any"), first.option(9, (byte) 9));
        first.enhancedPacket(1, NANOS + 7, new byte[16]);
        first.enhancedPacket(0, MICROS + 5, SYN);
        FileBuilder second = new FileBuilder(nextOrder).section();
        second.interfaceDescription(1, 0);
        second.enhancedPacket(0, MICROS, SYN);
        byte[] content = first.raw(second.bytes()).bytes();
        try (FileRecording recording = FileBuilder.read(content)) {
            assertTrue(recording.problem().isEmpty());
            assertEquals(
                    List.of(
                            new RecordedInterface("eth0", 1, 65_535),
                            new RecordedInterface("any", 113, 0),
                            new RecordedInterface("", 1, 0)),
                    recording.interfaces());
            assertEquals(9, recording.timeDigits());
            assertEquals(NANOS + 7, recording.packet(1).timeNanos());
            assertEquals(113, recording.packet(1).linkType());
            assertEquals(NANOS + 5000, recording.packet(2).timeNanos());
            assertEquals(2, recording.packet(3).interfaceIndex());
            assertEquals(NANOS, recording.coverage().firstNanos());
            assertEquals(NANOS + 5000, recording.coverage().lastNanos());
        }
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldReadDirectionsDropsAndSkipWhatItDoesNotKnow(ByteOrder order) {
        FileBuilder file = new FileBuilder(order).section();
        file.interfaceDescription(1, 0);
        file.block(4, new byte[7]);
        file.block(0x0BAD_0BAD, new byte[40]);
        file.enhancedPacket(0, MICROS, SYN, file.textOption(1, "note"), file.intOption(2, 1));
        file.enhancedPacket(
                0, MICROS, SYN, file.intOption(2, 2), file.longOption(4, 3), file.option(0));
        file.enhancedPacket(0, MICROS, SYN, file.intOption(2, 0));
        file.statistics(0, file.longOption(5, 2), file.longOption(7, 10));
        file.statistics(0, file.longOption(5, 4), file.longOption(7, 20));
        file.statistics(9, file.longOption(5, 99));
        try (FileRecording recording = FileBuilder.read(file.bytes())) {
            assertEquals(3, recording.packets());
            assertEquals(PacketDirection.INBOUND, recording.packet(1).direction());
            assertEquals(PacketDirection.OUTBOUND, recording.packet(2).direction());
            assertEquals(PacketDirection.UNKNOWN, recording.packet(3).direction());
            assertEquals(20, recording.coverage().droppedByKernel());
            assertEquals(4, recording.coverage().droppedByInterface());
        }
    }

    @Test
    void shouldReadObsoleteAndSimplePackets() {
        FileBuilder file = new FileBuilder(ByteOrder.LITTLE_ENDIAN).section();
        file.interfaceDescription(1, 20);
        file.obsoletePacket(0, 2, MICROS, SYN);
        file.simplePacket(1514, Arrays.copyOf(SYN, 20));
        file.obsoletePacket(0, 0xFFFF, MICROS + 1, SYN);
        try (FileRecording recording = FileBuilder.read(file.bytes())) {
            assertEquals(3, recording.packets());
            assertEquals(SYN.length, recording.packet(1).capturedLength());
            assertEquals(20, recording.packet(2).capturedLength());
            assertEquals(1514, recording.packet(2).wireLength());
            assertEquals(NANOS, recording.packet(2).timeNanos());
            assertEquals(2, recording.coverage().droppedByKernel());
        }
    }

    @Test
    void shouldReadTheSameWhenGzipped() {
        FileBuilder file = new FileBuilder(ByteOrder.BIG_ENDIAN).section();
        file.interfaceDescription(1, 0).enhancedPacket(0, MICROS, SYN);
        try (FileRecording recording = FileBuilder.read(FileBuilder.gzip(file.bytes()))) {
            assertEquals(1, recording.packets());
            assertTrue(recording.problem().isEmpty());
        }
    }

    static List<Arguments> resolutions() {
        long half = 1L << 31;
        return List.of(
                Arguments.of(0, 0L, 5L, 5_000_000_000L, 0),
                Arguments.of(3, 0L, 5_001L, 5_001_000_000L, 3),
                Arguments.of(6, 2L, 5_000_001L, 7_000_001_000L, 6),
                Arguments.of(9, -1L, 5_000_000_001L, 4_000_000_001L, 9),
                Arguments.of(12, 0L, 5_000_000_001_999L, 5_000_000_001L, 9),
                Arguments.of(0x80 | 10, 0L, 5L << 10 | 512, 5_500_000_000L, 4),
                Arguments.of(0x80 | 32, 0L, 5L << 32 | half, 5_500_000_000L, 9),
                Arguments.of(0x80 | 60, 0L, 5L << 60 | 1L << 59, 5_500_000_000L, 9),
                Arguments.of(0x7F, 3L, 77L, 3_000_000_000L, 9),
                Arguments.of(0xFF, 3L, 77L, 3_000_000_000L, 9));
    }

    @ParameterizedTest
    @MethodSource("resolutions")
    void shouldConvertTimesOfAnyResolution(
            int resolution, long offsetSeconds, long ticks, long nanos, int digits) {
        FileBuilder file = new FileBuilder(ByteOrder.BIG_ENDIAN).section();
        file.interfaceDescription(
                1, 0, file.option(9, (byte) resolution), file.longOption(14, offsetSeconds));
        file.enhancedPacket(0, ticks, SYN);
        try (FileRecording recording = FileBuilder.read(file.bytes())) {
            assertEquals(nanos, recording.packet(1).timeNanos());
            assertEquals(digits, recording.timeDigits());
        }
    }
}
