package io.netverdict.correlator.story;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.correlator.dns.DnsRcode;
import io.netverdict.correlator.errortext.Complaint;
import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.finding.Rejection;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.scene.DnsQuery;
import io.netverdict.correlator.scene.IcmpError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** {@code dns.*} but for {@code dns.slow}: resolving failed, so that nothing could follow. */
public final class ResolveRule implements StoryRule {
    /** Resolvers ask again after a second or more. */
    public static final long IMPATIENT_NANOS = 900_000_000L;

    private static final double SILENCE = 0.96;

    /** The client's own limit may be shorter than a resolver's patience. */
    private static final double SHORT_SILENCE = 0.8;

    /** Something ended the client's waiting, and it is not in the recording. */
    private static final double UNEXPLAINED = 0.5;

    @Override
    public List<Assessment> assess(RequestStory story) {
        List<Assessment> found = new ArrayList<>();
        long until = story.question().deadlineNanos();
        for (Resolution resolution : Resolution.of(story.lookups(), until)) {
            if (resolution.resolvedNanos() >= 0) {
                found.add(
                        new Rejection(Cause.DNS_NO_RESPONSE, resolution.name() + " was resolved"));
                continue;
            }
            if (resolution.cutAnswer().isPresent()) {
                found.add(
                        new Rejection(
                                Cause.DNS_NO_ADDRESS,
                                "the answer for "
                                        + resolution.name()
                                        + " was not recorded in full"));
                continue;
            }
            // A search list asks for longer names first or last; the name itself counts.
            boolean searched =
                    story.hosts().stream()
                            .anyMatch(
                                    h ->
                                            resolution.name().startsWith(h + ".")
                                                    && story.lookups().stream()
                                                            .anyMatch(q -> q.name().equals(h)));
            if (!searched) {
                found.add(failure(story, resolution));
            }
        }
        return found;
    }

    private static Finding failure(RequestStory story, Resolution resolution) {
        Finding finding = classify(story, resolution);
        boolean proxy = story.question().proxyHost().map(resolution.name()::equals).orElse(false);
        return proxy ? finding.withBlame(Blame.PROXY) : finding;
    }

    private static Finding classify(RequestStory story, Resolution resolution) {
        Optional<Finding> tooLarge = LargeAnswers.failure(story, resolution);
        if (tooLarge.isPresent()) {
            return tooLarge.get();
        }
        if (!resolution.answered().isEmpty()) {
            return negative(story, resolution);
        }
        List<DnsQuery> refusedByIcmp =
                resolution.queries().stream().filter(q -> q.unreachable() != null).toList();
        if (!refusedByIcmp.isEmpty()) {
            return unreachable(story, resolution, refusedByIcmp);
        }
        return noResponse(story, resolution);
    }

    private static Finding unreachable(
            RequestStory story, Resolution resolution, List<DnsQuery> refused) {
        IcmpError error = refused.get(refused.size() - 1).unreachable();
        boolean all = refused.size() == resolution.queries().size();
        return Finding.of(Cause.DNS_UNREACHABLE)
                .strength(all ? 0.97 : 0.85)
                .decidedAt(ended(story, resolution, error.packet().timeNanos()))
                .hint(
                        "name server "
                                + refused.get(0).server()
                                + " cannot be reached: "
                                + error.describe()
                                + " from "
                                + error.reporter())
                .detail(
                        "No name server runs on that address and port, or the way to it is barred, and"
                                + " an ICMP error says so.")
                .evidencePackets("queries for " + resolution.name(), packets(refused))
                .evidencePackets(
                        error.describe(),
                        refused.stream().map(q -> q.unreachable().packet()).toList())
                .build();
    }

    private static Finding noResponse(RequestStory story, Resolution resolution) {
        List<DnsQuery> queries = resolution.queries();
        Set<String> servers = new LinkedHashSet<>();
        queries.forEach(q -> servers.add(q.server().toString()));
        boolean otherAnswers =
                story.scene().dnsQueries().stream()
                        .filter(q -> !q.name().equals(resolution.name()))
                        .filter(q -> servers.contains(q.server().toString()))
                        .anyMatch(
                                q ->
                                        q.response() != null
                                                && q.sentNanos() >= resolution.startedNanos());
        DnsQuery late = queries.stream().filter(q -> q.response() != null).findFirst().orElse(null);
        long waited = story.question().occurredFromNanos() - resolution.startedNanos();
        if (late != null && waited < IMPATIENT_NANOS) {
            return impatient(story, resolution, late, waited);
        }
        List<Long> times = queries.stream().map(DnsQuery::sentNanos).toList();
        Finding.Builder finding =
                Finding.of(Cause.DNS_NO_RESPONSE)
                        .strength(silence(story, waited))
                        .decidedAt(story.question().deadlineNanos())
                        .hint(
                                Figures.count(queries.size(), "query").replace("querys", "queries")
                                        + " for "
                                        + resolution.name()
                                        + " to "
                                        + String.join(", ", servers)
                                        + " in "
                                        + Figures.span(Math.max(0, waited))
                                        + ", no answer")
                        .detail(
                                late != null
                                        ? "An answer came only after the client had given up."
                                        : otherAnswers
                                                ? "The same server answered queries for other names meanwhile."
                                                : "The name server is down, or the way to it or back drops the"
                                                        + " packets.")
                        .evidencePackets(
                                "queries at "
                                        + Figures.offsets(times, resolution.startedNanos())
                                        + ", no answer in time",
                                packets(queries));
        if (late != null) {
            finding.evidencePacket(
                    "an answer came "
                            + Figures.span(
                                    late.responsePacket().timeNanos()
                                            - story.question().occurredNanos())
                            + " after the client had given up",
                    late.responsePacket());
        }
        return finding.build();
    }

    private static double silence(RequestStory story, long waitedNanos) {
        if (waitedNanos >= IMPATIENT_NANOS) {
            return SILENCE;
        }
        return story.question().saysTimeout() ? SHORT_SILENCE : UNEXPLAINED;
    }

    /**
     * No resolver repeats a query so soon: the client's time was too short, not the answer late.
     */
    private static Finding impatient(
            RequestStory story, Resolution resolution, DnsQuery late, long waited) {
        long trip = late.responsePacket().timeNanos() - late.sentNanos();
        return Finding.of(Cause.CLIENT_ABORTED)
                .strength(0.85)
                .phase(Phase.RESOLVE)
                .decidedAt(story.question().deadlineNanos())
                .hint(
                        "the client gave up "
                                + Figures.span(Math.max(0, waited))
                                + " after asking for "
                                + resolution.name()
                                + "; the name server takes "
                                + Figures.span(trip))
                .detail("The client's own time-out is shorter than one round trip to its resolver.")
                .evidencePacket(
                        "query and its answer, " + Figures.span(trip) + " later",
                        late.packet(),
                        late.responsePacket())
                .build();
    }

    private static Finding negative(RequestStory story, Resolution resolution) {
        List<DnsQuery> answered = resolution.answered();
        DnsQuery last =
                answered.stream()
                        .max(Comparator.comparingInt(ResolveRule::weight))
                        .orElse(answered.get(0));
        int rcode = last.response().rcode();
        List<DnsQuery> open =
                resolution.unanswered().stream()
                        .filter(q -> answered.stream().noneMatch(a -> a.type() == q.type()))
                        .toList();
        boolean empty = rcode == DnsRcode.NOERROR.code();
        if (empty && !open.isEmpty()) {
            // One address family is empty, the other never answered: that silence decides.
            Resolution silent = new Resolution(resolution.name(), open, resolution.untilNanos());
            return noResponse(story, silent).withStrength(0.85);
        }
        Cause cause =
                switch (DnsRcode.of(rcode)) {
                    case NXDOMAIN -> Cause.DNS_NXDOMAIN;
                    case REFUSED -> Cause.DNS_REFUSED;
                    case NOERROR -> Cause.DNS_NO_ADDRESS;
                    default -> Cause.DNS_SERVER_FAILURE;
                };
        String name = DnsRcode.name(rcode);
        return Finding.of(cause)
                .strength(0.97)
                .decidedAt(ended(story, resolution, resolution.lastAnswerNanos()))
                .hint(
                        "name server "
                                + last.server()
                                + (empty
                                        ? " has no address for " + resolution.name()
                                        : " answers " + name + " for " + resolution.name()))
                .detail(
                        "The answer came in "
                                + Figures.span(last.responsePacket().timeNanos() - last.sentNanos())
                                + (empty
                                        ? ": NOERROR without an A or AAAA record."
                                        : ", with rcode " + name + "."))
                .evidencePackets(
                        "answers of " + last.server() + ": " + (empty ? "no record" : name),
                        answered.stream().map(DnsQuery::responsePacket).toList())
                .evidencePackets("the queries", packets(resolution.queries()))
                .build();
    }

    /** Of several answers the one that ends the search: a resolver goes on after a failure. */
    private static int weight(DnsQuery query) {
        return switch (DnsRcode.of(query.response().rcode())) {
            case NXDOMAIN -> 4;
            case NOERROR -> 1;
            case REFUSED -> 2;
            default -> 3;
        };
    }

    static List<DecodedPacket> packets(List<DnsQuery> queries) {
        return queries.stream().map(DnsQuery::packet).filter(Objects::nonNull).toList();
    }

    /** When the client met a failure: it may wait on for other answers, or be deaf to ICMP. */
    private static long ended(RequestStory story, Resolution resolution, long failedNanos) {
        boolean waitedOn = story.question().saysTimeout() && !resolution.unanswered().isEmpty();
        return waitedOn ? story.question().deadlineNanos() : failedNanos;
    }

    /** Whether the client speaks of resolving. */
    static boolean speaksOfResolving(RequestStory story) {
        return story.question().facts().complaints().stream().anyMatch(Complaint::isResolve);
    }
}
