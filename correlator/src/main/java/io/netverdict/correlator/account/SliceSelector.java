package io.netverdict.correlator.account;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.packet.NetworkHeader.Arp;
import io.netverdict.correlator.model.Evidence;
import io.netverdict.correlator.scene.DnsQuery;
import io.netverdict.correlator.scene.FragmentTrain;
import io.netverdict.correlator.scene.IcmpError;
import io.netverdict.correlator.scene.NeighborQuery;
import io.netverdict.correlator.scene.Scene;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.RequestStory.Attempt;
import io.netverdict.correlator.tcp.TcpConnection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Gathers a request's packets and none of the other traffic: its connections and lookups, ICMP
 * errors that quote them, their fragments, and ARP or ND for the hosts they were sent to.
 */
final class SliceSelector {
    private static final long BEFORE_NANOS = 2_000_000_000L;
    private static final int ETHERNET = 1;
    private static final int HARDWARE_BYTES = 6;

    private SliceSelector() {}

    static List<CapturedPacket> select(
            RequestStory story, List<Attempt> attempts, List<Evidence> evidence) {
        Scene scene = story.scene();
        TreeMap<Long, DecodedPacket> chosen = new TreeMap<>();
        List<TcpConnection> connections = new ArrayList<>();
        attempts.forEach(a -> connections.add(a.connection().tcp()));
        for (TcpConnection connection : connections) {
            connection.packets().forEach(p -> chosen.put(p.number(), p));
            scene.errorsAbout(connection).forEach(e -> chosen.put(e.packet().number(), e.packet()));
            for (IcmpError error :
                    scene.errorsAbout(IpProtocol.TCP, connection.server(), connection.client())) {
                chosen.put(error.packet().number(), error.packet());
            }
        }
        for (DnsQuery query : story.lookups()) {
            chosen.put(query.packet().number(), query.packet());
            if (query.responsePacket() != null) {
                chosen.put(query.responsePacket().number(), query.responsePacket());
            }
            if (query.unreachable() != null) {
                DecodedPacket error = query.unreachable().packet();
                chosen.put(error.number(), error);
            }
            if (query.overTcp()) {
                addDnsOverTcp(scene, query, chosen);
            }
        }
        Set<Long> cited = new HashSet<>();
        evidence.forEach(e -> cited.addAll(e.frames()));
        for (DecodedPacket packet : scene.packets()) {
            if (cited.contains(packet.number())) {
                chosen.put(packet.number(), packet);
            }
        }
        for (FragmentTrain train : scene.fragmentTrains()) {
            if (train.fragments().stream().anyMatch(f -> chosen.containsKey(f.number()))) {
                train.fragments().forEach(f -> chosen.put(f.number(), f));
            }
        }
        addNeighbors(story, chosen);
        return chosen.values().stream().map(DecodedPacket::captured).toList();
    }

    private static void addDnsOverTcp(
            Scene scene, DnsQuery query, TreeMap<Long, DecodedPacket> chosen) {
        for (TcpConnection connection : scene.connections()) {
            if (connection.client().equals(query.client())
                    && connection.server().equals(query.server())) {
                connection.packets().forEach(p -> chosen.put(p.number(), p));
            }
        }
    }

    private static void addNeighbors(RequestStory story, TreeMap<Long, DecodedPacket> chosen) {
        Set<IpAddress> peers = new HashSet<>();
        Set<String> nextHops = new HashSet<>();
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (DecodedPacket packet : chosen.values()) {
            first = Math.min(first, packet.timeNanos());
            last = Math.max(last, packet.timeNanos());
            if (packet.ip() != null) {
                peers.add(packet.ip().source());
                peers.add(packet.ip().destination());
                String hop = destinationHardware(packet);
                if (hop != null) {
                    nextHops.add(hop);
                }
            }
        }
        peers.removeAll(story.scene().localAddresses());
        story.hosts().forEach(h -> peers.addAll(story.scene().names().addressesOf(h)));
        if (first == Long.MAX_VALUE) {
            first = story.question().windowFromNanos();
            last = story.question().deadlineNanos();
        }
        for (NeighborQuery query : story.scene().neighborQueries()) {
            boolean peer = peers.contains(query.target());
            boolean hop =
                    query.answers().stream()
                            .anyMatch(
                                    a ->
                                            a.network() instanceof Arp arp
                                                    && nextHops.contains(arp.senderHardware()));
            if (!peer && !hop) {
                continue;
            }
            for (List<DecodedPacket> packets : List.of(query.requests(), query.answers())) {
                for (DecodedPacket packet : packets) {
                    boolean about =
                            !(packet.network() instanceof Arp arp)
                                    || arp.target().equals(query.target())
                                    || arp.sender().equals(query.target());
                    if (about
                            && packet.timeNanos() >= first - BEFORE_NANOS
                            && packet.timeNanos() <= last) {
                        chosen.put(packet.number(), packet);
                    }
                }
            }
        }
    }

    private static String destinationHardware(DecodedPacket packet) {
        CapturedPacket captured = packet.captured();
        if (captured.linkType() != ETHERNET || captured.capturedLength() < HARDWARE_BYTES) {
            return null;
        }
        byte[] address = new byte[HARDWARE_BYTES];
        captured.data().get(0, address);
        return java.util.HexFormat.ofDelimiter(":").formatHex(address);
    }
}
