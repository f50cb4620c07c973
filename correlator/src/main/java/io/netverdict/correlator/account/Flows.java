package io.netverdict.correlator.account;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.Endpoint;
import io.netverdict.correlator.model.FlowSummary;
import io.netverdict.correlator.scene.DnsQuery;
import io.netverdict.correlator.scene.EndpointPair;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.RequestStory.Attempt;
import io.netverdict.correlator.tcp.TcpConnection;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers a request's flows and sums up their figures. */
final class Flows {
    private final List<FlowSummary> summaries = new ArrayList<>();
    private final Map<TcpConnection, Integer> tcpIds = new IdentityHashMap<>();
    private final Map<EndpointPair, Integer> udpIds = new LinkedHashMap<>();

    /**
     * @param attempts those of the story's that are taken to be the request's
     */
    Flows(RequestStory story, List<Attempt> attempts) {
        Map<EndpointPair, List<DecodedPacket>> udp = new LinkedHashMap<>();
        for (DnsQuery query : story.lookups()) {
            if (!query.overTcp()) {
                List<DecodedPacket> packets =
                        udp.computeIfAbsent(
                                new EndpointPair(query.client(), query.server()),
                                f -> new ArrayList<>());
                packets.add(query.packet());
                if (query.responsePacket() != null) {
                    packets.add(query.responsePacket());
                }
            }
        }
        udp.forEach(
                (flow, packets) -> {
                    int id = summaries.size() + 1;
                    udpIds.put(flow, id);
                    summaries.add(summary(id, "udp", flow.from(), flow.to(), packets, 0));
                });
        for (Attempt attempt : attempts) {
            TcpConnection tcp = attempt.connection().tcp();
            int id = summaries.size() + 1;
            tcpIds.put(tcp, id);
            long retransmissions = tcp.segments().stream().filter(s -> s.retransmission()).count();
            summaries.add(
                    summary(id, "tcp", tcp.client(), tcp.server(), tcp.packets(), retransmissions));
        }
    }

    List<FlowSummary> summaries() {
        return summaries;
    }

    Integer idOf(TcpConnection connection) {
        return tcpIds.get(connection);
    }

    Integer idOf(DnsQuery query) {
        return udpIds.get(new EndpointPair(query.client(), query.server()));
    }

    private static FlowSummary summary(
            int id,
            String protocol,
            Endpoint local,
            Endpoint remote,
            List<DecodedPacket> packets,
            long retransmissions) {
        long sent = 0;
        long received = 0;
        long bytesSent = 0;
        long bytesReceived = 0;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (DecodedPacket packet : packets) {
            if (packet.source().equals(local)) {
                sent++;
                bytesSent += packet.captured().wireLength();
            } else {
                received++;
                bytesReceived += packet.captured().wireLength();
            }
            first = Math.min(first, packet.timeNanos());
            last = Math.max(last, packet.timeNanos());
        }
        return new FlowSummary(
                id,
                protocol,
                local.toString(),
                remote.toString(),
                sent,
                received,
                bytesSent,
                bytesReceived,
                retransmissions,
                Times.instant(first),
                Times.instant(last));
    }
}
