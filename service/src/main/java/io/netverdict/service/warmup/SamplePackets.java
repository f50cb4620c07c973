package io.netverdict.service.warmup;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * A capture of a lookup, refused connections, refused TLS handshakes and HTTP exchanges, of which
 * some are never answered and some lose packets; addresses of RFC 5737, on Ethernet, with the
 * options of TCP that most stacks send.
 */
public final class SamplePackets {
    private static final int CLIENT = 0xC000_0202;
    private static final int SERVER = 0xC000_0201;
    private static final int NAME_SERVER = 0xC000_0235;
    private static final int FIN = 0x01;
    private static final int SYN = 0x02;
    private static final int RST = 0x04;
    private static final int PUSH = 0x08;
    private static final int ACK = 0x10;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ETHERNET_BYTES = 14;
    private static final int IP_BYTES = 20;
    private static final int TCP_BYTES = 20;
    private static final int SYN_OPTION_BYTES = 20;
    private static final int OPTION_BYTES = 12;
    private static final int UDP_BYTES = 8;
    private static final int WINDOW = 64_000;
    private static final int SEGMENT_BYTES = 1448;
    private static final int FILE_BYTES = 1 << 18;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long PCAP_FROM_NANOS = 1_700_000_000L * NANOS_PER_SECOND;
    private static final long STEP_NANOS = 1_500_000L;

    /** Ethernet, in pcap files. */
    public static final int LINK_TYPE = 1;

    public static final int FIRST_PORT = 40_000;

    /** As many as are read on a busy machine. */
    public static final int CONNECTIONS = 40;

    /** Up to the server's name, where it is the only extension. */
    private static final int HELLO_BYTES = 61;

    private static final int DUPLICATES = 4;
    private static final byte[] NOTHING = {};
    private static final byte[] EVERYBODY = {-1, -1, -1, -1, -1, -1};
    private static final byte[] CLIENT_HARDWARE = {2, 0, 0, 0, 0, 2};
    private static final byte[] SERVER_HARDWARE = {2, 0, 0, 0, 0, 1};
    private static final int IPV4 = 0x0800;
    private static final int ARP = 0x0806;
    private static final int ARP_BYTES = 28;

    private final Sink sink;
    private long nanos;

    /** What takes the packets. */
    public interface Sink {
        /**
         * @param timeNanos since the epoch
         */
        void packet(byte[] packet, long timeNanos);
    }

    private SamplePackets(Sink sink, long fromNanos) {
        this.sink = sink;
        nanos = fromNanos;
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
                    new SamplePackets(sink, end).brokenOff(FIRST_PORT + CONNECTIONS, segments);
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
        sample.neighbor();
        sample.lookup();
        for (int port = firstPort; port < firstPort + CONNECTIONS; port++) {
            sample.exchange(port, port % 10 != 0);
            sample.refused(port);
            if (port % 10 == 1) {
                sample.handshake(port);
            }
        }
        return sample.nanos;
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
        return sample.nanos;
    }

    private void refused(int port) {
        tcp(true, port, 81, 1, 0, SYN, NOTHING);
        tcp(false, port, 81, 0, 2, RST | ACK, NOTHING);
    }

    /** The client asks for the server's hardware address. */
    private void neighbor() {
        frame(EVERYBODY, CLIENT_HARDWARE, ARP, arp(1, CLIENT_HARDWARE, CLIENT, NOTHING, SERVER));
        frame(
                CLIENT_HARDWARE,
                SERVER_HARDWARE,
                ARP,
                arp(2, SERVER_HARDWARE, SERVER, CLIENT_HARDWARE, CLIENT));
    }

    private static byte[] arp(
            int operation, byte[] sender, int senderAddress, byte[] target, int targetAddress) {
        ByteBuffer message = ByteBuffer.allocate(ARP_BYTES);
        message.putShort((short) 1).putShort((short) IPV4).put((byte) 6).put((byte) 4);
        message.putShort((short) operation).put(sender).putInt(senderAddress).put(target);
        return message.putInt(ARP_BYTES - Integer.BYTES, targetAddress).array();
    }

    private void lookup() {
        byte[] name = "\4host\7example\0\0\1\0\1".getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer query = ByteBuffer.allocate(12 + name.length);
        query.putShort((short) 7).putShort((short) 0x0100).putShort((short) 1).position(12);
        udp(true, query.put(name).array());
        ByteBuffer answer = ByteBuffer.allocate(12 + name.length + 16);
        answer.putShort((short) 7).putShort((short) 0x8180).putShort((short) 1);
        answer.putShort((short) 1).position(12);
        answer.put(name).putShort((short) 0xC00C).putInt(0x0001_0001).putInt(60);
        udp(false, answer.putShort((short) 4).putInt(SERVER).array());
    }

    private void exchange(int port, boolean answered) {
        byte[] request =
                "GET /a HTTP/1.1\r\nHost: host.example\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] response =
                "HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\nno"
                        .getBytes(StandardCharsets.US_ASCII);
        tcp(true, port, 80, 100, 0, SYN, NOTHING);
        tcp(false, port, 80, 500, 101, SYN | ACK, NOTHING);
        tcp(true, port, 80, 101, 501, ACK, NOTHING);
        tcp(true, port, 80, 101, 501, PUSH | ACK, request);
        int asked = 101 + request.length;
        tcp(false, port, 80, 501, asked, ACK, NOTHING);
        int said = 501;
        if (port % 10 == 2) {
            said += lossy(port, said, asked);
        }
        if (answered) {
            tcp(false, port, 80, said, asked, PUSH | ACK, response);
            said += response.length;
        }
        tcp(false, port, 80, said, asked, FIN | ACK, NOTHING);
        tcp(true, port, 80, asked, said + 1, FIN | ACK, NOTHING);
        tcp(false, port, 80, said + 1, asked + 1, ACK, NOTHING);
    }

    private void brokenOff(int port, int segments) {
        byte[] request =
                "GET /b HTTP/1.1\r\nHost: host.example\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] head =
                "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII);
        tcp(true, port, 80, 100, 0, SYN, NOTHING);
        tcp(false, port, 80, 500, 101, SYN | ACK, NOTHING);
        tcp(true, port, 80, 101, 501, PUSH | ACK, request);
        int asked = 101 + request.length;
        int said = 501 + head.length;
        tcp(false, port, 80, 501, asked, PUSH | ACK, head);
        for (int i = 0; i < segments; i++) {
            tcp(false, port, 80, said, asked, ACK, new byte[SEGMENT_BYTES]);
            said += SEGMENT_BYTES;
            tcp(true, port, 80, asked, said, ACK, NOTHING);
        }
        tcp(true, port, 80, asked, said, FIN | ACK, NOTHING);
    }

    /** A part of a response that gets lost, so that the client asks for it again and again. */
    private int lossy(int port, int said, int asked) {
        byte[] head = "HTTP/1.1 103 So\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        for (int copy = 1; copy <= DUPLICATES; copy++) {
            tcp(false, port, 80, said + copy * head.length, asked, PUSH | ACK, head);
            tcp(true, port, 80, asked, said, ACK, NOTHING);
        }
        tcp(false, port, 80, said, asked, PUSH | ACK, head);
        int all = head.length * (DUPLICATES + 1);
        tcp(true, port, 80, asked, said + all, ACK, NOTHING);
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
        tcp(true, port, 443, 100, 0, SYN, NOTHING);
        tcp(false, port, 443, 500, 101, SYN | ACK, NOTHING);
        tcp(true, port, 443, 101, 501, PUSH | ACK, hello.array());
        int asked = 101 + hello.capacity();
        tcp(false, port, 443, 501, asked, PUSH | ACK, alert);
        tcp(false, port, 443, 501 + alert.length, asked, FIN | ACK, NOTHING);
        tcp(true, port, 443, asked, 502 + alert.length, FIN | ACK, NOTHING);
    }

    private void udp(boolean fromClient, byte[] payload) {
        ByteBuffer datagram = ByteBuffer.allocate(UDP_BYTES + payload.length);
        datagram.putShort((short) (fromClient ? 50_000 : 53));
        datagram.putShort((short) (fromClient ? 53 : 50_000));
        datagram.putShort((short) datagram.capacity()).putShort((short) 0).put(payload);
        packet(UDP, fromClient, NAME_SERVER, datagram.array());
    }

    private void tcp(
            boolean fromClient, int port, int to, int seq, int ack, int flags, byte[] payload) {
        int options = (flags & SYN) != 0 ? SYN_OPTION_BYTES : OPTION_BYTES;
        ByteBuffer segment = ByteBuffer.allocate(TCP_BYTES + options + payload.length);
        segment.putShort((short) (fromClient ? port : to));
        segment.putShort((short) (fromClient ? to : port));
        int words = (TCP_BYTES + options) / Integer.BYTES;
        segment.putInt(seq).putInt(ack).put((byte) (words << 4)).put((byte) flags);
        segment.putShort((short) WINDOW).putInt(0);
        if (options == SYN_OPTION_BYTES) {
            // Maximum segment size, SACK permitted, timestamps, window scale: RFC 9293, 7323.
            segment.putInt(0x0204_05B4).put((byte) 4).put((byte) 2);
            timestamps(segment).put((byte) 1).put((byte) 3).put((byte) 3).put((byte) 7);
        } else {
            timestamps(segment.put((byte) 1).put((byte) 1));
        }
        segment.put(payload);
        packet(TCP, fromClient, SERVER, segment.array());
    }

    private ByteBuffer timestamps(ByteBuffer segment) {
        int millis = (int) (nanos / 1_000_000);
        return segment.put((byte) 8).put((byte) 10).putInt(millis).putInt(millis - 1);
    }

    private void packet(int protocol, boolean fromClient, int peer, byte[] content) {
        int length = IP_BYTES + content.length;
        ByteBuffer packet = ByteBuffer.allocate(length);
        packet.putShort((short) 0x4500).putShort((short) length).putInt(0);
        packet.put((byte) 64).put((byte) protocol).putShort((short) 0);
        packet.putInt(fromClient ? CLIENT : peer).putInt(fromClient ? peer : CLIENT);
        byte[] to = fromClient ? SERVER_HARDWARE : CLIENT_HARDWARE;
        byte[] from = fromClient ? CLIENT_HARDWARE : SERVER_HARDWARE;
        frame(to, from, IPV4, packet.put(content).array());
    }

    private void frame(byte[] to, byte[] from, int type, byte[] content) {
        nanos += STEP_NANOS;
        ByteBuffer frame = ByteBuffer.allocate(ETHERNET_BYTES + content.length);
        frame.put(to).put(from).putShort((short) type).put(content);
        sink.packet(frame.array(), nanos);
    }
}
