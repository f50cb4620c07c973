package io.netverdict.capture.packet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Builds packets for tests from the outside in: each call appends a header. Length fields count
 * what is appended later.
 */
public final class PacketBytes {
    private static final int MAX_BYTES = 4096;

    private final ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES);
    private int ipv4LengthAt = -1;
    private int ipv6LengthAt = -1;
    private int udpLengthAt = -1;

    public PacketBytes ethernet(int etherType) {
        return hex("02 00 00 00 00 02 02 00 00 00 00 01").u16(etherType);
    }

    public PacketBytes vlan(int id, int etherType) {
        return u16(id).u16(etherType);
    }

    public PacketBytes sll(int packetType, int etherType) {
        return u16(packetType).hex("00 01 00 06 02 00 00 00 00 01 00 00").u16(etherType);
    }

    public PacketBytes sll2(int packetType, int etherType) {
        return u16(etherType)
                .hex("00 00 00 00 00 01 00 01")
                .u8(packetType)
                .hex("06 02 00 00 00 00 01 00 00");
    }

    public PacketBytes ipv4(int protocol, String source, String destination) {
        return ipv4(protocol, source, destination, 0);
    }

    /**
     * @param fragmentField flags and offset in units of eight bytes, as on the wire
     */
    public PacketBytes ipv4(int protocol, String source, String destination, int fragmentField) {
        u8(0x45).u8(0);
        ipv4LengthAt = bytes.position();
        return u16(0).u16(7)
                .u16(fragmentField)
                .u8(64)
                .u8(protocol)
                .u16(0)
                .address(source)
                .address(destination);
    }

    public PacketBytes ipv6(int nextHeader, String source, String destination) {
        hex("60 00 00 00");
        ipv6LengthAt = bytes.position();
        return u16(0).u8(nextHeader).u8(64).address(source).address(destination);
    }

    /** Hop-by-hop, routing, destination options or mobility, eight bytes long. */
    public PacketBytes extension(int nextHeader) {
        return u8(nextHeader).u8(0).hex("01 04 00 00 00 00");
    }

    public PacketBytes fragment(int nextHeader, int offset, boolean more, int id) {
        return u8(nextHeader).u8(0).u16(offset | (more ? 1 : 0)).u32(id);
    }

    public PacketBytes tcp(int sourcePort, int destinationPort, long sequence, int flags) {
        return tcp(sourcePort, destinationPort, sequence, flags, "");
    }

    /** With options, whose length is a multiple of four. */
    public PacketBytes tcp(
            int sourcePort, int destinationPort, long sequence, int flags, String optionsHex) {
        int words = 5 + (optionsHex.isEmpty() ? 0 : (optionsHex.length() + 1) / 3 / 4);
        return u16(sourcePort)
                .u16(destinationPort)
                .u32((int) sequence)
                .u32(0)
                .u8(words << 4)
                .u8(flags)
                .u16(64240)
                .u32(0)
                .hex(optionsHex);
    }

    public PacketBytes udp(int sourcePort, int destinationPort) {
        u16(sourcePort).u16(destinationPort);
        udpLengthAt = bytes.position();
        return u16(0).u16(0);
    }

    public PacketBytes icmp(int type, int code, int rest) {
        return u8(type).u8(code).u16(0).u32(rest);
    }

    public PacketBytes arp(int operation, String sender, String target) {
        return hex("00 01 08 00 06 04")
                .u16(operation)
                .hex("02 00 00 00 00 01")
                .address(sender)
                .hex("00 00 00 00 00 00")
                .address(target);
    }

    public PacketBytes u8(int value) {
        bytes.put((byte) value);
        return this;
    }

    public PacketBytes u16(int value) {
        bytes.putShort((short) value);
        return this;
    }

    public PacketBytes u32(int value) {
        bytes.putInt(value);
        return this;
    }

    public PacketBytes payload(byte[] payload) {
        bytes.put(payload);
        return this;
    }

    public PacketBytes zeros(int count) {
        return payload(new byte[count]);
    }

    /** Bytes in hexadecimal, separated by blanks. */
    public PacketBytes hex(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String each : text.split(" ")) {
            if (!each.isEmpty()) {
                out.write(Integer.parseInt(each, 16));
            }
        }
        return payload(out.toByteArray());
    }

    private PacketBytes address(String text) {
        IpAddress address = IpAddress.parse(text).orElseThrow();
        if (address.v6()) {
            bytes.putLong(address.high()).putLong(address.low());
            return this;
        }
        return u32((int) address.low());
    }

    /** The packet, its length fields filled in. */
    public byte[] build() {
        int end = bytes.position();
        if (ipv4LengthAt >= 0) {
            bytes.putShort(ipv4LengthAt, (short) (end - ipv4LengthAt + 2));
        }
        if (ipv6LengthAt >= 0) {
            bytes.putShort(ipv6LengthAt, (short) (end - ipv6LengthAt - 36));
        }
        if (udpLengthAt >= 0) {
            bytes.putShort(udpLengthAt, (short) (end - udpLengthAt + 4));
        }
        byte[] packet = new byte[end];
        bytes.get(0, packet);
        return packet;
    }
}
