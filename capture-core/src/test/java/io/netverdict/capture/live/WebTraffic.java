package io.netverdict.capture.live;

import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.packet.PacketBytes;
import io.netverdict.nativelib.NativeMemory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Packets of clients and a web server, recorded one after the other on a made-up clock. */
final class WebTraffic {
    private static final String TIMESTAMPS = "01 01 08 0A 00 00 00 01 00 00 00 02";
    private static final int SEGMENT = 1448;
    private static final int SYN = 0x02;
    private static final int SYN_ACK = 0x12;
    private static final int RST_ACK = 0x14;
    private static final int ACK = 0x10;
    private static final int FIN_ACK = 0x11;
    private static final int DNS_PORT = 53;
    private static final int QUERY_BYTES = 40;
    private static final int ANSWER_BYTES = 90;
    private static final long NANOS_PER_PACKET = 1_000;
    private static final int BULK_BODY_BYTES = 27_000;
    private static final int SHORT_BODY_BYTES = 2048;

    private static final byte[] REQUEST =
            ascii("GET /bulk HTTP/1.1\r\nHost: origin.example\r\nAccept: */*\r\n\r\n");

    /** Bytes of request and response of {@link #bulkResponse}. */
    static final long BULK_BYTES =
            REQUEST.length + header(BULK_BODY_BYTES).length + BULK_BODY_BYTES;

    private final PacketRecorder recorder;
    private final ByteBuffer memory = ByteBuffer.allocateDirect(4096);
    private final List<ByteBuffer> packets = new ArrayList<>();
    private long nanos = RecorderHarness.EPOCH;

    WebTraffic(RecorderHarness harness) {
        this.recorder = harness.recorder(0);
    }

    private WebTraffic() {
        this.recorder = null;
    }

    /** The packets of some traffic, each in direct memory, without recording them. */
    static List<ByteBuffer> packetsOf(Consumer<WebTraffic> traffic) {
        WebTraffic unrecorded = new WebTraffic();
        traffic.accept(unrecorded);
        return unrecorded.packets;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] header(int bodyBytes) {
        return ascii(
                "HTTP/1.1 200 OK\r\n"
                        + "Server: nginx/1.22.1\r\n"
                        + "Date: Mon, 23 Nov 2026 12:00:00 GMT\r\n"
                        + "Content-Type: application/octet-stream\r\n"
                        + "Content-Length: "
                        + bodyBytes
                        + "\r\n"
                        + "Last-Modified: Mon, 23 Nov 2026 11:00:00 GMT\r\n"
                        + "Connection: keep-alive\r\n"
                        + "ETag: \"65641c00-6978\"\r\n"
                        + "Accept-Ranges: bytes\r\n\r\n");
    }

    /** The last packet's time. */
    long nanos() {
        return nanos;
    }

    private void upstream(int port, int flags, byte[] payload) {
        record(
                new PacketBytes()
                        .ethernet(0x0800)
                        .ipv4(IpProtocol.TCP, "10.0.0.1", "10.0.0.9")
                        .tcp(port, 80, 1, flags, TIMESTAMPS)
                        .payload(payload)
                        .build());
    }

    private void downstream(int port, int sequence, int flags, byte[] payload, int zeros) {
        record(
                new PacketBytes()
                        .ethernet(0x0800)
                        .ipv4(IpProtocol.TCP, "10.0.0.9", "10.0.0.1")
                        .tcp(80, port, sequence, flags, TIMESTAMPS)
                        .payload(payload)
                        .zeros(zeros)
                        .build());
    }

    private void downstream(int port, int flags) {
        downstream(port, 1, flags, new byte[0], 0);
    }

    private void record(byte[] packet) {
        nanos += NANOS_PER_PACKET;
        if (recorder == null) {
            packets.add(ByteBuffer.allocateDirect(packet.length).put(packet).clear());
            return;
        }
        memory.clear().put(packet);
        recorder.record(NativeMemory.addressOf(memory), packet.length, packet.length, nanos);
    }

    private void response(int port, int bodyBytes) {
        byte[] header = header(bodyBytes);
        int first = SEGMENT - header.length;
        downstream(port, 1, ACK, header, first);
        for (int sent = first; sent < bodyBytes; sent += SEGMENT) {
            int length = Math.min(bodyBytes - sent, SEGMENT);
            downstream(port, 1 + header.length + sent, ACK, new byte[0], length);
        }
    }

    /** A response of 27 KB on a connection that lives on. */
    void bulkResponse(int port) {
        upstream(port, ACK, REQUEST);
        response(port, BULK_BODY_BYTES);
        upstream(port, ACK, new byte[0]);
    }

    /** A response of 2 KB with a connection of its own. */
    void shortConnection(int port) {
        upstream(port, SYN, new byte[0]);
        downstream(port, SYN_ACK);
        upstream(port, ACK, new byte[0]);
        upstream(port, ACK, REQUEST);
        downstream(port, ACK);
        response(port, SHORT_BODY_BYTES);
        upstream(port, ACK, new byte[0]);
        upstream(port, FIN_ACK, new byte[0]);
        downstream(port, FIN_ACK);
        upstream(port, ACK, new byte[0]);
    }

    /** A connection that the server refuses. */
    void refused(int port) {
        upstream(port, SYN, new byte[0]);
        downstream(port, RST_ACK);
    }

    /** A name asked for and answered. */
    void lookup(int port) {
        record(
                new PacketBytes()
                        .ethernet(0x0800)
                        .ipv4(IpProtocol.UDP, "10.0.0.1", "10.0.0.53")
                        .udp(port, DNS_PORT)
                        .zeros(QUERY_BYTES)
                        .build());
        record(
                new PacketBytes()
                        .ethernet(0x0800)
                        .ipv4(IpProtocol.UDP, "10.0.0.53", "10.0.0.1")
                        .udp(DNS_PORT, port)
                        .zeros(ANSWER_BYTES)
                        .build());
    }
}
