package io.netverdict.correlator.tcp;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.Transport.SackBlock;
import io.netverdict.capture.packet.Transport.Tcp;
import io.netverdict.capture.recording.FlowKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sorts TCP packets into connections.
 *
 * <p>A 5-tuple is not a connection: a SYN with a new initial sequence number begins a new one.
 * Where no SYN was recorded, the client is the end whose address is one of the recorder's own, or
 * else the one with the higher port.
 */
public final class ConnectionTracker {
    private static final int MAX_WINDOW_SCALE = 14;

    private final Set<IpAddress> localAddresses;

    /**
     * @param localAddresses addresses known to be the recording host's own; may be empty
     */
    public ConnectionTracker(Set<IpAddress> localAddresses) {
        this.localAddresses = Set.copyOf(localAddresses);
    }

    /** The connections of some packets (others than TCP are passed over), by first packet. */
    public List<TcpConnection> track(List<DecodedPacket> packets) {
        return track(packets, Long.MIN_VALUE);
    }

    /**
     * The same of a recording that has overwritten data and kept handshakes: a connection that
     * lived at the time up to which it did comes in two, so that bytes which were there once are
     * not taken for lost.
     *
     * @param dataSinceNanos from when on data is there, too
     */
    public List<TcpConnection> track(List<DecodedPacket> packets, long dataSinceNanos) {
        Map<FlowKey, List<List<DecodedPacket>>> byTuple = new LinkedHashMap<>();
        for (DecodedPacket packet : packets) {
            Tcp tcp = packet.tcp();
            if (tcp == null) {
                continue;
            }
            FlowKey key = FlowKey.of(6, packet.source(), packet.destination());
            List<List<DecodedPacket>> connections =
                    byTuple.computeIfAbsent(key, k -> new ArrayList<>());
            if (connections.isEmpty()
                    || beginsAnother(connections, packet)
                    || packet.timeNanos() >= dataSinceNanos
                            && HandshakeRemnant.precedes(
                                    connections.get(connections.size() - 1),
                                    packet,
                                    dataSinceNanos)) {
                connections.add(new ArrayList<>());
            }
            connections.get(connections.size() - 1).add(packet);
        }
        List<TcpConnection> tracked = new ArrayList<>();
        byTuple.values().forEach(list -> list.forEach(c -> tracked.add(connection(c))));
        tracked.sort((a, b) -> Long.compare(a.firstNanos(), b.firstNanos()));
        return tracked;
    }

    private static boolean beginsAnother(
            List<List<DecodedPacket>> connections, DecodedPacket packet) {
        Tcp tcp = packet.tcp();
        if (!tcp.syn() || tcp.ack()) {
            return false;
        }
        List<DecodedPacket> current = connections.get(connections.size() - 1);
        for (DecodedPacket earlier : current) {
            Tcp e = earlier.tcp();
            if (e.syn() && !e.ack() && earlier.source().equals(packet.source())) {
                return e.sequence() != tcp.sequence();
            }
        }
        // Its SYN-ACK may have been recorded before the SYN (two interfaces, two queues).
        for (DecodedPacket earlier : current) {
            Tcp e = earlier.tcp();
            if (e.syn() && e.acknowledgment() == ((tcp.sequence() + 1) & 0xFFFF_FFFFL)) {
                return false;
            }
        }
        return true;
    }

    private TcpConnection connection(List<DecodedPacket> packets) {
        Endpoint client = null;
        boolean startSeen = false;
        for (DecodedPacket packet : packets) {
            if (packet.tcp().syn()) {
                client = packet.tcp().ack() ? packet.destination() : packet.source();
                startSeen = true;
                break;
            }
        }
        DecodedPacket first = packets.get(0);
        if (client == null) {
            client = guessClient(first);
        }
        Endpoint server = client.equals(first.source()) ? first.destination() : first.source();
        return new TcpConnection(client, server, startSeen, segments(packets, client));
    }

    private Endpoint guessClient(DecodedPacket packet) {
        Endpoint source = packet.source();
        Endpoint destination = packet.destination();
        boolean sourceLocal = localAddresses.contains(source.address());
        boolean destinationLocal = localAddresses.contains(destination.address());
        if (sourceLocal != destinationLocal) {
            return sourceLocal ? source : destination;
        }
        return source.port() >= destination.port() ? source : destination;
    }

    private static List<Segment> segments(List<DecodedPacket> packets, Endpoint client) {
        SequenceSpace fromClient = new SequenceSpace();
        SequenceSpace fromServer = new SequenceSpace();
        for (DecodedPacket packet : packets) {
            Tcp tcp = packet.tcp();
            boolean isClient = packet.source().equals(client);
            if (tcp.syn()) {
                (isClient ? fromClient : fromServer).start(tcp);
                if (tcp.ack()) {
                    (isClient ? fromServer : fromClient).base(tcp.acknowledgment());
                }
            }
        }
        for (DecodedPacket packet : packets) {
            Tcp tcp = packet.tcp();
            boolean isClient = packet.source().equals(client);
            if (!tcp.rst()) {
                (isClient ? fromClient : fromServer).base(tcp.sequence());
                if (tcp.ack()) {
                    (isClient ? fromServer : fromClient).base(tcp.acknowledgment());
                }
            }
        }
        // The window scale holds only where both sides sent it.
        boolean scaled = fromClient.windowScale >= 0 && fromServer.windowScale >= 0;
        List<Segment> segments = new ArrayList<>(packets.size());
        for (DecodedPacket packet : packets) {
            boolean isClient = packet.source().equals(client);
            SequenceSpace own = isClient ? fromClient : fromServer;
            SequenceSpace other = isClient ? fromServer : fromClient;
            segments.add(segment(packet, isClient, own, other, scaled));
        }
        return segments;
    }

    private static Segment segment(
            DecodedPacket packet,
            boolean isClient,
            SequenceSpace own,
            SequenceSpace other,
            boolean scaled) {
        Tcp tcp = packet.tcp();
        long offset = tcp.syn() ? -1 : own.offsetOf(tcp.sequence());
        long ackOffset = tcp.ack() ? Math.max(0, other.offsetOf(tcp.acknowledgment())) : -1;
        int shift = scaled && !tcp.syn() ? Math.min(own.windowScale, MAX_WINDOW_SCALE) : 0;
        boolean plain = !tcp.syn() && !tcp.fin() && !tcp.rst();
        boolean keepAlive =
                plain
                        && tcp.payloadLength() <= 1
                        && offset == own.highestEnd - 1
                        && own.highestEnd == own.highestAcked;
        boolean retransmission =
                tcp.syn()
                        ? own.synSeen
                        : tcp.payloadLength() > 0
                                && !keepAlive
                                && offset + tcp.payloadLength() <= own.highestEnd;
        List<Segment.Range> sacked = new ArrayList<>();
        for (SackBlock block : tcp.options().sack()) {
            sacked.add(
                    new Segment.Range(other.offsetOf(block.left()), other.offsetOf(block.right())));
        }
        if (tcp.syn()) {
            own.synSeen = true;
        } else if (!tcp.rst()) {
            own.highestEnd = Math.max(own.highestEnd, offset + tcp.payloadLength());
        }
        if (tcp.ack() && !tcp.rst()) {
            other.highestAcked = Math.max(other.highestAcked, ackOffset);
        }
        return new Segment(
                packet,
                isClient,
                offset,
                tcp.payloadLength(),
                ackOffset,
                (long) tcp.window() << shift,
                retransmission,
                keepAlive,
                sacked);
    }

    /** Unwraps 32-bit sequence numbers of one direction around its base. */
    private static final class SequenceSpace {
        private static final long WRAP = 1L << 32;

        private boolean known;
        private long base;
        private long reference;
        private int windowScale = -1;
        private boolean synSeen;
        private long highestEnd;
        private long highestAcked;

        void start(Tcp syn) {
            known = false;
            base((syn.sequence() + 1) & (WRAP - 1));
            windowScale = syn.options().windowScale();
        }

        void base(long sequence) {
            if (!known) {
                known = true;
                base = sequence;
                reference = 0;
            }
        }

        long offsetOf(long sequence) {
            if (!known) {
                return 0;
            }
            long relative = (sequence - base) & (WRAP - 1);
            long offset = relative + (reference & -WRAP);
            if (offset - reference > WRAP / 2) {
                offset -= WRAP;
            } else if (reference - offset > WRAP / 2) {
                offset += WRAP;
            }
            reference = Math.max(reference, offset);
            return offset;
        }
    }
}
