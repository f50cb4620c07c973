package io.netverdict.correlator.scene;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.NetworkHeader;
import io.netverdict.capture.packet.Transport.Tcp;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Removes copies of a packet that two interfaces saw (bridge and port, tunnel and carrier, {@code
 * any}).
 *
 * <p>A retransmission is another packet: its IP identification differs, or, where there is none, it
 * comes later than a copy could.
 */
final class PacketDeduplicator {
    /** A host hands a packet from interface to interface within this time. */
    private static final long COPY_NANOS = 2_000_000L;

    /** The same IP identification, sequence numbers and timestamps: no repeat looks like that. */
    private static final long NUMBERED_COPY_NANOS = 50_000_000L;

    /** Where nothing in the packet tells a copy from a repeat, they must be this close. */
    private static final long ANONYMOUS_COPY_NANOS = 100_000L;

    private record Identity(
            Object source, Object destination, int protocol, long id, Object transport) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Identity that
                    && id == that.id
                    && protocol == that.protocol
                    && source.equals(that.source)
                    && destination.equals(that.destination)
                    && Objects.equals(transport, that.transport);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * source.hashCode() + Long.hashCode(id)) + Objects.hashCode(transport);
        }
    }

    /** What a segment's header says; equal where all of that is. */
    private record SameSegment(Tcp tcp) {
        @Override
        public boolean equals(Object other) {
            return other instanceof SameSegment that
                    && tcp.sequence() == that.tcp.sequence()
                    && tcp.acknowledgment() == that.tcp.acknowledgment()
                    && tcp.flags() == that.tcp.flags()
                    && tcp.window() == that.tcp.window()
                    && tcp.payloadLength() == that.tcp.payloadLength()
                    && tcp.options().equals(that.tcp.options());
        }

        @Override
        public int hashCode() {
            return 31 * Long.hashCode(tcp.sequence()) + Long.hashCode(tcp.acknowledgment());
        }
    }

    private PacketDeduplicator() {}

    /** The packets without copies, the first of each kept. */
    static List<DecodedPacket> withoutCopies(List<DecodedPacket> packets) {
        List<DecodedPacket> kept = new ArrayList<>(packets.size());
        Map<Identity, DecodedPacket> recent = new HashMap<>();
        Deque<Identity> order = new ArrayDeque<>();
        OffloadedCopies offloaded = new OffloadedCopies();
        for (DecodedPacket packet : packets) {
            NetworkHeader.Ip ip = packet.ip();
            if (ip == null) {
                kept.add(packet);
                continue;
            }
            Identity identity =
                    new Identity(
                            packet.source(),
                            packet.destination(),
                            ip.protocol(),
                            ip.identification() * 0x2000L + ip.fragmentOffset(),
                            transport(packet));
            DecodedPacket earlier = recent.get(identity);
            if (earlier != null && isCopy(earlier, packet) || offloaded.isPieceOfEarlier(packet)) {
                continue;
            }
            kept.add(packet);
            if (recent.put(identity, packet) == null) {
                order.add(identity);
            }
            while (order.size() > 4096) {
                recent.remove(order.poll());
            }
        }
        return kept;
    }

    private static Object transport(DecodedPacket packet) {
        Tcp tcp = packet.tcp();
        if (tcp != null) {
            return new SameSegment(tcp);
        }
        if (packet.udp() != null) {
            return packet.udp().payload();
        }
        return packet.icmp() == null
                ? packet.captured()
                        .data()
                        .slice(
                                packet.captured().capturedLength() / 2,
                                packet.captured().capturedLength() / 2)
                : List.of(packet.icmp().type(), packet.icmp().code(), packet.icmp().rest());
    }

    private static boolean isCopy(DecodedPacket earlier, DecodedPacket packet) {
        long apart = Math.abs(packet.timeNanos() - earlier.timeNanos());
        NetworkHeader.Ip ip = packet.ip();
        boolean otherPlace =
                earlier.captured().interfaceIndex() != packet.captured().interfaceIndex()
                        || earlier.vlanId() != packet.vlanId()
                        || earlier.direction() != packet.direction()
                        || earlier.ip().hopLimit() != ip.hopLimit();
        boolean numbered = ip.version() == 4 && ip.identification() > 0;
        if (numbered) {
            return apart <= NUMBERED_COPY_NANOS;
        }
        if (otherPlace) {
            return apart <= COPY_NANOS;
        }
        // A host answers each of several packets with the same bare RST: those are no copies.
        boolean bareReset = packet.tcp() != null && packet.tcp().rst();
        return !bareReset && apart <= ANONYMOUS_COPY_NANOS;
    }
}
