package io.netverdict.correlator.testing;

import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.correlator.decode.TestBytes;
import java.util.Arrays;
import java.util.function.Supplier;

/** An IPv4 or IPv6 packet of a script, or a fragment of one. */
public class IpPacket extends ScriptedPacket {
    private static final int DONT_FRAGMENT = 0x4000;
    private static final int MORE_FRAGMENTS = 0x2000;
    private static final int IPV4_HEADER_BYTES = 20;
    private static final int IPV6_FRAGMENT_HEADER = 44;
    private static final int FRAGMENT_UNIT_BYTES = 8;

    final IpAddress source;
    final IpAddress destination;
    private final int protocol;
    private final Supplier<byte[]> body;
    private int hopLimit = 64;
    private int identification;
    private boolean fragment;
    private int fragmentOffset;
    private boolean moreFragments;

    IpPacket(
            long timeNanos,
            IpAddress source,
            IpAddress destination,
            int protocol,
            Supplier<byte[]> body) {
        super(timeNanos);
        this.source = source;
        this.destination = destination;
        this.protocol = protocol;
        this.body = body;
    }

    /** The TTL or hop limit it arrives with. */
    public IpPacket ttl(int value) {
        hopLimit = value;
        return this;
    }

    /** The IPv4 identification. */
    public IpPacket ipId(int value) {
        identification = value;
        return this;
    }

    int hopLimit() {
        return hopLimit;
    }

    int identification() {
        return identification;
    }

    /** What is behind the IP header. */
    byte[] body() {
        return body.get();
    }

    /** A piece of this packet as a packet of its own. */
    IpPacket piece(long atNanos, int from, int to) {
        byte[] whole = body();
        IpPacket piece =
                new IpPacket(
                        atNanos,
                        source,
                        destination,
                        protocol,
                        () -> Arrays.copyOfRange(whole, from, to));
        piece.hopLimit = hopLimit;
        piece.identification = identification;
        piece.fragment = true;
        piece.fragmentOffset = from;
        piece.moreFragments = to < whole.length;
        return piece;
    }

    @Override
    int etherType() {
        return source.v6() ? ETHERTYPE_IPV6 : ETHERTYPE_IPV4;
    }

    @Override
    byte[] network() {
        byte[] content = body();
        return source.v6() ? ipv6(content) : ipv4(content);
    }

    private byte[] ipv4(byte[] content) {
        int flags = fragment ? (moreFragments ? MORE_FRAGMENTS : 0) : DONT_FRAGMENT;
        return new TestBytes()
                .u8(0x45, 0)
                .u16(IPV4_HEADER_BYTES + content.length)
                .u16(identification)
                .u16(flags | fragmentOffset / FRAGMENT_UNIT_BYTES)
                .u8(hopLimit, protocol)
                .u16(0)
                .u32(source.low())
                .u32(destination.low())
                .raw(content)
                .build();
    }

    private byte[] ipv6(byte[] content) {
        int headerBytes = fragment ? FRAGMENT_UNIT_BYTES : 0;
        TestBytes bytes =
                new TestBytes()
                        .u32(0x6000_0000L)
                        .u16(content.length + headerBytes)
                        .u8(fragment ? IPV6_FRAGMENT_HEADER : protocol, hopLimit);
        address(bytes, source);
        address(bytes, destination);
        if (fragment) {
            bytes.u8(protocol, 0).u16(fragmentOffset | (moreFragments ? 1 : 0)).u32(identification);
        }
        return bytes.raw(content).build();
    }

    /** Appends an address of either family. */
    static void address(TestBytes bytes, IpAddress address) {
        if (address.v6()) {
            bytes.u32(address.high() >>> 32).u32(address.high()).u32(address.low() >>> 32);
        }
        bytes.u32(address.low());
    }

    static int icmpProtocol(IpAddress address) {
        return address.v6() ? IpProtocol.ICMPV6 : IpProtocol.ICMP;
    }
}
