package io.netverdict.correlator.survey;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.packet.Transport.QuotedPacket;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.recording.Recording;
import io.netverdict.correlator.scene.DnsQuery;
import io.netverdict.correlator.scene.FragmentTrain;
import io.netverdict.correlator.scene.IcmpError;
import io.netverdict.correlator.scene.Scene;
import io.netverdict.correlator.scene.SceneReader;
import io.netverdict.correlator.tcp.TcpConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a recording holds beside TCP connections: lookups, ICMP errors, neighbors, fragments; found
 * by connection without a scan. Immutable.
 */
final class Surroundings {
    private static final int DNS_PORT = 53;

    /** More packets than this are not kept; a recording of lookups alone is read so far. */
    private static final long MAX_PACKETS = 400_000;

    private static final int MAX_LOOKUPS_A_CONNECTION = 8;
    private static final long LOOKUP_BEFORE_NANOS = 10_000_000_000L;

    private final Scene scene;
    private final Stretches stretches;
    private final Map<FlowKey, List<IcmpError>> errorsByFlow = new HashMap<>();
    private final Map<String, List<DnsQuery>> queriesByName = new HashMap<>();

    private Surroundings(Scene scene, Stretches stretches) {
        this.scene = scene;
        this.stretches = stretches;
        for (IcmpError error : scene.icmpErrors()) {
            QuotedPacket quoted = error.message().quoted();
            if (quoted != null && quoted.hasPorts()) {
                errorsByFlow
                        .computeIfAbsent(
                                FlowKey.of(
                                        quoted.ip().protocol(),
                                        new Endpoint(quoted.ip().source(), quoted.sourcePort()),
                                        new Endpoint(
                                                quoted.ip().destination(),
                                                quoted.destinationPort())),
                                k -> new ArrayList<>())
                        .add(error);
            }
        }
        for (DnsQuery query : scene.dnsQueries()) {
            queriesByName.computeIfAbsent(query.name(), n -> new ArrayList<>()).add(query);
        }
    }

    static Surroundings read(Recording recording, List<RecordedFlow> flows) {
        Set<FlowKey> keys = new LinkedHashSet<>();
        long packets = 0;
        for (RecordedFlow flow : flows) {
            if (belongs(flow.key()) && packets + flow.packets() <= MAX_PACKETS) {
                keys.add(flow.key());
                packets += flow.packets();
            }
        }
        return new Surroundings(new SceneReader().readFlows(recording, keys), new Stretches(flows));
    }

    private static boolean belongs(FlowKey key) {
        boolean tcpOrUdp = key.protocol() == IpProtocol.TCP || key.protocol() == IpProtocol.UDP;
        return switch (key.protocol()) {
            case FlowKey.ARP, IpProtocol.ICMP, IpProtocol.ICMPV6 -> true;
            default ->
                    tcpOrUdp
                            && (key.low().port() == DNS_PORT
                                    || key.high().port() == DNS_PORT
                                    || isFragments(key));
        };
    }

    /** Whether a flow holds the later fragments of an address pair. */
    static boolean isFragments(FlowKey key) {
        return key.low().port() == 0 && key.high().port() == 0;
    }

    /** Everything beside connections; those to name servers are in it. */
    Scene scene() {
        return scene;
    }

    /** Whether an ICMP error quotes a packet of a flow. */
    boolean hasErrorsAbout(FlowKey flow) {
        return errorsByFlow.containsKey(flow);
    }

    /** Until when the recording is known to have gone on after a moment. */
    long recordedUntil(long nanos) {
        return stretches.endAfter(nanos);
    }

    /**
     * The scene around one connection.
     *
     * @param broken fragmented datagrams between its two ends
     */
    Scene around(TcpConnection tcp, List<FragmentTrain> broken) {
        FlowKey key = FlowKey.of(IpProtocol.TCP, tcp.client(), tcp.server());
        List<IcmpError> errors =
                errorsByFlow.getOrDefault(key, List.of()).stream()
                        .map(
                                e ->
                                        new IcmpError(
                                                e.packet(),
                                                e.message(),
                                                e.reporter().equals(tcp.client().address())))
                        .toList();
        return new Scene(
                scene.coverage(),
                List.of(),
                List.of(tcp),
                List.of(),
                errors,
                List.of(),
                broken,
                scene.names(),
                scene.localAddresses());
    }

    /** Queries for a name, by time. */
    List<DnsQuery> queriesFor(String name) {
        return queriesByName.getOrDefault(name, List.of());
    }

    /** The lookups that gave a connection its address, newest first seen last; a few at most. */
    List<DnsQuery> lookupsBefore(TcpConnection tcp) {
        List<DnsQuery> lookups = new ArrayList<>();
        for (String name : scene.names().namesOf(tcp.server().address())) {
            for (DnsQuery query : queriesFor(name)) {
                boolean before =
                        query.sentNanos() <= tcp.firstNanos()
                                && query.sentNanos() >= tcp.firstNanos() - LOOKUP_BEFORE_NANOS;
                boolean own = query.client().address().equals(tcp.client().address());
                if (before && own && lookups.size() < MAX_LOOKUPS_A_CONNECTION) {
                    lookups.add(query);
                }
            }
        }
        return lookups;
    }
}
