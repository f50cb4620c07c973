package io.netverdict.correlator.marks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.DecodedPacket.Integrity;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.packet.NetworkHeader;
import io.netverdict.capture.packet.PacketDirection;
import io.netverdict.capture.packet.Transport.Tcp;
import io.netverdict.capture.packet.Transport.TcpOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Segments of one connection as a table, a line each: who (c or s), milliseconds, flags, sequence
 * number, acknowledgment, payload length, window, then optionally {@code ws=n} of a SYN, and behind
 * a bar the marks that are expected. Sequence numbers are relative to the initial ones, which are
 * chosen so that they soon wrap.
 */
final class SegmentTable {
    static final String HANDSHAKE =
            """
            c 0  SYN     0 0 0 8000 |
            s 10 SYN,ACK 0 1 0 8000 |
            c 20 ACK     1 1 0 8000 |
            """;

    private static final long CLIENT_ISN = 0xFFFF_FF00L;
    private static final long SERVER_ISN = 0xFFFF_FFFEL;
    private static final IpAddress CLIENT = IpAddress.ofV4(0x0A000001);
    private static final IpAddress SERVER = IpAddress.ofV4(0x0A000002);
    private static final int CLIENT_PORT = 40000;
    private static final int SERVER_PORT = 443;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private SegmentTable() {}

    /** Marks the segments and compares with the expected marks, all lines at once. */
    static void check(String... tables) {
        List<DecodedPacket> packets = packets(tables);
        TcpMarks marks = TcpMarks.of(packets);
        StringJoiner expected = new StringJoiner("\n");
        StringJoiner actual = new StringJoiner("\n");
        int number = 0;
        for (String line : lines(tables)) {
            number++;
            String segment = line.substring(0, line.indexOf('|') + 1);
            StringJoiner labels = new StringJoiner(" ");
            marks.of(number).forEach(mark -> labels.add(mark.label()));
            expected.add(segment + " " + line.substring(segment.length()).strip());
            actual.add(segment + " " + labels);
        }
        assertEquals(expected.toString(), actual.toString());
    }

    /** The packets of a table, numbered from 1. */
    static List<DecodedPacket> packets(String... tables) {
        List<DecodedPacket> packets = new ArrayList<>();
        for (String line : lines(tables)) {
            packets.add(packet(packets.size() + 1, line.substring(0, line.indexOf('|'))));
        }
        return packets;
    }

    private static List<String> lines(String... tables) {
        return String.join("\n", tables).lines().filter(line -> !line.isBlank()).toList();
    }

    private static DecodedPacket packet(int number, String line) {
        String[] columns = line.strip().split("\\s+");
        boolean client = columns[0].equals("c");
        long nanos = (long) (Double.parseDouble(columns[1]) * NANOS_PER_MILLI);
        int flags = flags(columns[2]);
        long own = client ? CLIENT_ISN : SERVER_ISN;
        long other = client ? SERVER_ISN : CLIENT_ISN;
        long sequence = own + Long.parseLong(columns[3]) & 0xFFFF_FFFFL;
        boolean ack = (flags & Tcp.ACK) != 0;
        long acknowledgment = ack ? other + Long.parseLong(columns[4]) & 0xFFFF_FFFFL : 0;
        int length = Integer.parseInt(columns[5]);
        int scale = columns.length > 7 ? Integer.parseInt(columns[7].substring(3)) : -1;
        TcpOptions options =
                scale < 0
                        ? TcpOptions.NONE
                        : new TcpOptions(-1, scale, false, -1, -1, List.of(), true);
        Tcp segment =
                new Tcp(
                        client ? CLIENT_PORT : SERVER_PORT,
                        client ? SERVER_PORT : CLIENT_PORT,
                        sequence,
                        acknowledgment,
                        flags,
                        Integer.parseInt(columns[6]),
                        options,
                        ByteBuffer.allocate(length),
                        length);
        CapturedPacket captured =
                new CapturedPacket(
                        number,
                        nanos,
                        0,
                        PacketDirection.UNKNOWN,
                        LinkType.RAW.code(),
                        40 + length,
                        ByteBuffer.allocate(0));
        NetworkHeader.Ip ip =
                new NetworkHeader.Ip(
                        4,
                        client ? CLIENT : SERVER,
                        client ? SERVER : CLIENT,
                        64,
                        IpProtocol.TCP,
                        0,
                        true,
                        false,
                        0,
                        20 + length);
        return new DecodedPacket(
                captured, PacketDirection.UNKNOWN, -1, ip, segment, Integrity.COMPLETE);
    }

    private static int flags(String names) {
        int flags = 0;
        for (String name : Set.of(names.split(","))) {
            flags |=
                    switch (name) {
                        case "SYN" -> Tcp.SYN;
                        case "ACK" -> Tcp.ACK;
                        case "FIN" -> Tcp.FIN;
                        case "RST" -> Tcp.RST;
                        case "PSH" -> Tcp.PSH;
                        default -> throw new IllegalArgumentException("flag=" + name);
                    };
        }
        return flags;
    }
}
