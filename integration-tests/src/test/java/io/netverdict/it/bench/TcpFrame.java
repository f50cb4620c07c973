package io.netverdict.it.bench;

import java.nio.ByteBuffer;

/**
 * Builds an Ethernet frame with IPv4 and TCP as Linux sends it, timestamps included (RFC 791, RFC
 * 9293, RFC 7323). Checksums are left zero, as they are where the network device fills them in.
 */
public final class TcpFrame {
    public static final int FIN = 0x01;
    public static final int SYN = 0x02;
    public static final int RST = 0x04;
    public static final int ACK = 0x10;

    /** Payload of a full segment with timestamps on an Ethernet. */
    public static final int SEGMENT_BYTES = 1448;

    private static final int ETHERNET_BYTES = 14;
    private static final int IP_BYTES = 20;
    private static final int TCP_BYTES = 32;
    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int DONT_FRAGMENT = 0x4000;
    private static final int PROTOCOL_TCP = 6;
    private static final int HOP_LIMIT = 64;
    private static final int WINDOW = 501;
    private static final byte[] ADDRESSES = {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1};
    private static final byte[] TIMESTAMPS = {1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2};

    private TcpFrame() {}

    /** One end: an IPv4 address and a port. */
    public record End(int address, int port) {}

    /** The bytes of a segment from one end to the other. */
    public static byte[] of(
            End from, End to, long sequence, long acknowledgment, int flags, byte[] payload) {
        int ipLength = IP_BYTES + TCP_BYTES + payload.length;
        ByteBuffer frame = ByteBuffer.allocate(ETHERNET_BYTES + ipLength);
        frame.put(ADDRESSES).putShort((short) ETHERTYPE_IPV4);
        frame.put((byte) 0x45).put((byte) 0).putShort((short) ipLength);
        frame.putShort((short) 7).putShort((short) DONT_FRAGMENT);
        frame.put((byte) HOP_LIMIT).put((byte) PROTOCOL_TCP).putShort((short) 0);
        frame.putInt(from.address()).putInt(to.address());
        frame.putShort((short) from.port()).putShort((short) to.port());
        frame.putInt((int) sequence).putInt((int) acknowledgment);
        frame.put((byte) (TCP_BYTES / Integer.BYTES << 4)).put((byte) flags);
        frame.putShort((short) WINDOW).putInt(0).put(TIMESTAMPS).put(payload);
        return frame.array();
    }
}
