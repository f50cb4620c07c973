package io.netverdict.correlator.survey;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.NetworkHeader.Arp;
import io.netverdict.capture.packet.PacketDirection;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.scene.NeighborQuery;
import io.netverdict.correlator.scene.Question;
import io.netverdict.correlator.scene.Scene;
import io.netverdict.correlator.story.NeighborRule;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.survey.Accusation.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks for hosts on the local link that were asked for and never answered. */
final class LinkExaminer {
    private static final int LEAST_REQUESTS = 3;

    private static final int ETHERNET = 1;

    /** IEEE 802.3 without the frame check sequence. */
    private static final int LEAST_FRAME_BYTES = 60;

    /** Who asks for more hosts than this in vain is scanning. */
    private static final int MAX_TARGETS = 8;

    private record Asked(IpAddress by, IpAddress target) {}

    private final Scene scene;
    private final Set<IpAddress> heardUnicast = new HashSet<>();

    LinkExaminer(Scene scene, List<RecordedFlow> flows) {
        this.scene = scene;
        for (RecordedFlow flow : flows) {
            FlowKey key = flow.key();
            boolean unicast =
                    key.protocol() != FlowKey.ARP
                            && !key.low().address().isMulticast()
                            && !key.high().address().isMulticast();
            if (unicast) {
                heardUnicast.add(key.low().address());
                heardUnicast.add(key.high().address());
            }
        }
    }

    /** Hosts that are missing. */
    List<Accusation> examine() {
        Map<Asked, List<DecodedPacket>> requests = new LinkedHashMap<>();
        Map<IpAddress, Set<IpAddress>> targetsOf = new LinkedHashMap<>();
        for (NeighborQuery query : scene.neighborQueries()) {
            if (!query.answers().isEmpty() || query.target().isLinkLocal()) {
                continue;
            }
            for (DecodedPacket request : query.requests()) {
                IpAddress by =
                        request.network() instanceof Arp arp ? arp.sender() : request.ip().source();
                requests.computeIfAbsent(new Asked(by, query.target()), a -> new ArrayList<>())
                        .add(request);
                targetsOf.computeIfAbsent(by, a -> new HashSet<>()).add(query.target());
            }
        }
        List<Accusation> accusations = new ArrayList<>();
        requests.forEach(
                (asked, packets) -> {
                    // A reply is unicast: where none of the asker's are seen, it proves nothing.
                    boolean seen =
                            heardUnicast.contains(asked.by())
                                    || packets.stream().anyMatch(LinkExaminer::sentHere);
                    boolean scans = targetsOf.get(asked.by()).size() > MAX_TARGETS;
                    if (packets.size() >= LEAST_REQUESTS && seen && !scans) {
                        accuse(asked, packets, accusations);
                    }
                });
        return accusations;
    }

    /** Ethernet pads what it carries; a shorter frame was recorded where it was made. */
    private static boolean sentHere(DecodedPacket request) {
        return request.direction() == PacketDirection.OUTBOUND
                || request.captured().linkType() == ETHERNET
                        && request.captured().wireLength() < LEAST_FRAME_BYTES;
    }

    private void accuse(Asked asked, List<DecodedPacket> packets, List<Accusation> accusations) {
        long last = packets.get(packets.size() - 1).timeNanos();
        Set<String> hosts = Set.of(asked.target().toString());
        Question question = NeutralQuestion.at(last, hosts);
        Scene around =
                new Scene(
                        scene.coverage(),
                        packets,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new NeighborQuery(asked.target(), packets, List.of())),
                        List.of(),
                        scene.names(),
                        scene.localAddresses());
        RequestStory story = new RequestStory(question, around, List.of(), List.of(), hosts, true);
        for (Assessment assessment : new NeighborRule().assess(story)) {
            if (assessment instanceof Finding finding) {
                accusations.add(
                        new Accusation(
                                finding,
                                finding.strength(),
                                List.of(),
                                asked.by(),
                                new Target("host", asked.target().toString(), 0),
                                hosts,
                                null,
                                packets.get(0).number(),
                                packets.get(0).timeNanos(),
                                last,
                                List.of()));
            }
        }
    }
}
