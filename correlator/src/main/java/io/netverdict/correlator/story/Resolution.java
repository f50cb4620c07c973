package io.netverdict.correlator.story;

import io.netverdict.correlator.scene.DnsQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How resolving one name went, over all its queries.
 *
 * @param name asked for
 * @param queries for its addresses, by time
 * @param untilNanos answers after this moment came too late
 */
public record Resolution(String name, List<DnsQuery> queries, long untilNanos) {
    private static final int TYPE_A = 1;
    private static final int TYPE_AAAA = 28;

    public Resolution {
        queries = List.copyOf(queries);
    }

    /** The resolutions of some lookups, in order of first query. */
    public static List<Resolution> of(List<DnsQuery> lookups, long untilNanos) {
        Map<String, List<DnsQuery>> byName = new LinkedHashMap<>();
        for (DnsQuery query : lookups) {
            if (query.type() == TYPE_A || query.type() == TYPE_AAAA) {
                byName.computeIfAbsent(query.name(), n -> new ArrayList<>()).add(query);
            }
        }
        List<Resolution> resolutions = new ArrayList<>();
        byName.forEach(
                (name, queries) -> resolutions.add(new Resolution(name, queries, untilNanos)));
        return resolutions;
    }

    public long startedNanos() {
        return queries.get(0).sentNanos();
    }

    /** Queries answered whole and in time. */
    public List<DnsQuery> answered() {
        return queries.stream().filter(q -> q.answeredBy(untilNanos)).toList();
    }

    public List<DnsQuery> unanswered() {
        return queries.stream().filter(q -> !q.answeredBy(untilNanos)).toList();
    }

    /** When the first address came, or -1. */
    public long resolvedNanos() {
        return answered().stream()
                .filter(Resolution::hasAddress)
                .mapToLong(q -> q.responsePacket().timeNanos())
                .min()
                .orElse(-1);
    }

    /** When the last answer came, or -1. */
    public long lastAnswerNanos() {
        return answered().stream().mapToLong(q -> q.responsePacket().timeNanos()).max().orElse(-1);
    }

    /** An answer that came in time and was not recorded whole: it may hold an address. */
    public Optional<DnsQuery> cutAnswer() {
        return answered().stream().filter(q -> q.response().answersCut()).findFirst();
    }

    public static boolean hasAddress(DnsQuery query) {
        return query.response() != null
                && query.response().answers().stream().anyMatch(r -> r.address() != null);
    }
}
