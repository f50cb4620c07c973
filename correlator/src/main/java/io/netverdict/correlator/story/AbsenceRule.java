package io.netverdict.correlator.story;

import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.recording.Coverage;
import io.netverdict.correlator.errortext.Complaint;
import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Evidence;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.scene.DnsQuery;
import io.netverdict.correlator.scene.Question;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * {@code client.nothing-sent} and {@code capture.insufficient}: there is no packet of the request.
 * Whether it never left, or was not recorded, the rest of the recording and the client's words
 * tell.
 */
public final class AbsenceRule implements StoryRule {
    private static final long REACH_NANOS = 2_000_000_000L;

    /** The client may have tried again, or the clocks differ. */
    private static final double SENT_LATER = 0.6;

    @Override
    public List<Assessment> assess(RequestStory story) {
        if (!story.attempts().isEmpty()
                && story.identified()
                && story.attempts().stream().anyMatch(a -> a.belonging() >= 0.5)) {
            return List.of();
        }
        Question question = story.question();
        Coverage coverage = story.scene().coverage();
        List<Assessment> found = new ArrayList<>();
        String gap = gap(question, coverage);
        boolean resolved =
                story.lookups().stream()
                                .anyMatch(
                                        q ->
                                                q.answeredBy(question.deadlineNanos())
                                                        && Resolution.hasAddress(q))
                        || knownAddress(story);
        boolean mustHaveSent =
                question.says(
                        Complaint.CONNECTION_RESET,
                        Complaint.CONNECTION_CLOSED,
                        Complaint.CONNECTION_REFUSED,
                        Complaint.BROKEN_PIPE,
                        Complaint.BODY_TRUNCATED,
                        Complaint.BODY_READING,
                        Complaint.READ_TIMEOUT,
                        Complaint.TLS_ALERT,
                        Complaint.TLS_CLOSED,
                        Complaint.TLS_HANDSHAKE_TIMEOUT,
                        Complaint.NOT_TLS,
                        Complaint.HTTP_STATUS,
                        Complaint.REDIRECT_LIMIT,
                        Complaint.MALFORMED_RESPONSE,
                        Complaint.PROXY_AUTH_REQUIRED,
                        Complaint.CONTENT_COMPLAINT);
        boolean local =
                question.says(
                        Complaint.ADDRESS_NOT_AVAILABLE,
                        Complaint.TOO_MANY_FILES,
                        Complaint.POOL_EXHAUSTED,
                        Complaint.PERMISSION_DENIED,
                        Complaint.NETWORK_UNREACHABLE);
        boolean resolving = story.lookups().isEmpty() && ResolveRule.speaksOfResolving(story);
        if (gap == null
                && !mustHaveSent
                && (resolved || resolving || local && story.lookups().isEmpty())) {
            found.add(nothingSent(story, resolved, local));
        }
        found.add(insufficient(story, gap, mustHaveSent));
        return found;
    }

    private static boolean knownAddress(RequestStory story) {
        return story.hosts().stream().anyMatch(h -> IpAddress.parse(h).isPresent())
                || story.lookups().isEmpty()
                        && story.hosts().stream()
                                .anyMatch(h -> !story.scene().names().addressesOf(h).isEmpty());
    }

    /** Why the recording cannot show the request's time, or null. */
    private static String gap(Question question, Coverage coverage) {
        if (coverage.packets() == 0) {
            return "the recording holds no packet";
        }
        if (!question.occurredKnown()) {
            return null;
        }
        long occurred = question.occurredNanos();
        if (coverage.onlyDecidingAt(question.deadlineNanos())
                && coverage.decidingSinceNanos() <= question.deadlineNanos()) {
            return "of that time only handshakes and errors are recorded, data was overwritten";
        }
        if (coverage.gapIn(Math.min(occurred, question.deadlineNanos()), occurred).isPresent()) {
            return "no recorder was running at that time";
        }
        if (coverage.firstNanos() > question.deadlineNanos()) {
            return "the recording begins "
                    + Figures.span(coverage.firstNanos() - occurred)
                    + " after the error";
        }
        if (question.startedNanos() >= 0
                && coverage.firstNanos() > question.startedNanos() + REACH_NANOS / 4) {
            return "the recording begins "
                    + Figures.span(coverage.firstNanos() - question.startedNanos())
                    + " after the request";
        }
        long begun = question.startedNanos() >= 0 ? question.startedNanos() : occurred;
        return coverage.lastNanos() < begun - REACH_NANOS
                ? "the recording ends "
                        + Figures.span(occurred - coverage.lastNanos())
                        + " before the error"
                : null;
    }

    private static Finding nothingSent(RequestStory story, boolean resolved, boolean local) {
        Set<String> addresses = new LinkedHashSet<>();
        story.hosts()
                .forEach(
                        h ->
                                story.scene()
                                        .names()
                                        .addressesOf(h)
                                        .forEach(a -> addresses.add(a.toString())));
        String target =
                addresses.isEmpty() ? story.question().hostForText() : String.join(", ", addresses);
        OptionalLong soonAfter = firstAfter(story, addresses);
        double strength = local ? 0.93 : resolved ? 0.9 : 0.75;
        return Finding.of(Cause.CLIENT_NOTHING_SENT)
                .strength(soonAfter.isPresent() ? Math.min(strength, SENT_LATER) : strength)
                .phase(Phase.CONNECT)
                .decidedAt(story.question().deadlineNanos())
                .hint(
                        "no packet to "
                                + target
                                + " left this machine while the recorder was watching")
                .detail(
                        "The request was refused locally: no route, a local firewall, ports or"
                                + " descriptors used up, or a cached failure."
                                + (soonAfter.isPresent()
                                        ? " A connection to it begins "
                                                + Figures.span(soonAfter.getAsLong())
                                                + " after the error: unless the client tried again, its"
                                                + " clock and the recorder's differ."
                                        : ""))
                .evidencePackets(
                        resolved
                                ? "the name was resolved, no connection attempt follows"
                                : "other traffic of that time was recorded",
                        story.lookups().stream()
                                .filter(q -> q.response() != null)
                                .map(DnsQuery::responsePacket)
                                .toList())
                .build();
    }

    /**
     * How long after the error a connection to the host begins, where it may be this request's by a
     * clock that differs a little: longer requests would have sent something before.
     */
    private static OptionalLong firstAfter(RequestStory story, Set<String> addresses) {
        Question question = story.question();
        long asked = question.startedNanos();
        if (asked < 0) {
            asked = question.occurredNanos() - Math.max(0, question.timeoutNanos());
        }
        long latest = asked + REACH_NANOS;
        return story.scene().connections().stream()
                .filter(c -> addresses.contains(c.server().address().toString()))
                .filter(c -> c.firstNanos() < latest)
                .mapToLong(c -> c.firstNanos() - question.occurredNanos())
                .filter(after -> after > Question.REPORT_SLACK_NANOS)
                .min();
    }

    private static Finding insufficient(RequestStory story, String gap, boolean mustHaveSent) {
        Coverage coverage = story.scene().coverage();
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(
                new Evidence(
                        coverage.packets() + " packets recorded, none of the request among them",
                        List.of()));
        if (coverage.droppedByKernel() > 0 || coverage.overwritten() > 0) {
            evidence.add(
                    new Evidence(
                            coverage.droppedByKernel()
                                    + " packets dropped by the kernel, "
                                    + coverage.overwritten()
                                    + " overwritten",
                            List.of()));
        }
        String why =
                gap != null
                        ? gap
                        : "no packet of the request to "
                                + story.question().hostForText()
                                + " is in the recording (other interface, or dropped)";
        return Finding.of(Cause.CAPTURE_INSUFFICIENT)
                .strength(gap != null ? 0.95 : mustHaveSent && story.identified() ? 0.92 : 0.5)
                .decidedAt(story.question().deadlineNanos())
                .hint("cannot tell: " + why)
                .detail(
                        mustHaveSent
                                ? "By the client's own words packets were exchanged; they were not recorded."
                                : "")
                .build()
                .withEvidence(evidence);
    }
}
