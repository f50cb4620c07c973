package io.netverdict.service.lab;

import java.nio.ByteBuffer;

/**
 * An IPv4 packet on the lab's path, for faults to look at.
 *
 * @param bytes the packet from its IP header on
 * @param toServer whether it comes from the client's side
 */
public record LabPacket(ByteBuffer bytes, boolean toServer) {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int RST = 0x04;

    /** Bytes, IP header included. */
    public int length() {
        return bytes.limit();
    }

    public boolean isTcp() {
        return protocol() == TCP;
    }

    public boolean isUdp() {
        return protocol() == UDP;
    }

    private int protocol() {
        return bytes.get(0) >>> 4 == 4 && length() >= 20 ? bytes.get(9) & 0xFF : -1;
    }

    /** The port on the server's side; 0 for other protocols. */
    public int serverPort() {
        int transport = (bytes.get(0) & 0x0F) * 4;
        if (!isTcp() && !isUdp() || length() < transport + 4) {
            return 0;
        }
        return bytes.getShort(toServer ? transport + 2 : transport) & 0xFFFF;
    }

    /** Whether it is a TCP segment that resets. */
    public boolean isReset() {
        int transport = (bytes.get(0) & 0x0F) * 4;
        return isTcp() && length() >= transport + 14 && (bytes.get(transport + 13) & RST) != 0;
    }
}
