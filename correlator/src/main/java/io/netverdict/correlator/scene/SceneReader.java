package io.netverdict.correlator.scene;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.NetworkHeader.Arp;
import io.netverdict.capture.packet.PacketDecoder;
import io.netverdict.capture.packet.PacketDirection;
import io.netverdict.capture.packet.Transport.Icmp;
import io.netverdict.capture.recording.Coverage;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.Recording;
import io.netverdict.correlator.tcp.ConnectionTracker;
import io.netverdict.correlator.tcp.TcpConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes a stretch of time out of a recording and sorts it into a {@link Scene}. */
public final class SceneReader {

    /** Of a flow longer than this its end is read, which decides. */
    static final int MAX_FLOW_PACKETS = 20_000;

    /**
     * The scene of a question: every flow with a packet in its window, from the flow's beginning,
     * and all that was resolved before; of a busy window what {@link FlowChoice} says.
     */
    public Scene read(Recording recording, Question question) {
        FlowChoice choice =
                new FlowChoice(
                        recording,
                        question,
                        FlowChoice.Limits.STANDARD,
                        some -> readFlows(recording, some).names());
        Map<Long, Set<FlowKey>> keysByStart = new LinkedHashMap<>();
        List<CapturedPacket> packets = new ArrayList<>();
        long to = question.windowToNanos();
        for (FlowChoice.Chosen chosen : choice.choose()) {
            FlowKey key = chosen.flow().key();
            long from = chosen.fromNanos();
            if (chosen.flow().packets() <= MAX_FLOW_PACKETS) {
                keysByStart.computeIfAbsent(from, start -> new LinkedHashSet<>()).add(key);
            } else {
                packets.addAll(recording.newestPackets(Set.of(key), from, to, MAX_FLOW_PACKETS));
            }
        }
        keysByStart.forEach((from, keys) -> packets.addAll(recording.packets(keys, from, to)));
        packets.sort((a, b) -> Long.compare(a.number(), b.number()));
        return of(recording, packets);
    }

    /** The scene of some flows, from beginning to end; nothing else is read. */
    public Scene readFlows(Recording recording, Collection<FlowKey> flows) {
        return readFlows(recording, flows, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** The scene of some flows between two times, both inclusive; nothing else is read. */
    public Scene readFlows(
            Recording recording, Collection<FlowKey> flows, long fromNanos, long toNanos) {
        return of(recording, recording.packets(flows, fromNanos, toNanos));
    }

    /**
     * The scene of some flows, each from its own time on; nothing else is read.
     *
     * @param starts nanoseconds since the epoch, by flow
     */
    public Scene readFlows(Recording recording, Map<FlowKey, Long> starts) {
        return of(recording, recording.packetsSince(starts));
    }

    /** The scene of everything recorded. */
    public Scene readAll(Recording recording) {
        Set<FlowKey> keys = new LinkedHashSet<>();
        recording.flows(Long.MIN_VALUE, Long.MAX_VALUE).forEach(f -> keys.add(f.key()));
        return of(recording, recording.packets(keys, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    private static Scene of(Recording recording, List<CapturedPacket> captured) {
        PacketDecoder decoder = new PacketDecoder();
        List<DecodedPacket> decoded = new ArrayList<>(captured.size());
        captured.forEach(packet -> decoded.add(decoder.decode(packet)));
        List<DecodedPacket> packets = PacketDeduplicator.withoutCopies(decoded);
        Set<IpAddress> local = localAddresses(packets);
        List<IcmpError> errors = new ArrayList<>();
        for (DecodedPacket packet : packets) {
            Icmp icmp = packet.icmp();
            if (icmp != null && icmp.isError() && icmp.quoted() != null) {
                boolean own = local.contains(packet.ip().source());
                errors.add(new IcmpError(packet, icmp, own));
            }
        }
        List<TcpConnection> connections =
                new ConnectionTracker(local).track(packets, dataSinceNanos(recording.coverage()));
        List<FragmentTrain> trains = FragmentTrain.of(packets);
        List<DnsQuery> queries = DnsQueries.of(packets, connections, errors, trains);
        return new Scene(
                recording.coverage(),
                packets,
                connections,
                queries,
                errors,
                neighbors(packets),
                trains,
                new NameBook(queries),
                local);
    }

    private static long dataSinceNanos(Coverage coverage) {
        return coverage.decidingSinceNanos() < coverage.firstNanos()
                ? coverage.firstNanos()
                : Long.MIN_VALUE;
    }

    /** Who sends queries, SYNs or outgoing packets is taken to be this host. */
    private static Set<IpAddress> localAddresses(List<DecodedPacket> packets) {
        Set<IpAddress> outgoing = new HashSet<>();
        Set<IpAddress> asking = new HashSet<>();
        Set<IpAddress> answering = new HashSet<>();
        for (DecodedPacket packet : packets) {
            if (packet.ip() == null) {
                continue;
            }
            if (packet.direction() == PacketDirection.OUTBOUND) {
                outgoing.add(packet.ip().source());
            }
            boolean asks =
                    packet.udp() != null
                            ? packet.udp().destinationPort() == DnsQueries.DNS_PORT
                            : packet.tcp() != null && packet.tcp().syn() && !packet.tcp().ack();
            if (asks) {
                asking.add(packet.ip().source());
            }
            if (packet.tcp() != null && packet.tcp().syn() && packet.tcp().ack()) {
                answering.add(packet.ip().source());
            }
        }
        if (!outgoing.isEmpty()) {
            return outgoing;
        }
        Set<IpAddress> clients = new HashSet<>(asking);
        clients.removeIf(a -> answering.contains(a) && !a.isLoopback());
        return clients;
    }

    private static List<NeighborQuery> neighbors(List<DecodedPacket> packets) {
        Map<IpAddress, List<DecodedPacket>> requests = new LinkedHashMap<>();
        Map<IpAddress, List<DecodedPacket>> answers = new LinkedHashMap<>();
        for (DecodedPacket packet : packets) {
            if (packet.network() instanceof Arp arp) {
                boolean probe = arp.sender().isUnspecified() || arp.sender().equals(arp.target());
                if (arp.operation() == Arp.REQUEST && !probe) {
                    requests.computeIfAbsent(arp.target(), a -> new ArrayList<>()).add(packet);
                }
                // Whoever asks is alive, too.
                answers.computeIfAbsent(arp.sender(), a -> new ArrayList<>()).add(packet);
            } else if (packet.icmp() != null && packet.icmp().neighborTarget() != null) {
                boolean asks = packet.icmp().type() == Icmp.V6_NEIGHBOR_SOLICITATION;
                boolean duplicateDetection = packet.ip().source().isUnspecified();
                if (!asks || !duplicateDetection) {
                    (asks ? requests : answers)
                            .computeIfAbsent(packet.icmp().neighborTarget(), a -> new ArrayList<>())
                            .add(packet);
                }
            }
        }
        List<NeighborQuery> queries = new ArrayList<>();
        requests.forEach(
                (target, asked) ->
                        queries.add(
                                new NeighborQuery(
                                        target, asked, answers.getOrDefault(target, List.of()))));
        return queries;
    }
}
