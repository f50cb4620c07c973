package io.netverdict.correlator.testing;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.recording.RecordingGap;
import io.netverdict.correlator.decode.TestBytes;
import java.util.ArrayList;
import java.util.List;

/**
 * What a network did, written down packet by packet as the client's own recorder sees it.
 *
 * <p>A clock runs from 0 seconds; every packet takes {@value #TICK_NANOS} ns. {@link #recording()}
 * makes real packet bytes of it all, in order of time, and numbers the packets.
 */
public final class PacketScript {
    /** 2026-01-01T00:00:00.001234567Z: not a whole second, as hardly any precise time is. */
    public static final long START_NANOS = 1_767_225_600L * 1_000_000_000L + 1_234_567L;

    private static final long TICK_NANOS = 20_000;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int ECHO_REQUEST_V4 = 8;

    private final List<ScriptedPacket> packets = new ArrayList<>();
    private long sinceStartNanos;
    private int connections;
    private int nextIpId = 0x2100;
    private int snapLength;
    private long liveUntilNanos = -1;
    private long overwritten;
    private long droppedByKernel;
    private long dataSinceNanos = Long.MIN_VALUE;
    private final List<RecordingGap> gaps = new ArrayList<>();

    /** Sets the clock, in seconds from the start; it may go back. */
    public PacketScript at(double seconds) {
        sinceStartNanos = Math.round(seconds * NANOS_PER_SECOND);
        return this;
    }

    /** Lets time pass. */
    public PacketScript after(double seconds) {
        sinceStartNanos += Math.round(seconds * NANOS_PER_SECOND);
        return this;
    }

    long sinceStartNanos() {
        return sinceStartNanos;
    }

    long nowNanos() {
        return START_NANOS + sinceStartNanos;
    }

    /** So many bytes are kept of each packet. */
    public PacketScript snapLength(int bytes) {
        snapLength = bytes;
        return this;
    }

    /** It is a live recording that was still watching at this time. */
    public PacketScript liveUntil(double seconds) {
        liveUntilNanos = START_NANOS + Math.round(seconds * NANOS_PER_SECOND);
        return this;
    }

    /** Of the time before only what decides verdicts is left in the recording. */
    public PacketScript dataSince(double seconds) {
        dataSinceNanos = START_NANOS + Math.round(seconds * NANOS_PER_SECOND);
        return this;
    }

    /** No recorder was running between two times. */
    public PacketScript gap(double fromSeconds, double toSeconds) {
        gaps.add(
                new RecordingGap(
                        START_NANOS + Math.round(fromSeconds * NANOS_PER_SECOND),
                        START_NANOS + Math.round(toSeconds * NANOS_PER_SECOND)));
        return this;
    }

    /** The recording says that it missed packets. */
    public PacketScript missed(long byKernel, long byOverwriting) {
        droppedByKernel = byKernel;
        overwritten = byOverwriting;
        return this;
    }

    <P extends ScriptedPacket> P add(P packet) {
        packets.add(packet);
        sinceStartNanos += TICK_NANOS;
        return packet;
    }

    /** A TCP connection between two {@code address:port}. */
    public TcpScript tcp(String client, String server) {
        connections++;
        long clientSequence = 0x1000_0000L * connections + 77;
        TcpEnd one = new TcpEnd(this, endpoint(client), true, clientSequence, 0x1000 * connections);
        TcpEnd other =
                new TcpEnd(this, endpoint(server), false, clientSequence + 0x7654_3210L, 0x4D00)
                        .ttl(57);
        one.connect(other);
        other.connect(one);
        return new TcpScript(one, other);
    }

    /** Queries of a stub resolver at one end to the name server at the other. */
    public DnsScript dns(String client, String server) {
        return new DnsScript(this, endpoint(client), endpoint(server));
    }

    public IpPacket udp(String from, String to, byte[] payload) {
        return udp(endpoint(from), endpoint(to), payload);
    }

    IpPacket udp(Endpoint from, Endpoint to, byte[] payload) {
        byte[] datagram =
                new TestBytes()
                        .u16(from.port(), to.port(), 8 + payload.length, 0)
                        .raw(payload)
                        .build();
        return ip(from.address(), to.address(), IpProtocol.UDP, datagram);
    }

    private IpPacket ip(IpAddress from, IpAddress to, int protocol, byte[] body) {
        IpPacket packet = new IpPacket(nowNanos(), from, to, protocol, () -> body);
        packet.ipId(nextIpId);
        nextIpId = nextIpId + 1 & 0xFFFF;
        return add(packet);
    }

    /** A packet leaves in fragments instead; strike those out that did not come through. */
    public List<IpPacket> fragments(IpPacket whole, int bytesEach) {
        packets.remove(whole);
        List<IpPacket> pieces = new ArrayList<>();
        int length = whole.body().length;
        for (int from = 0; from < length; from += bytesEach) {
            int to = Math.min(length, from + bytesEach);
            pieces.add(add(whole.piece(nowNanos(), from, to)));
        }
        return pieces;
    }

    /** An ICMP or ICMPv6 error about a packet; see {@link IcmpKind}. */
    public IpPacket icmp(String from, IcmpKind kind, IpPacket about) {
        return icmp(from, kind, 0, about);
    }

    /**
     * @param mtu for {@link IcmpKind#TOO_BIG}
     */
    public IpPacket icmp(String from, IcmpKind kind, int mtu, IpPacket about) {
        IpAddress sender = address(from);
        byte[] quoted = about.network();
        int quotedBytes = Math.min(quoted.length, sender.v6() ? 1232 : 548);
        TestBytes message =
                new TestBytes().u8(kind.type(sender.v6()), kind.code(sender.v6())).u16(0);
        byte[] body = message.u32(mtu).raw(java.util.Arrays.copyOf(quoted, quotedBytes)).build();
        return ip(sender, about.source, IpPacket.icmpProtocol(sender), body).ttl(62);
    }

    /** An echo request, traffic that has nothing to do with any request. */
    public IpPacket ping(String from, String to) {
        byte[] body = new TestBytes().u8(ECHO_REQUEST_V4, 0).u16(0, 1, 1).zeros(56).build();
        return ip(address(from), address(to), IpProtocol.ICMP, body);
    }

    /** An ARP request, or a neighbor solicitation where the addresses are IPv6. */
    public ScriptedPacket asksForNeighbor(String asker, String target) {
        return NeighborPackets.request(this, address(asker), address(target));
    }

    /** The reply of the target to the asker. */
    public ScriptedPacket neighborAnswers(String target, String asker) {
        return NeighborPackets.reply(this, address(target), address(asker));
    }

    IpPacket neighborMessage(IpAddress from, IpAddress to, byte[] body) {
        return ip(from, to, IpProtocol.ICMPV6, body).ttl(255);
    }

    /** An error report that the client made. */
    public ReportScript error(String message) {
        return new ReportScript(this, message);
    }

    /** The recording of all packets so far that were recorded. */
    public MemoryRecording recording() {
        return recording(b -> b);
    }

    /** The same with every packet's bytes changed on the way into the recording. */
    MemoryRecording recording(java.util.function.UnaryOperator<byte[]> damage) {
        return MemoryRecording.of(
                packets,
                snapLength,
                liveUntilNanos,
                dataSinceNanos,
                gaps,
                droppedByKernel,
                overwritten,
                damage);
    }

    static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow(() -> new IllegalArgumentException(text));
    }

    static Endpoint endpoint(String text) {
        int colon = text.lastIndexOf(':');
        return new Endpoint(
                address(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
    }
}
