package io.netverdict.correlator.story;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.scene.NeighborQuery;
import io.netverdict.correlator.scene.Question;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code link.neighbor-unresolved}: ARP or ND for the target or the gateway unanswered. */
public final class NeighborRule implements StoryRule {

    @Override
    public List<Assessment> assess(RequestStory story) {
        Question question = story.question();
        Set<IpAddress> targets = new LinkedHashSet<>();
        story.hosts().forEach(h -> targets.addAll(story.scene().names().addressesOf(h)));
        question.proxyHost().ifPresent(p -> targets.addAll(story.scene().names().addressesOf(p)));
        question.remote().ifPresent(r -> targets.add(r.address()));
        boolean heard =
                story.attempts().stream()
                        .anyMatch(a -> !a.connection().tcp().toClient().segments().isEmpty());
        List<Assessment> found = new ArrayList<>();
        for (NeighborQuery query : story.scene().neighborQueries()) {
            List<DecodedPacket> unanswered =
                    query.unansweredBetween(question.windowFromNanos(), question.deadlineNanos());
            boolean direct = targets.contains(query.target());
            // Without a packet to the target, an unresolved gateway explains why.
            boolean gateway = !direct && story.attempts().isEmpty() && gatewayMayBeDown(story);
            if (unanswered.isEmpty() || heard || !(direct || gateway)) {
                continue;
            }
            DecodedPacket last = unanswered.get(unanswered.size() - 1);
            boolean recent = question.occurredNanos() - last.timeNanos() < 5_000_000_000L;
            if (!recent) {
                continue;
            }
            found.add(
                    Finding.of(Cause.LINK_NEIGHBOR_UNRESOLVED)
                            .strength(direct ? 0.96 : unanswered.size() > 1 ? 0.9 : 0.7)
                            .decidedAt(question.deadlineNanos())
                            .hint(
                                    query.target()
                                            + " does not answer on the local link: "
                                            + Figures.count(
                                                    unanswered.size(),
                                                    query.target().v6()
                                                            ? "neighbor solicitation"
                                                            : "ARP request")
                                            + ", no reply"
                                            + (direct ? "" : " (next hop)"))
                            .detail(
                                    direct
                                            ? "The host asked for is in the client's own network and is off, or"
                                                    + " on another link."
                                            : "The next hop towards the host does not answer: the gateway is"
                                                    + " down, or its address is wrong.")
                            .evidencePackets(
                                    (query.target().v6()
                                                    ? "neighbor solicitations"
                                                    : "ARP requests")
                                            + " for "
                                            + query.target()
                                            + ", no reply",
                                    unanswered)
                            .build());
        }
        return found;
    }

    /** A failed lookup has its own story, and an answered one shows that the way out works. */
    private static boolean gatewayMayBeDown(RequestStory story) {
        return story.lookups().isEmpty()
                || story.lookups().stream().anyMatch(Resolution::hasAddress);
    }
}
