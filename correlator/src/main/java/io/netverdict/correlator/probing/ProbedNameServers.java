package io.netverdict.correlator.probing;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.probe.NameServerProbe;
import io.netverdict.correlator.probe.Reply;
import io.netverdict.correlator.scene.DnsQuery;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.RequestStory.Attempt;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which name servers answer now, of those that the request asked and those it could have. */
final class ProbedNameServers implements ProbeWeigher {
    private static final Set<Cause> ABOUT =
            EnumSet.of(Cause.DNS_NO_RESPONSE, Cause.DNS_SLOW, Cause.DNS_UNREACHABLE);
    private static final double DEAD = 0.96;

    @Override
    public Finding weigh(Finding finding, Attempt attempt, RequestStory story) {
        if (!ABOUT.contains(finding.cause())) {
            return finding;
        }
        List<NameServerProbe> probes =
                story.probes()
                        .of(NameServerProbe.class)
                        .filter(probe -> probe.reply() != Reply.NOT_SENT)
                        .toList();
        Set<Endpoint> servers = new LinkedHashSet<>();
        probes.forEach(probe -> servers.add(probe.server()));
        Set<Endpoint> askedInVain =
                story.lookups().stream()
                        .filter(q -> !q.answeredBy(story.question().deadlineNanos()))
                        .map(DnsQuery::server)
                        .collect(Collectors.toSet());
        List<String> dead = new ArrayList<>();
        List<String> alive = new ArrayList<>();
        boolean deadAsked = false;
        for (Endpoint server : servers) {
            List<NameServerProbe> own =
                    probes.stream().filter(probe -> probe.server().equals(server)).toList();
            List<NameServerProbe> answers =
                    own.stream().filter(probe -> probe.reply() == Reply.ANSWERED).toList();
            if (answers.isEmpty()) {
                dead.add(server.address() + " (" + silence(own) + ")");
                deadAsked |= askedInVain.contains(server);
            } else {
                alive.add(server.address() + " (" + speed(answers) + ")");
            }
        }
        if (servers.isEmpty()) {
            return finding;
        }
        String fact =
                (dead.isEmpty()
                                ? ""
                                : "no answer now either from name server "
                                        + String.join(", ", dead))
                        + (dead.isEmpty() || alive.isEmpty() ? "" : "; ")
                        + (alive.isEmpty()
                                ? ""
                                : "name server " + String.join(", ", alive) + " answers");
        Finding told = Probing.with(finding, fact);
        return deadAsked ? told.withStrength(Math.max(DEAD, finding.strength())) : told;
    }

    private static String silence(List<NameServerProbe> own) {
        return own.stream()
                .map(probe -> (probe.overTcp() ? "TCP " : "UDP ") + probe.reply().word())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String speed(List<NameServerProbe> answers) {
        boolean udp = answers.stream().anyMatch(probe -> !probe.overTcp());
        long best =
                answers.stream()
                        .filter(probe -> probe.overTcp() != udp)
                        .mapToLong(probe -> probe.time().durationNanos())
                        .min()
                        .orElse(0);
        String rcodes =
                answers.stream()
                        .map(NameServerProbe::rcode)
                        .distinct()
                        .collect(Collectors.joining(" "));
        return (udp ? "" : "over TCP only, ") + Figures.span(best) + ", " + rcodes;
    }
}
