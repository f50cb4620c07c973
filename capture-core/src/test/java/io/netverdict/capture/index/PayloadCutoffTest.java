package io.netverdict.capture.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.packet.HostilePackets;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.packet.PacketBytes;
import io.netverdict.capture.recording.FlowTuple;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadCutoffTest {
    private static final int TCP_HEADERS = 54;
    private static final int ACK = 0x10;
    private static final int FIN_ACK = 0x11;
    private static final int SYN = 0x02;
    private static final int RST = 0x04;
    private static final int SEGMENT = 1448;
    private static final int CLIENT_PORT = 40000;
    private static final long MILLI = 1_000_000;

    private final HeaderView view = new HeaderView();
    private final FlowTuple tuple = new FlowTuple();
    private long nanos = 1_000_000_000_000L;

    private int kept(PayloadCutoff cutoff, byte[] packet) {
        ByteBuffer buffer = ByteBuffer.wrap(packet);
        view.wrap(buffer, 0, packet.length, packet.length, LinkType.ETHERNET);
        nanos += MILLI;
        return tuple.read(view, buffer, packet.length)
                ? cutoff.keptLength(view, tuple, buffer, 0, packet.length, nanos)
                : packet.length;
    }

    private static byte[] response(int flags, int payloadBytes) {
        return response(443, flags, "", payloadBytes);
    }

    private static byte[] response(int port, int flags, String beginning, int payloadBytes) {
        return new PacketBytes()
                .ethernet(0x0800)
                .ipv4(IpProtocol.TCP, "10.0.0.9", "10.0.0.1")
                .tcp(port, CLIENT_PORT, 1, flags)
                .hex(beginning)
                .zeros(payloadBytes - (beginning.length() + 1) / 3)
                .build();
    }

    private static byte[] request(int payloadBytes) {
        return new PacketBytes()
                .ethernet(0x0800)
                .ipv4(IpProtocol.TCP, "10.0.0.1", "10.0.0.9")
                .tcp(CLIENT_PORT, 443, 1, ACK)
                .zeros(payloadBytes)
                .build();
    }

    /** A cutoff whose flow has had its share. */
    private PayloadCutoff spent(int bytes) {
        PayloadCutoff cutoff = new PayloadCutoff(bytes);
        for (int sent = 0; sent <= Math.max(bytes, PayloadCutoff.OPENING_BYTES); sent += SEGMENT) {
            kept(cutoff, response(ACK, SEGMENT));
        }
        return cutoff;
    }

    @Test
    void shouldKeepTheFirstPartOfADirectionWholeAndThenHeaders() {
        PayloadCutoff cutoff = new PayloadCutoff(2 * SEGMENT + 100);
        assertEquals(TCP_HEADERS + SEGMENT, kept(cutoff, response(ACK, SEGMENT)));
        assertEquals(TCP_HEADERS + SEGMENT, kept(cutoff, response(ACK, SEGMENT)));
        assertEquals(TCP_HEADERS + 100, kept(cutoff, response(ACK, SEGMENT)));
        assertEquals(TCP_HEADERS + PayloadCutoff.HEAD_BYTES, kept(cutoff, response(ACK, SEGMENT)));
    }

    @Test
    void shouldKeepTheOpeningOfEachResponseOnABusyConnection() {
        PayloadCutoff cutoff = spent(4096);
        kept(cutoff, request(100));
        assertEquals(
                TCP_HEADERS + PayloadCutoff.OPENING_BYTES, kept(cutoff, response(ACK, SEGMENT)));
        assertEquals(TCP_HEADERS + PayloadCutoff.HEAD_BYTES, kept(cutoff, response(ACK, SEGMENT)));
    }

    @Test
    void shouldKeepAgainAfterIdleness() {
        PayloadCutoff cutoff = spent(4096);
        nanos += 1_100 * MILLI;
        assertEquals(TCP_HEADERS + SEGMENT, kept(cutoff, response(ACK, SEGMENT)));
    }

    @Test
    void shouldKeepAgainAfterASyn() {
        PayloadCutoff cutoff = spent(4096);
        assertEquals(TCP_HEADERS, kept(cutoff, response(SYN, 0)));
        assertEquals(TCP_HEADERS + SEGMENT, kept(cutoff, response(ACK, SEGMENT)));
    }

    @Test
    void shouldKeepWholeWhatDecides() {
        PayloadCutoff cutoff = spent(4096);
        int small = PayloadCutoff.SMALL_PAYLOAD_BYTES;
        assertEquals(TCP_HEADERS + small, kept(cutoff, response(ACK, small)));
        assertEquals(TCP_HEADERS + SEGMENT, kept(cutoff, response(RST, SEGMENT)));
        assertEquals(
                TCP_HEADERS + PayloadCutoff.OPENING_BYTES,
                kept(cutoff, response(FIN_ACK, SEGMENT)));
        byte[] echo =
                new PacketBytes()
                        .ethernet(0x0800)
                        .ipv4(IpProtocol.ICMP, "10.0.0.1", "10.0.0.9")
                        .icmp(8, 0, 0)
                        .zeros(SEGMENT)
                        .build();
        byte[] fragment =
                new PacketBytes()
                        .ethernet(0x0800)
                        .ipv4(IpProtocol.TCP, "10.0.0.9", "10.0.0.1", 0x2000)
                        .tcp(443, CLIENT_PORT, 1, ACK)
                        .zeros(SEGMENT)
                        .build();
        for (int i = 0; i < 10; i++) {
            assertEquals(echo.length, kept(cutoff, echo));
            assertEquals(fragment.length, kept(cutoff, fragment));
            byte[] dns = response(53, ACK, "", SEGMENT);
            assertEquals(dns.length, kept(cutoff, dns));
        }
    }

    @Test
    void shouldKeepTlsHandshakesWholeEvenBehindConnect() {
        PayloadCutoff cutoff = spent(0);
        byte[] hello = response(443, ACK, "16 03 03 10 00", SEGMENT);
        assertEquals(hello.length, kept(cutoff, hello));
        int sent = SEGMENT;
        for (; sent + SEGMENT <= PayloadCutoff.HANDSHAKE_BYTES; sent += SEGMENT) {
            assertEquals(TCP_HEADERS + SEGMENT, kept(cutoff, response(ACK, SEGMENT)));
        }
        kept(cutoff, response(ACK, SEGMENT));
        assertEquals(TCP_HEADERS + PayloadCutoff.HEAD_BYTES, kept(cutoff, response(ACK, SEGMENT)));
    }

    @Test
    void shouldCutNothingWhenOff() {
        PayloadCutoff cutoff = new PayloadCutoff(PayloadCutoff.OFF);
        for (int i = 0; i < 100; i++) {
            assertEquals(TCP_HEADERS + SEGMENT, kept(cutoff, response(ACK, SEGMENT)));
        }
    }

    @Test
    void shouldNeverKeepMoreThanWasCapturedOfHostilePackets() {
        PayloadCutoff cutoff = new PayloadCutoff(0);
        for (byte[] packet : hostile()) {
            int kept = kept(cutoff, packet);
            assertTrue(kept >= 0 && kept <= packet.length, () -> "kept=" + kept);
        }
    }

    private static List<byte[]> hostile() {
        return HostilePackets.all();
    }

    @Test
    void shouldRejectNegativeSizes() {
        assertThrows(IllegalArgumentException.class, () -> new PayloadCutoff(-1));
    }
}
