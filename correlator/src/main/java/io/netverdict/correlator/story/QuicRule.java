package io.netverdict.correlator.story;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.errortext.Complaint;
import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.scene.EndpointPair;
import io.netverdict.correlator.scene.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code quic.no-response}: QUIC Initial packets unanswered and nothing else tried. */
public final class QuicRule implements StoryRule {
    /** Long header with the fixed bit (RFC 9000 17.2). */
    private static final int LONG_HEADER_MASK = 0xC0;

    private static final int MIN_INITIAL_BYTES = 1200;
    private static final int HTTPS_PORT = 443;

    @Override
    public List<Assessment> assess(RequestStory story) {
        Question question = story.question();
        Set<IpAddress> targets = new LinkedHashSet<>();
        story.hosts().forEach(h -> targets.addAll(story.scene().names().addressesOf(h)));
        Map<EndpointPair, List<DecodedPacket>> initials = new LinkedHashMap<>();
        Set<EndpointPair> answered = new LinkedHashSet<>();
        for (DecodedPacket packet : story.scene().packets()) {
            if (packet.udp() == null
                    || packet.timeNanos() < question.windowFromNanos()
                    || packet.timeNanos() > question.deadlineNanos()) {
                continue;
            }
            if (isInitial(packet)) {
                EndpointPair flow = new EndpointPair(packet.source(), packet.destination());
                boolean wanted =
                        targets.isEmpty() || targets.contains(packet.destination().address());
                if (wanted) {
                    initials.computeIfAbsent(flow, f -> new ArrayList<>()).add(packet);
                }
            }
            answered.add(new EndpointPair(packet.destination(), packet.source()));
        }
        boolean tcpTried =
                story.identified()
                        && story.attempts().stream()
                                .anyMatch(
                                        a ->
                                                a.connection().tcp().firstNanos()
                                                        >= question.windowFromNanos());
        List<Assessment> found = new ArrayList<>();
        initials.forEach(
                (flow, packets) -> {
                    boolean said = question.says(Complaint.QUIC_TIMEOUT);
                    if (!answered.contains(flow) && (said || !tcpTried && packets.size() > 1)) {
                        found.add(finding(question, flow, packets, said));
                    }
                });
        return found;
    }

    private static boolean isInitial(DecodedPacket packet) {
        return packet.udp().destinationPort() == HTTPS_PORT
                && packet.udp().payloadLength() >= MIN_INITIAL_BYTES
                && packet.udp().payload().hasRemaining()
                && (packet.udp().payload().get(0) & LONG_HEADER_MASK) == LONG_HEADER_MASK;
    }

    private static Finding finding(
            Question question, EndpointPair flow, List<DecodedPacket> packets, boolean said) {
        long first = packets.get(0).timeNanos();
        return Finding.of(Cause.QUIC_NO_RESPONSE)
                .strength(said ? 0.97 : 0.85)
                .decidedAt(question.deadlineNanos())
                .hint(
                        Figures.count(packets.size(), "QUIC Initial packet")
                                + " to "
                                + flow.to()
                                + " (UDP) in "
                                + Figures.span(question.occurredNanos() - first)
                                + ", no answer")
                .detail("UDP to that port is dropped on the way, or nothing there speaks QUIC.")
                .evidencePackets(
                        "QUIC Initial packets at "
                                + Figures.offsets(
                                        packets.stream().map(DecodedPacket::timeNanos).toList(),
                                        first)
                                + ", no answer",
                        packets)
                .build();
    }
}
