package io.netverdict.correlator.corroboration;

import io.netverdict.correlator.context.ResolverContext;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.scene.DnsQuery;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.RequestStory.Attempt;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which of the configured name servers answered, in the order in which they are asked. */
final class ConfiguredNameServers implements Corroborator {
    private static final Set<Cause> ABOUT =
            EnumSet.of(
                    Cause.DNS_NO_RESPONSE,
                    Cause.DNS_SLOW,
                    Cause.DNS_SERVER_FAILURE,
                    Cause.DNS_REFUSED,
                    Cause.DNS_UNREACHABLE);

    @Override
    public Finding corroborate(Finding finding, Attempt attempt, RequestStory story) {
        ResolverContext resolver = story.context().resolver();
        if (resolver == null
                || resolver.nameServers().isEmpty()
                || !ABOUT.contains(finding.cause())) {
            return finding;
        }
        String servers =
                resolver.nameServers().stream()
                        .map(server -> server + " (" + course(server, story) + ")")
                        .collect(Collectors.joining(", then "));
        String options =
                resolver.options().isEmpty()
                        ? ""
                        : "; options " + String.join(" ", resolver.options());
        return finding.withEvidence(
                List.of(
                        Corroboration.evidence(
                                resolver.file() + " has " + servers + " asked" + options)));
    }

    private static String course(String server, RequestStory story) {
        List<DnsQuery> asked =
                story.lookups().stream()
                        .filter(q -> q.server().address().toString().equals(server))
                        .toList();
        long answered =
                asked.stream().filter(q -> q.answeredBy(story.question().deadlineNanos())).count();
        if (asked.isEmpty()) {
            return "not asked";
        }
        return answered == 0
                ? "no answer to " + (asked.size() == 1 ? "1 query" : asked.size() + " queries")
                : "answered " + answered + " of " + asked.size();
    }
}
