package io.netverdict.capture.file;

import java.nio.ByteBuffer;

/** Ethernet frames for tests, built by hand. */
final class Frames {
    static final int CLIENT = 0x0A4D_0001;
    static final int SERVER = 0x0A4D_0002;
    static final int TCP_FRAME_BYTES = 54;

    private static final int TCP = 6;
    private static final int ICMP = 1;

    private Frames() {}

    /** A TCP segment without payload, flags SYN. */
    static byte[] tcp(int source, int sourcePort, int destination, int destinationPort) {
        ByteBuffer frame = ipv4(TCP_FRAME_BYTES, TCP, source, destination, 0);
        frame.putShort((short) sourcePort).putShort((short) destinationPort);
        frame.putInt(1000).putInt(0).put((byte) 0x50).put((byte) 0x02).putShort((short) 64240);
        return frame.array();
    }

    /** A later fragment of a TCP segment: no ports in it. */
    static byte[] laterFragment(int source, int destination) {
        return ipv4(60, TCP, source, destination, 185).array();
    }

    /** An ICMP echo request. */
    static byte[] ping(int source, int destination) {
        return ipv4(42, ICMP, source, destination, 0).put((byte) 8).array();
    }

    /** An ARP request. */
    static byte[] arp(int sender, int target) {
        ByteBuffer frame = ByteBuffer.allocate(42);
        frame.position(12);
        frame.putShort((short) 0x0806).putShort((short) 1).putShort((short) 0x0800);
        frame.put((byte) 6).put((byte) 4).putShort((short) 1);
        frame.putInt(28, sender).putInt(38, target);
        return frame.array();
    }

    /** A frame of a protocol nobody reads. */
    static byte[] other() {
        ByteBuffer frame = ByteBuffer.allocate(60);
        frame.putShort(12, (short) 0x88CC);
        return frame.array();
    }

    private static ByteBuffer ipv4(
            int length, int protocol, int source, int destination, int fragmentOffsetUnits) {
        ByteBuffer frame = ByteBuffer.allocate(length);
        frame.position(12);
        frame.putShort((short) 0x0800);
        frame.put((byte) 0x45).put((byte) 0).putShort((short) (length - 14));
        frame.putShort((short) 7).putShort((short) fragmentOffsetUnits);
        frame.put((byte) 64).put((byte) protocol).putShort((short) 0);
        frame.putInt(source).putInt(destination);
        return frame;
    }
}
