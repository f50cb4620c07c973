package io.netverdict.correlator.testing;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.Transport.Tcp;
import io.netverdict.correlator.decode.TestBytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One end of a scripted TCP connection. It acknowledges what reached it, selectively too, unless a
 * packet is told otherwise; what it sends arrives at once unless it is {@link TcpPacket#lost()}.
 */
public final class TcpEnd {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final PacketScript script;
    private final Endpoint endpoint;
    private final boolean client;
    private final long firstSequence;
    private final long timestampBase;
    private final List<TcpPacket> sent = new ArrayList<>();
    private TcpEnd peer;
    private long next;
    private int nextIpId;
    private int ttl = 64;
    private int maximumSegmentSize = 1460;
    private int windowScale = 7;
    private int windowBytes = 64256;
    private boolean timestamps = true;
    private boolean sack = true;
    private long lastTimestamp;

    /** Everything of the peer's up to here has arrived, in its first so many packets. */
    private long reached;

    private int settled;

    TcpEnd(
            PacketScript script,
            Endpoint endpoint,
            boolean client,
            long firstSequence,
            int firstIpId) {
        this.script = script;
        this.endpoint = endpoint;
        this.client = client;
        this.firstSequence = firstSequence;
        this.nextIpId = firstIpId;
        this.timestampBase = firstSequence / 7;
    }

    void connect(TcpEnd other) {
        peer = other;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    boolean isClient() {
        return client;
    }

    long firstSequence() {
        return firstSequence;
    }

    /** Payload bytes sent for the first time so far. */
    public long sentBytes() {
        return next;
    }

    /** Sets the script's clock, in seconds from its start. */
    public TcpEnd at(double seconds) {
        script.at(seconds);
        return this;
    }

    /** Lets time pass. */
    public TcpEnd after(double seconds) {
        script.after(seconds);
        return this;
    }

    /** The TTL or hop limit of all that comes from here from now on. */
    public TcpEnd ttl(int value) {
        ttl = value;
        return this;
    }

    /** The MSS it announces, and the size of the segments its peer's streams are cut into. */
    public TcpEnd mss(int bytes) {
        maximumSegmentSize = bytes;
        return this;
    }

    /** Neither timestamps nor SACK nor window scaling, like a small device. */
    public TcpEnd withoutOptions() {
        timestamps = false;
        sack = false;
        windowScale = -1;
        return this;
    }

    /** The window it advertises from now on. */
    public TcpEnd window(int bytes) {
        windowBytes = bytes;
        return this;
    }

    public TcpPacket syn() {
        TcpPacket syn = packet(-1, Tcp.SYN, new byte[0]);
        syn.maximumSegmentSize = maximumSegmentSize;
        syn.windowScale = windowScale;
        syn.sackPermitted = sack;
        syn.rawWindow = Math.min(windowBytes, 0xFFFF);
        syn.flags &= ~Tcp.ACK;
        return emit(syn);
    }

    public TcpPacket synAck() {
        TcpPacket synAck = packet(-1, Tcp.SYN | Tcp.ACK, new byte[0]);
        synAck.maximumSegmentSize = maximumSegmentSize;
        synAck.windowScale = peer.windowScale < 0 ? -1 : windowScale;
        synAck.sackPermitted = sack && peer.sack;
        synAck.rawWindow = Math.min(windowBytes, 0xFFFF);
        return emit(synAck);
    }

    /** A bare acknowledgment of all that reached this end. */
    public TcpPacket acks() {
        return emit(packet(next, Tcp.ACK, new byte[0]));
    }

    public TcpPacket sends(String text) {
        return sends(TestBytes.ascii(text));
    }

    /** One segment, however long. */
    public TcpPacket sends(byte[] payload) {
        TcpPacket packet = packet(next, Tcp.PSH | Tcp.ACK, payload);
        next += payload.length;
        return emit(packet);
    }

    /** One segment of so many bytes that mean nothing. */
    public TcpPacket sends(int bytes) {
        byte[] payload = new byte[bytes];
        java.util.Arrays.fill(payload, (byte) 0x5A);
        return sends(payload);
    }

    /** A payload in segments of the peer's MSS, options taken off as kernels do. */
    public List<TcpPacket> streams(byte[] payload) {
        int size = peer.maximumSegmentSize - (timestamps && peer.timestamps ? 12 : 0);
        List<TcpPacket> packets = new ArrayList<>();
        for (int at = 0; at < payload.length; at += size) {
            int end = Math.min(payload.length, at + size);
            packets.add(sends(java.util.Arrays.copyOfRange(payload, at, end)));
        }
        return packets;
    }

    public List<TcpPacket> streams(int bytes) {
        byte[] payload = new byte[bytes];
        java.util.Arrays.fill(payload, (byte) 0x5A);
        return streams(payload);
    }

    /** A segment again: the same bytes with the acknowledgment of now. */
    public TcpPacket retransmits(TcpPacket earlier) {
        TcpPacket again = packet(earlier.offset, earlier.flags, earlier.payload);
        again.maximumSegmentSize = earlier.maximumSegmentSize;
        again.windowScale = earlier.windowScale;
        again.sackPermitted = earlier.sackPermitted;
        if ((earlier.flags & Tcp.SYN) != 0) {
            again.rawWindow = earlier.rawWindow;
        }
        return emit(again);
    }

    /** The last part of a segment again. */
    public TcpPacket retransmitsFrom(TcpPacket earlier, int from, int to) {
        byte[] part = java.util.Arrays.copyOfRange(earlier.payload, from, to);
        return emit(packet(earlier.offset + from, earlier.flags, part));
    }

    /** One byte below what was acknowledged, as Linux probes. */
    public TcpPacket keepAlive() {
        return emit(packet(next - 1, Tcp.ACK, new byte[0]));
    }

    public TcpPacket fin() {
        TcpPacket fin = packet(next, Tcp.FIN | Tcp.ACK, new byte[0]);
        next++;
        return emit(fin);
    }

    /** A reset that acknowledges nothing, as a closed socket answers data. */
    public TcpPacket rst() {
        TcpPacket rst = packet(next, Tcp.RST, new byte[0]);
        rst.flags = Tcp.RST;
        rst.timestamp = -1;
        rst.rawWindow = 0;
        return emit(rst);
    }

    /** A reset with an acknowledgment, as an application's abort sends it. */
    public TcpPacket rstAck() {
        TcpPacket rst = packet(next, Tcp.RST | Tcp.ACK, new byte[0]);
        rst.timestamp = -1;
        rst.sacked = List.of();
        return emit(rst);
    }

    /** The reset that refuses a SYN. */
    public TcpPacket refuses() {
        TcpPacket rst = packet(-1, Tcp.RST | Tcp.ACK, new byte[0]);
        rst.timestamp = -1;
        rst.rawWindow = 0;
        // RFC 9293 3.10.7.1: sequence number zero where the segment refused had no ACK.
        rst.offset = -1 - firstSequence;
        return emit(rst);
    }

    private TcpPacket packet(long offset, int flags, byte[] payload) {
        TcpPacket packet =
                TcpPacket.of(script.nowNanos(), this, peer, offset, payload)
                        .ttl(ttl)
                        .ipId(nextIpId);
        nextIpId = nextIpId + 1 & 0xFFFF;
        packet.flags = flags;
        packet.rawWindow =
                Math.min(
                        0xFFFF,
                        windowScale < 0 || peer.windowScale < 0
                                ? windowBytes
                                : windowBytes >> windowScale);
        boolean syn = (flags & Tcp.SYN) != 0;
        if (timestamps && peer.timestamps) {
            packet.timestamp = timestampBase + script.sinceStartNanos() / NANOS_PER_MILLI;
            packet.timestampEcho = syn && (flags & Tcp.ACK) == 0 ? 0 : peer.lastTimestamp;
            lastTimestamp = packet.timestamp;
        }
        if ((flags & Tcp.ACK) != 0) {
            acknowledge(packet);
        }
        return packet;
    }

    private void acknowledge(TcpPacket packet) {
        List<long[]> beyond = new ArrayList<>();
        List<TcpPacket> arrived =
                peer.sent.subList(settled, peer.sent.size()).stream()
                        .filter(p -> !p.isLost() && carries(p))
                        .sorted(Comparator.comparingLong(p -> p.offset))
                        .toList();
        for (TcpPacket each : arrived) {
            if (each.offset <= reached) {
                reached = Math.max(reached, each.end());
                continue;
            }
            long[] last = beyond.isEmpty() ? null : beyond.get(beyond.size() - 1);
            if (last != null && each.offset <= last[1]) {
                last[1] = Math.max(last[1], each.end());
            } else {
                beyond.add(new long[] {each.offset, each.end()});
            }
        }
        while (settled < peer.sent.size() && isSettled(peer.sent.get(settled))) {
            settled++;
        }
        packet.ackOffset = reached;
        if (sack && peer.sack && !beyond.isEmpty()) {
            packet.sacked = beyond;
        }
    }

    private static boolean carries(TcpPacket packet) {
        return packet.end() > packet.offset && packet.offset >= 0;
    }

    private boolean isSettled(TcpPacket packet) {
        return !carries(packet) || packet.end() <= reached;
    }

    private TcpPacket emit(TcpPacket packet) {
        sent.add(packet);
        script.add(packet);
        return packet;
    }
}
