package io.netverdict.service;

import io.netverdict.capture.file.PcapngSection;
import io.netverdict.capture.file.PcapngWriter;
import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.packet.PacketDirection;
import io.netverdict.capture.recording.RecordedInterface;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A capture file made here: four SYNs to 192.0.2.80:8443 that nobody answers, raw IP. */
public final class SampleCapture {
    public static final Instant START = Instant.parse("2026-11-23T11:00:00.123456789Z");
    public static final Instant ERROR_AT = Instant.parse("2026-11-23T11:00:10.500Z");
    public static final String URL = "https://192.0.2.80:8443/img";
    public static final String MESSAGE =
            "Get \"https://192.0.2.80:8443/img\": dial tcp 192.0.2.80:8443: i/o timeout";

    private static final int LINK_TYPE_RAW = 101;
    private static final long[] SYN_MILLIS = {0, 1_020, 3_070, 7_100};
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int IP_AND_TCP_HEADER_BYTES = 40;

    private SampleCapture() {}

    /** Writes the file into a directory. */
    public static Path writeTo(Path directory) throws IOException {
        Path file = directory.resolve("syn.pcapng");
        PcapngSection section = PcapngSection.ofThisMachine("test", "");
        try (PcapngWriter writer = PcapngWriter.create(file, section)) {
            writer.addInterface(new RecordedInterface("eth0", LINK_TYPE_RAW, 0));
            for (CapturedPacket packet : packets()) {
                writer.write(packet);
            }
        }
        return file;
    }

    private static List<CapturedPacket> packets() {
        long start = START.getEpochSecond() * NANOS_PER_SECOND + START.getNano();
        return java.util.stream.IntStream.range(0, SYN_MILLIS.length)
                .mapToObj(
                        i ->
                                new CapturedPacket(
                                        i + 1L,
                                        start + SYN_MILLIS[i] * 1_000_000,
                                        0,
                                        PacketDirection.OUTBOUND,
                                        LINK_TYPE_RAW,
                                        IP_AND_TCP_HEADER_BYTES,
                                        syn(i)))
                .toList();
    }

    private static ByteBuffer syn(int identification) {
        ByteBuffer packet = ByteBuffer.allocate(IP_AND_TCP_HEADER_BYTES);
        packet.put((byte) 0x45).put((byte) 0).putShort((short) IP_AND_TCP_HEADER_BYTES);
        packet.putShort((short) identification).putShort((short) 0x4000);
        packet.put((byte) 64).put((byte) 6).putShort((short) 0);
        packet.put(new byte[] {(byte) 192, 0, 2, 1}).put(new byte[] {(byte) 192, 0, 2, 80});
        packet.putShort((short) 40112).putShort((short) 8443);
        packet.putInt(1000).putInt(0);
        packet.put((byte) 0x50).put((byte) 0x02).putShort((short) 64240).putInt(0);
        return packet.flip();
    }

    /** The link type its packets have. */
    public static LinkType linkType() {
        return LinkType.fromCode(LINK_TYPE_RAW);
    }
}
