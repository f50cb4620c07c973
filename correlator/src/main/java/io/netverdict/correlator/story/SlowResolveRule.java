package io.netverdict.correlator.story;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.finding.Rejection;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.scene.DnsQuery;
import io.netverdict.correlator.scene.Question;
import java.util.ArrayList;
import java.util.List;

/** {@code dns.slow}: answers came in time to go on, and resolving ate most of the time. */
public final class SlowResolveRule implements StoryRule {
    private static final long MIN_SLOW_NANOS = 500_000_000L;

    @Override
    public List<Assessment> assess(RequestStory story) {
        Question question = story.question();
        if (!question.saysTimeout()) {
            return List.of();
        }
        List<Assessment> found = new ArrayList<>();
        for (Resolution resolution : Resolution.of(story.lookups(), question.deadlineNanos())) {
            long resolved = resolution.resolvedNanos();
            if (resolved < 0) {
                continue;
            }
            long begun =
                    question.startedNanos() >= 0
                            ? Math.min(question.startedNanos(), resolution.startedNanos())
                            : resolution.startedNanos();
            long total = question.occurredNanos() - begun;
            long took = resolved - resolution.startedNanos();
            if (took < MIN_SLOW_NANOS) {
                continue;
            }
            if (took * 2 < total) {
                found.add(
                        new Rejection(
                                Cause.DNS_SLOW,
                                "resolving took "
                                        + Figures.span(took)
                                        + " of "
                                        + Figures.span(total)));
                continue;
            }
            found.add(finding(question, resolution, took, total));
        }
        return found;
    }

    private static Finding finding(
            Question question, Resolution resolution, long took, long total) {
        List<DecodedPacket> silent = new ArrayList<>();
        for (DnsQuery query : resolution.unanswered()) {
            silent.add(query.packet());
        }
        DnsQuery first =
                resolution.answered().stream()
                        .filter(Resolution::hasAddress)
                        .findFirst()
                        .orElseThrow();
        Finding.Builder finding =
                Finding.of(Cause.DNS_SLOW)
                        .strength(0.93)
                        .blame(Blame.RESOLVER)
                        .decidedAt(question.occurredNanos())
                        .hint(
                                "resolving "
                                        + resolution.name()
                                        + " took "
                                        + Figures.span(took)
                                        + " of the "
                                        + Figures.span(total)
                                        + " the request had"
                                        + (silent.isEmpty()
                                                ? ""
                                                : ": "
                                                        + resolution.unanswered().get(0).server()
                                                        + " was silent"))
                        .detail(
                                "The name was resolved in the end, too late for the rest of the request"
                                        + " to fit into the client's time.");
        if (!silent.isEmpty()) {
            finding.evidencePackets("queries without an answer", silent);
        }
        return finding.evidencePacket(
                        "the answer, after " + Figures.span(took), first.responsePacket())
                .build();
    }
}
