package io.netverdict.correlator.story;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.scene.DnsQuery;
import io.netverdict.correlator.scene.FragmentTrain;
import io.netverdict.correlator.tcp.TcpConnection;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** DNS answers too large for one packet: fragments that are lost, truncation without TCP. */
final class LargeAnswers {
    private static final int DNS_PORT = 53;

    private LargeAnswers() {}

    /** Why the size of the answers kept a name from being resolved, if it did. */
    static Optional<Finding> failure(RequestStory story, Resolution resolution) {
        List<FragmentTrain> broken = brokenAnswers(story, resolution);
        return broken.isEmpty()
                ? truncatedNoTcp(story, resolution)
                : Optional.of(fragmentsLost(story, resolution, broken));
    }

    private static List<FragmentTrain> brokenAnswers(RequestStory story, Resolution resolution) {
        Set<FragmentTrain> broken = new LinkedHashSet<>();
        for (DnsQuery query : resolution.queries()) {
            story
                    .scene()
                    .brokenTrains(
                            query.server().address(), query.client().address(), IpProtocol.UDP)
                    .stream()
                    .filter(t -> t.firstNanos() >= resolution.startedNanos())
                    .filter(t -> t.firstNanos() <= story.question().deadlineNanos())
                    .filter(
                            t ->
                                    t.first() == null
                                            || t.first().udp() != null
                                                    && t.first().udp().sourcePort() == DNS_PORT)
                    .forEach(broken::add);
        }
        return new ArrayList<>(broken);
    }

    private static Finding fragmentsLost(
            RequestStory story, Resolution resolution, List<FragmentTrain> broken) {
        List<DecodedPacket> packets = new ArrayList<>();
        broken.forEach(t -> packets.addAll(t.fragments()));
        return Finding.of(Cause.PATH_FRAGMENTS_LOST)
                .strength(0.95)
                .phase(Phase.RESOLVE)
                .decidedAt(story.question().deadlineNanos())
                .hint(
                        "the answer for "
                                + resolution.name()
                                + " comes in fragments that never get whole ("
                                + Figures.count(broken.size(), "datagram")
                                + "): fragments are lost on the way")
                .detail(
                        "The name server answers with a datagram too large for the path; a firewall"
                                + " drops the fragments behind the first.")
                .evidencePackets("fragments whose other parts never came", packets)
                .evidencePackets("the queries", ResolveRule.packets(resolution.queries()))
                .build();
    }

    private static Optional<Finding> truncatedNoTcp(RequestStory story, Resolution resolution) {
        List<DnsQuery> truncated =
                resolution.answered().stream()
                        .filter(q -> !q.overTcp() && q.response().truncated())
                        .toList();
        if (truncated.isEmpty()) {
            return Optional.empty();
        }
        boolean answeredOverTcp = resolution.answered().stream().anyMatch(DnsQuery::overTcp);
        List<TcpConnection> tries =
                story.scene().connections().stream()
                        .filter(c -> c.server().port() == DNS_PORT)
                        .filter(
                                c ->
                                        truncated.stream()
                                                .anyMatch(q -> q.server().equals(c.server())))
                        .filter(c -> c.lastNanos() >= resolution.startedNanos())
                        .toList();
        if (answeredOverTcp) {
            return Optional.empty();
        }
        List<DecodedPacket> tcpPackets = new ArrayList<>();
        tries.forEach(t -> tcpPackets.addAll(t.packets()));
        return Optional.of(
                Finding.of(Cause.DNS_TRUNCATED_NO_TCP)
                        .strength(tries.isEmpty() ? 0.8 : 0.97)
                        .decidedAt(story.question().deadlineNanos())
                        .hint(
                                "the answer for "
                                        + resolution.name()
                                        + " from "
                                        + truncated.get(0).server()
                                        + " is truncated (TC), and DNS over TCP "
                                        + (tries.isEmpty() ? "was not tried" : "got nowhere"))
                        .detail("TCP port 53 to the name server is filtered or not served.")
                        .evidencePackets(
                                "answers with TC set",
                                truncated.stream().map(DnsQuery::responsePacket).toList())
                        .evidencePackets("the attempts over TCP", tcpPackets)
                        .build());
    }
}
