package io.netverdict.service.warmup;

import java.nio.ByteBuffer;

/**
 * Made-up packets between a client, a server and a name server; addresses of RFC 5737 and RFC 3849,
 * on Ethernet, with the options of TCP that most stacks send. Checksums are left out. For one
 * thread.
 */
final class SampleFrames {
    static final int FIN = 0x01;
    static final int SYN = 0x02;
    static final int RST = 0x04;
    static final int PUSH = 0x08;
    static final int ACK = 0x10;
    static final byte[] NOTHING = {};

    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMPV6 = 58;
    private static final int CLIENT = 0xC000_0202;
    static final int SERVER = 0xC000_0201;
    private static final int NAME_SERVER = 0xC000_0235;
    private static final long NETWORK_V6 = 0x2001_0DB8_0000_0000L;
    private static final long CLIENT_V6 = 2;
    private static final long SERVER_V6 = 1;
    private static final int ETHERNET_BYTES = 14;
    private static final int IP_BYTES = 20;
    private static final int IPV6_BYTES = 40;
    private static final int TCP_BYTES = 20;
    private static final int SYN_OPTION_BYTES = 20;
    private static final int OPTION_BYTES = 12;
    private static final int UDP_BYTES = 8;
    private static final int ARP_BYTES = 28;
    private static final int WINDOW = 64_000;
    private static final int CLIENT_PORT = 50_000;
    private static final int DNS_PORT = 53;
    private static final int IPV4_TYPE = 0x0800;
    private static final int IPV6_TYPE = 0x86DD;
    private static final int ARP_TYPE = 0x0806;
    private static final int NEIGHBOR_SOLICITATION = 135;
    private static final int NEIGHBOR_ADVERTISEMENT = 136;
    private static final int SOLICITED_AND_OVERRIDE = 0x6000_0000;
    private static final int PORT_UNREACHABLE = 0x0303;
    private static final byte[] EVERYBODY = {-1, -1, -1, -1, -1, -1};
    private static final byte[] CLIENT_HARDWARE = {2, 0, 0, 0, 0, 2};
    private static final byte[] SERVER_HARDWARE = {2, 0, 0, 0, 0, 1};
    private static final long STEP_NANOS = 1_500_000L;

    private final SamplePackets.Sink sink;
    private long nanos;

    /**
     * @param fromNanos when the packets begin, since the epoch
     */
    SampleFrames(SamplePackets.Sink sink, long fromNanos) {
        this.sink = sink;
        nanos = fromNanos;
    }

    /** The time of the last packet, since the epoch. */
    long nanos() {
        return nanos;
    }

    /** The client asks for the server's hardware address, and gets it. */
    void arp() {
        arp(EVERYBODY, 1, CLIENT_HARDWARE, CLIENT, NOTHING, SERVER);
        arp(CLIENT_HARDWARE, 2, SERVER_HARDWARE, SERVER, CLIENT_HARDWARE, CLIENT);
    }

    private void arp(
            byte[] to,
            int operation,
            byte[] sender,
            int senderAddress,
            byte[] target,
            int targetAddress) {
        ByteBuffer message = ByteBuffer.allocate(ARP_BYTES);
        message.putShort((short) 1).putShort((short) IPV4_TYPE).put((byte) 6).put((byte) 4);
        message.putShort((short) operation).put(sender).putInt(senderAddress).put(target);
        message.putInt(ARP_BYTES - Integer.BYTES, targetAddress);
        frame(to, sender, ARP_TYPE, message.array());
    }

    /** The same as {@link #arp()} for IPv6, RFC 4861. */
    void neighborDiscovery() {
        packetV6(ICMPV6, true, neighbor(NEIGHBOR_SOLICITATION, 0, SERVER_V6));
        packetV6(
                ICMPV6, false, neighbor(NEIGHBOR_ADVERTISEMENT, SOLICITED_AND_OVERRIDE, SERVER_V6));
    }

    private static byte[] neighbor(int type, int flags, long target) {
        ByteBuffer message = ByteBuffer.allocate(24);
        message.put((byte) type).put((byte) 0).putShort((short) 0).putInt(flags);
        return message.putLong(NETWORK_V6).putLong(target).array();
    }

    /** A datagram between the client and its name server. */
    void udp(boolean fromClient, byte[] payload) {
        packet(UDP, fromClient, NAME_SERVER, datagram(fromClient, payload));
    }

    private static byte[] datagram(boolean fromClient, byte[] payload) {
        ByteBuffer datagram = ByteBuffer.allocate(UDP_BYTES + payload.length);
        datagram.putShort((short) (fromClient ? CLIENT_PORT : DNS_PORT));
        datagram.putShort((short) (fromClient ? DNS_PORT : CLIENT_PORT));
        datagram.putShort((short) datagram.capacity()).putShort((short) 0);
        return datagram.put(payload).array();
    }

    /** What the client's host says of an answer that nobody waits for any more, RFC 792. */
    void portUnreachable(byte[] answer) {
        byte[] datagram = datagram(false, answer);
        ByteBuffer message = ByteBuffer.allocate(8 + IP_BYTES + UDP_BYTES);
        message.putShort((short) PORT_UNREACHABLE).position(8);
        message.put(header(UDP, datagram.length, NAME_SERVER, CLIENT));
        packet(ICMP, true, NAME_SERVER, message.put(datagram, 0, UDP_BYTES).array());
    }

    /** A segment between the client's port and the server's. */
    void tcp(boolean fromClient, int port, int to, int seq, int ack, int flags, byte[] payload) {
        packet(TCP, fromClient, SERVER, segment(fromClient, port, to, seq, ack, flags, payload));
    }

    /** The same over IPv6. */
    void tcpV6(boolean fromClient, int port, int to, int seq, int ack, int flags, byte[] payload) {
        packetV6(TCP, fromClient, segment(fromClient, port, to, seq, ack, flags, payload));
    }

    private byte[] segment(
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
        return segment.put(payload).array();
    }

    private ByteBuffer timestamps(ByteBuffer segment) {
        int millis = (int) (nanos / 1_000_000);
        return segment.put((byte) 8).put((byte) 10).putInt(millis).putInt(millis - 1);
    }

    private void packet(int protocol, boolean fromClient, int peer, byte[] content) {
        int from = fromClient ? CLIENT : peer;
        int to = fromClient ? peer : CLIENT;
        ByteBuffer packet = ByteBuffer.allocate(IP_BYTES + content.length);
        packet.put(header(protocol, content.length, from, to)).put(content);
        frame(fromClient, IPV4_TYPE, packet.array());
    }

    private static byte[] header(int protocol, int contentBytes, int from, int to) {
        ByteBuffer header = ByteBuffer.allocate(IP_BYTES);
        header.putShort((short) 0x4500).putShort((short) (IP_BYTES + contentBytes)).putInt(0);
        header.put((byte) 64).put((byte) protocol).putShort((short) 0);
        return header.putInt(from).putInt(to).array();
    }

    private void packetV6(int protocol, boolean fromClient, byte[] content) {
        ByteBuffer packet = ByteBuffer.allocate(IPV6_BYTES + content.length);
        packet.putInt(0x6000_0000).putShort((short) content.length).put((byte) protocol);
        packet.put((byte) 255);
        packet.putLong(NETWORK_V6).putLong(fromClient ? CLIENT_V6 : SERVER_V6);
        packet.putLong(NETWORK_V6).putLong(fromClient ? SERVER_V6 : CLIENT_V6).put(content);
        frame(fromClient, IPV6_TYPE, packet.array());
    }

    private void frame(boolean fromClient, int type, byte[] content) {
        byte[] to = fromClient ? SERVER_HARDWARE : CLIENT_HARDWARE;
        byte[] from = fromClient ? CLIENT_HARDWARE : SERVER_HARDWARE;
        frame(to, from, type, content);
    }

    private void frame(byte[] to, byte[] from, int type, byte[] content) {
        nanos += STEP_NANOS;
        ByteBuffer frame = ByteBuffer.allocate(ETHERNET_BYTES + content.length);
        frame.put(to).put(from).putShort((short) type).put(content);
        sink.packet(frame.array(), nanos);
    }
}
