package io.netverdict.service.warmup;

import static io.netverdict.service.warmup.SampleFrames.ACK;
import static io.netverdict.service.warmup.SampleFrames.FIN;
import static io.netverdict.service.warmup.SampleFrames.NOTHING;
import static io.netverdict.service.warmup.SampleFrames.PUSH;
import static io.netverdict.service.warmup.SampleFrames.RST;
import static io.netverdict.service.warmup.SampleFrames.SYN;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * A capture of a lookup, refused connections (some over IPv6), refused TLS handshakes and HTTP
 * exchanges, of which some are never answered and some lose packets, with the ARP, neighbor
 * discovery and ICMP that go with them.
 */
public final class SamplePackets {
    private static final int SEGMENT_BYTES = 1448;
    private static final int FILE_BYTES = 1 << 18;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long PCAP_FROM_NANOS = 1_700_000_000L * NANOS_PER_SECOND;

    /** Ethernet, in pcap files. */
    public static final int LINK_TYPE = 1;

    public static final int FIRST_PORT = 40_000;

    /** As many as are read on a busy machine. */
    public static final int CONNECTIONS = 40;

    /** Up to the server's name, where it is the only extension. */
    private static final int HELLO_BYTES = 61;

    private static final int DUPLICATES = 4;

    private final SampleFrames frames;

    /** What takes the packets. */
    public interface Sink {
        /**
         * @param timeNanos since the epoch
         */
        void packet(byte[] packet, long timeNanos);
    }

    private SamplePackets(Sink sink, long fromNanos) {
        frames = new SampleFrames(sink, fromNanos);
    }

    /** The content of a pcap file. */
    public static byte[] pcap() {
        return pcap(FILE_BYTES, sink -> emit(FIRST_PORT, PCAP_FROM_NANOS, sink));
    }

    /**
     * The content of a pcap file with one connection more: the client closes in the middle of a
     * response.
     *
     * @param segments of the response that there were
     */
    public static byte[] pcapWithTransfer(int segments) {
        return pcap(
                FILE_BYTES + 2 * segments * SEGMENT_BYTES,
                sink -> {
                    long end = emit(FIRST_PORT, PCAP_FROM_NANOS, sink);
                    SamplePackets more = new SamplePackets(sink, end);
                    more.givenUp(FIRST_PORT);
                    more.brokenOff(FIRST_PORT + CONNECTIONS, segments);
                });
    }

    private static byte[] pcap(int bytes, Consumer<Sink> packets) {
        ByteBuffer file = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0xA1B2_C3D4).putShort((short) 2).putShort((short) 4);
        file.putLong(0).putInt(0xFFFF).putInt(LINK_TYPE);
        packets.accept(
                (packet, timeNanos) -> {
                    file.putInt((int) (timeNanos / NANOS_PER_SECOND));
                    file.putInt((int) (timeNanos % NANOS_PER_SECOND / 1000));
                    file.putInt(packet.length).putInt(packet.length).put(packet);
                });
        byte[] content = new byte[file.position()];
        file.get(0, content);
        return content;
    }

    /**
     * Gives the packets to a sink, in the order of time.
     *
     * @param firstPort the client's first; it takes {@link #CONNECTIONS} of them
     * @param fromNanos when they begin, since the epoch
     * @return when they end
     */
    public static long emit(int firstPort, long fromNanos, Sink sink) {
        SamplePackets sample = new SamplePackets(sink, fromNanos);
        sample.frames.arp();
        sample.frames.neighborDiscovery();
        sample.lookup();
        for (int port = firstPort; port < firstPort + CONNECTIONS; port++) {
            sample.exchange(port, port % 10 != 0);
            sample.refused(port);
            if (port % 10 == 1) {
                sample.handshake(port);
                sample.refusedV6(port);
            }
        }
        return sample.frames.nanos();
    }

    /**
     * Gives refused connections alone to a sink, in the order of time.
     *
     * @param firstPort the client's first
     * @param fromNanos when they begin, since the epoch
     * @return when they end
     */
    public static long emitRefused(int firstPort, int connections, long fromNanos, Sink sink) {
        SamplePackets sample = new SamplePackets(sink, fromNanos);
        for (int port = firstPort; port < firstPort + connections; port++) {
            sample.refused(port);
        }
        return sample.frames.nanos();
    }

    private void refused(int port) {
        frames.tcp(true, port, 81, 1, 0, SYN, NOTHING);
        frames.tcp(false, port, 81, 0, 2, RST | ACK, NOTHING);
    }

    private void refusedV6(int port) {
        frames.tcpV6(true, port, 81, 1, 0, SYN, NOTHING);
        frames.tcpV6(false, port, 81, 0, 2, RST | ACK, NOTHING);
    }

    /** Answered twice; for the second answer nobody waits. */
    private void lookup() {
        byte[] name = "\4host\7example\0\0\1\0\1".getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer query = ByteBuffer.allocate(12 + name.length);
        query.putShort((short) 7).putShort((short) 0x0100).putShort((short) 1).position(12);
        frames.udp(true, query.put(name).array());
        ByteBuffer answer = ByteBuffer.allocate(12 + name.length + 16);
        answer.putShort((short) 7).putShort((short) 0x8180).putShort((short) 1);
        answer.putShort((short) 1).position(12);
        answer.put(name).putShort((short) 0xC00C).putInt(0x0001_0001).putInt(60);
        answer.putShort((short) 4).putInt(SampleFrames.SERVER);
        frames.udp(false, answer.array());
        frames.udp(false, answer.array());
        frames.portUnreachable(answer.array());
    }

    private void exchange(int port, boolean answered) {
        byte[] request =
                "GET /a HTTP/1.1\r\nHost: host.example\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] response =
                "HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\nno"
                        .getBytes(StandardCharsets.US_ASCII);
        frames.tcp(true, port, 80, 100, 0, SYN, NOTHING);
        frames.tcp(false, port, 80, 500, 101, SYN | ACK, NOTHING);
        frames.tcp(true, port, 80, 101, 501, ACK, NOTHING);
        frames.tcp(true, port, 80, 101, 501, PUSH | ACK, request);
        int asked = 101 + request.length;
        frames.tcp(false, port, 80, 501, asked, ACK, NOTHING);
        int said = 501;
        if (port % 10 == 2) {
            said += lossy(port, said, asked);
        }
        if (answered) {
            frames.tcp(false, port, 80, said, asked, PUSH | ACK, response);
            said += response.length;
        }
        frames.tcp(false, port, 80, said, asked, FIN | ACK, NOTHING);
        frames.tcp(true, port, 80, asked, said + 1, FIN | ACK, NOTHING);
        frames.tcp(false, port, 80, said + 1, asked + 1, ACK, NOTHING);
    }

    /** Requests whose client resets the connection, or closes it, without an answer to the last. */
    private void givenUp(int port) {
        byte[] request =
                "GET /c HTTP/1.1\r\nHost: host.example\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] response =
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
                        .getBytes(StandardCharsets.US_ASCII);
        for (int closing : new int[] {RST | ACK, FIN | ACK}) {
            frames.tcp(true, port, 82, 100, 0, SYN, NOTHING);
            frames.tcp(false, port, 82, 500, 101, SYN | ACK, NOTHING);
            frames.tcp(true, port, 82, 101, 501, PUSH | ACK, request);
            int asked = 101 + request.length;
            frames.tcp(false, port, 82, 501, asked, PUSH | ACK, response);
            int said = 501 + response.length;
            frames.tcp(true, port, 82, asked, said, PUSH | ACK, request);
            asked += request.length;
            frames.tcp(true, port, 82, asked, said, closing, NOTHING);
            port += CONNECTIONS;
        }
        frames.tcp(true, port, 82, 100, 0, ACK, NOTHING);
        frames.tcp(true, port, 82, 100, 0, RST, NOTHING);
    }

    private void brokenOff(int port, int segments) {
        byte[] request =
                "GET /b HTTP/1.1\r\nHost: host.example\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] head =
                "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII);
        frames.tcp(true, port, 80, 100, 0, SYN, NOTHING);
        frames.tcp(false, port, 80, 500, 101, SYN | ACK, NOTHING);
        frames.tcp(true, port, 80, 101, 501, PUSH | ACK, request);
        int asked = 101 + request.length;
        int said = 501 + head.length;
        frames.tcp(false, port, 80, 501, asked, PUSH | ACK, head);
        for (int i = 0; i < segments; i++) {
            frames.tcp(false, port, 80, said, asked, ACK, new byte[SEGMENT_BYTES]);
            said += SEGMENT_BYTES;
            frames.tcp(true, port, 80, asked, said, ACK, NOTHING);
        }
        frames.tcp(true, port, 80, asked, said, FIN | ACK, NOTHING);
        frames.tcp(false, port, 80, said, asked, ACK, new byte[SEGMENT_BYTES]);
        frames.tcp(true, port, 80, asked + 1, 0, RST, NOTHING);
    }

    /** A part of a response that gets lost, so that the client asks for it again and again. */
    private int lossy(int port, int said, int asked) {
        byte[] head = "HTTP/1.1 103 So\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        for (int copy = 1; copy <= DUPLICATES; copy++) {
            frames.tcp(false, port, 80, said + copy * head.length, asked, PUSH | ACK, head);
            frames.tcp(true, port, 80, asked, said, ACK, NOTHING);
        }
        frames.tcp(false, port, 80, said, asked, PUSH | ACK, head);
        int all = head.length * (DUPLICATES + 1);
        frames.tcp(true, port, 80, asked, said + all, ACK, NOTHING);
        return all;
    }

    /** A ClientHello that the server answers by the alert {@code handshake_failure}. */
    private void handshake(int port) {
        byte[] name = "host.example".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer hello = ByteBuffer.allocate(HELLO_BYTES + name.length);
        hello.put(new byte[] {22, 3, 1}).putShort((short) (hello.capacity() - 5));
        hello.putInt(1 << 24 | hello.capacity() - 9).putShort((short) 0x0303).position(43);
        hello.put((byte) 0).putShort((short) 2).putShort((short) 0x1301);
        hello.put((byte) 1).put((byte) 0).putShort((short) (name.length + 9));
        hello.putShort((short) 0).putShort((short) (name.length + 5));
        hello.putShort((short) (name.length + 3)).put((byte) 0);
        hello.putShort((short) name.length).put(name);
        byte[] alert = {21, 3, 3, 0, 2, 2, 40};
        frames.tcp(true, port, 443, 100, 0, SYN, NOTHING);
        frames.tcp(false, port, 443, 500, 101, SYN | ACK, NOTHING);
        frames.tcp(true, port, 443, 101, 501, PUSH | ACK, hello.array());
        int asked = 101 + hello.capacity();
        frames.tcp(false, port, 443, 501, asked, PUSH | ACK, alert);
        frames.tcp(false, port, 443, 501 + alert.length, asked, FIN | ACK, NOTHING);
        frames.tcp(true, port, 443, asked, 502 + alert.length, FIN | ACK, NOTHING);
    }
}
