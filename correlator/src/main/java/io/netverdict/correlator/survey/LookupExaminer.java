package io.netverdict.correlator.survey;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.correlator.dns.DnsType;
import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.scene.DnsQuery;
import io.netverdict.correlator.scene.FragmentTrain;
import io.netverdict.correlator.scene.Question;
import io.netverdict.correlator.scene.Scene;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.Resolution;
import io.netverdict.correlator.story.ResolveRule;
import io.netverdict.correlator.survey.Accusation.Target;
import io.netverdict.correlator.tcp.TcpConnection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Looks at how each name was resolved, all its queries of one stretch of time together. */
final class LookupExaminer {
    /** A client that asks again later than this asks anew. */
    private static final long ONE_LOOKUP_NANOS = 15_000_000_000L;

    /** Resolvers wait so long for an answer, most of them longer. */
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    private static final long SEARCH_LIST_NANOS = 5_000_000_000L;
    private static final long SLOW_NANOS = 2_000_000_000L;
    private static final double SLOW_CONFIDENCE = 0.75;
    private static final double LEAST_STRENGTH = 0.8;
    private static final int HEADER_FLAGS = 2;
    private static final int RECURSION_DESIRED = 1;

    /** A client, and a name or the first label of one that it asked for. */
    private record Asked(IpAddress client, String name) {
        // Written out, as in Endpoint.
        @Override
        public boolean equals(Object other) {
            return other instanceof Asked that
                    && client.equals(that.client)
                    && name.equals(that.name);
        }

        @Override
        public int hashCode() {
            return 31 * client.hashCode() + name.hashCode();
        }
    }

    /** One name, one client, one stretch of time. */
    private record Lookup(IpAddress client, Resolution resolution, Question question) {
        boolean failed() {
            return resolution.resolvedNanos() < 0;
        }

        String name() {
            return resolution.name();
        }

        boolean near(Lookup other) {
            long apart = resolution.startedNanos() - other.resolution.startedNanos();
            return Math.abs(apart) <= SEARCH_LIST_NANOS;
        }
    }

    private final Scene scene;
    private final Surroundings surroundings;
    private final Predicate<IpAddress> oneWay;
    private final Map<Asked, List<Lookup>> byFirstLabel = new HashMap<>();
    private final Map<IpAddress, List<TcpConnection>> overTcp = new HashMap<>();
    private final Map<IpAddress, List<FragmentTrain>> brokenFrom = new HashMap<>();

    /**
     * @param oneWay whether only what a host sends is recorded
     */
    LookupExaminer(Surroundings surroundings, Predicate<IpAddress> oneWay) {
        this.surroundings = surroundings;
        this.scene = surroundings.scene();
        this.oneWay = oneWay;
        for (TcpConnection connection : scene.connections()) {
            overTcp.computeIfAbsent(connection.client().address(), a -> new ArrayList<>())
                    .add(connection);
        }
        for (FragmentTrain train : scene.fragmentTrains()) {
            if (!train.complete() && train.protocol() == IpProtocol.UDP) {
                brokenFrom.computeIfAbsent(train.source(), a -> new ArrayList<>()).add(train);
            }
        }
    }

    /** What went wrong with the lookups of the recording. */
    List<Accusation> examine() {
        List<Lookup> lookups = lookups();
        for (Lookup lookup : lookups) {
            byFirstLabel
                    .computeIfAbsent(
                            new Asked(lookup.client(), firstLabel(lookup.name())),
                            k -> new ArrayList<>())
                    .add(lookup);
        }
        List<Accusation> accusations = new ArrayList<>();
        for (Lookup lookup : lookups) {
            Finding finding = lookup.failed() ? failure(lookup) : slow(lookup);
            if (finding != null) {
                accusations.add(accusation(lookup, finding));
            }
        }
        return accusations;
    }

    private List<Lookup> lookups() {
        Map<Asked, List<DnsQuery>> byAsker = new LinkedHashMap<>();
        for (DnsQuery query : scene.dnsQueries()) {
            boolean address =
                    query.type() == DnsType.A.code() || query.type() == DnsType.AAAA.code();
            if (address && asksAResolver(query) && !probes(query.name())) {
                byAsker.computeIfAbsent(
                                new Asked(query.client().address(), query.name()),
                                a -> new ArrayList<>())
                        .add(query);
            }
        }
        List<Lookup> lookups = new ArrayList<>();
        byAsker.forEach(
                (asker, queries) -> {
                    int from = 0;
                    for (int i = 1; i <= queries.size(); i++) {
                        boolean ends =
                                i == queries.size()
                                        || queries.get(i).sentNanos()
                                                        - queries.get(i - 1).sentNanos()
                                                > ONE_LOOKUP_NANOS;
                        if (ends) {
                            lookups.add(lookup(asker, queries.subList(from, i)));
                            from = i;
                        }
                    }
                });
        return lookups;
    }

    private Lookup lookup(Asked asker, List<DnsQuery> queries) {
        long last = queries.get(queries.size() - 1).sentNanos();
        for (DnsQuery query : queries) {
            last = Math.max(last, query.answeredNanos().orElse(last));
        }
        long end = Math.min(last + PATIENCE_NANOS, surroundings.recordedUntil(last));
        Question question = NeutralQuestion.at(Math.max(last, end), Set.of(asker.name()));
        return new Lookup(
                asker.client(),
                new Resolution(asker.name(), queries, question.deadlineNanos()),
                question);
    }

    /** A name server that looks for the answer itself is sent elsewhere, which is no failure. */
    private static boolean asksAResolver(DnsQuery query) {
        DecodedPacket packet = query.packet();
        boolean unicast = !query.server().address().isMulticast();
        if (packet.udp() == null || packet.udp().payload().remaining() <= HEADER_FLAGS) {
            return unicast;
        }
        return unicast && (packet.udp().payload().get(HEADER_FLAGS) & RECURSION_DESIRED) != 0;
    }

    /** Names that are asked for to learn whether they exist: block lists, services, proxies. */
    private static boolean probes(String name) {
        String first = firstLabel(name);
        return first.isEmpty()
                || name.endsWith(".arpa")
                || name.endsWith(".local")
                || first.equals("wpad")
                || first.equals("isatap")
                || name.contains("_")
                || first.chars().allMatch(Character::isDigit);
    }

    private static String firstLabel(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private Finding failure(Lookup lookup) {
        IpAddress client = lookup.client();
        List<DnsQuery> queries = lookup.resolution().queries();
        List<FragmentTrain> trains = new ArrayList<>();
        queries.stream()
                .map(q -> q.server().address())
                .distinct()
                .forEach(a -> trains.addAll(brokenFrom.getOrDefault(a, List.of())));
        Scene around =
                new Scene(
                        scene.coverage(),
                        List.of(),
                        overTcp.getOrDefault(client, List.of()),
                        queries,
                        List.of(),
                        List.of(),
                        trains,
                        scene.names(),
                        scene.localAddresses());
        RequestStory story =
                new RequestStory(
                        lookup.question(), around, List.of(), queries, Set.of(lookup.name()), true);
        for (Assessment assessment : new ResolveRule().assess(story)) {
            if (assessment instanceof Finding finding && stands(lookup, finding)) {
                return finding;
            }
        }
        return null;
    }

    private boolean stands(Lookup lookup, Finding finding) {
        if (finding.strength() < LEAST_STRENGTH) {
            return false;
        }
        return switch (finding.cause()) {
            case DNS_NXDOMAIN -> !partOfSearch(lookup);
            case DNS_NO_ADDRESS -> addressExpected(lookup) && !partOfSearch(lookup);
            case DNS_NO_RESPONSE -> waitedFor(lookup) && !oneWay.test(lookup.client());
            case DNS_REFUSED, DNS_SERVER_FAILURE -> !partOfSearch(lookup);
            default -> true;
        };
    }

    /** An empty answer for IPv6 alone is everyday business. */
    private static boolean addressExpected(Lookup lookup) {
        return lookup.resolution().answered().stream().anyMatch(q -> q.type() == DnsType.A.code());
    }

    /** The recording must go on long enough for an answer to be seen. */
    private boolean waitedFor(Lookup lookup) {
        List<DnsQuery> queries = lookup.resolution().queries();
        long first = queries.get(0).sentNanos();
        return surroundings.recordedUntil(first) - first >= SLOW_NANOS;
    }

    /** Whether the name was one of several that a search list makes of another. */
    private boolean partOfSearch(Lookup lookup) {
        List<Lookup> relatives =
                byFirstLabel.get(new Asked(lookup.client(), firstLabel(lookup.name())));
        for (Lookup other : relatives) {
            if (other == lookup || !other.near(lookup) || other.name().equals(lookup.name())) {
                continue;
            }
            boolean longer = lookup.name().startsWith(other.name() + ".");
            boolean shorter = other.name().startsWith(lookup.name() + ".");
            if (longer || shorter && !other.failed()) {
                return true;
            }
        }
        return false;
    }

    /** Resolved in the end, after queries that nobody answered. */
    private static Finding slow(Lookup lookup) {
        Resolution resolution = lookup.resolution();
        long took = resolution.resolvedNanos() - resolution.startedNanos();
        List<DnsQuery> silent =
                resolution.unanswered().stream()
                        .filter(q -> q.sentNanos() < resolution.resolvedNanos())
                        .toList();
        if (took < SLOW_NANOS) {
            return null;
        }
        DnsQuery answered =
                resolution.answered().stream()
                        .filter(Resolution::hasAddress)
                        .min(Comparator.comparingLong(q -> q.responsePacket().timeNanos()))
                        .orElseThrow();
        return Finding.of(Cause.DNS_SLOW)
                .strength(SLOW_CONFIDENCE)
                .blame(Blame.RESOLVER)
                .decidedAt(resolution.resolvedNanos())
                .hint(
                        "resolving "
                                + resolution.name()
                                + " took "
                                + Figures.span(took)
                                + ": "
                                + (silent.isEmpty()
                                        ? answered.server() + " was slow to answer"
                                        : silent.get(0).server() + " was silent"))
                .detail("The name was resolved in the end; whoever asked had to wait for it.")
                .evidencePackets(
                        "queries without an answer", silent.stream().map(DnsQuery::packet).toList())
                .evidencePacket(
                        "the answer, after " + Figures.span(took), answered.responsePacket())
                .build();
    }

    private static Accusation accusation(Lookup lookup, Finding finding) {
        List<DnsQuery> queries = lookup.resolution().queries();
        boolean aboutName =
                finding.cause() == Cause.DNS_NXDOMAIN
                        || finding.cause() == Cause.DNS_NO_ADDRESS
                        || finding.cause() == Cause.DNS_SERVER_FAILURE;
        Endpoint server = queries.get(0).server();
        Target target =
                aboutName
                        ? new Target("lookup", lookup.name(), 0)
                        : new Target("lookup", server.address().toString(), server.port());
        return new Accusation(
                finding,
                finding.strength(),
                List.of(),
                lookup.client(),
                target,
                Set.of(lookup.name()),
                null,
                queries.get(0).packet().number(),
                lookup.resolution().startedNanos(),
                lookup.question().occurredNanos(),
                queries);
    }
}
