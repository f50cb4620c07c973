package io.netverdict.correlator.corroboration;

import io.netverdict.correlator.context.ConntrackContext;
import io.netverdict.correlator.context.FirewallContext;
import io.netverdict.correlator.context.HostContext;
import io.netverdict.correlator.context.RouteContext;
import io.netverdict.correlator.context.SocketUseContext;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Evidence;
import io.netverdict.correlator.scene.Question;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.RequestStory.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Why nothing was sent: a local firewall, no port left, connection tracking full, no route. */
final class LocalRefusal implements Corroborator {
    private static final double CERTAIN = 0.97;
    private static final Set<String> REFUSING_ROUTES =
            Set.of("unreachable", "prohibit", "blackhole");

    @Override
    public Finding corroborate(Finding finding, Attempt attempt, RequestStory story) {
        if (finding.cause() != Cause.CLIENT_NOTHING_SENT) {
            return finding;
        }
        List<String> reasons = reasons(story.context(), story.question());
        if (reasons.isEmpty()) {
            return finding;
        }
        List<Evidence> all = new ArrayList<>();
        reasons.forEach(reason -> all.add(Corroboration.evidence(reason)));
        all.addAll(finding.evidence());
        return Finding.of(finding.cause())
                .strength(Math.max(CERTAIN, finding.strength()))
                .blame(finding.blame())
                .phase(finding.phase())
                .decidedAt(finding.decidedNanos())
                .hint(
                        "nothing was sent to "
                                + story.question().hostForText()
                                + ": "
                                + reasons.get(0))
                .detail(
                        "The recorder was watching and saw no packet of the request; the machine"
                                + " itself says why.")
                .build()
                .withEvidence(all);
    }

    /** What the machine says of its refusing, the most telling first. */
    static List<String> reasons(HostContext context, Question question) {
        List<String> reasons = new ArrayList<>();
        SocketUseContext use = context.socketUse();
        if (use != null && use.portsAvailable() > 0) {
            use.targets().stream()
                    .filter(t -> t.portsUsed() >= use.portsAvailable())
                    .forEach(t -> reasons.add(portsUsed(use, t)));
        }
        ConntrackContext conntrack = context.conntrack();
        if (conntrack != null && conntrack.full()) {
            reasons.add(tableFull(conntrack));
        }
        context.firewall().stream()
                .filter(rule -> !rule.hook().equals("input") && mayConcern(rule, question))
                .forEach(rule -> reasons.add(refused(rule)));
        context.routes().stream()
                .filter(r -> r.problem() != null || REFUSING_ROUTES.contains(r.type()))
                .forEach(r -> reasons.add(noRoute(r)));
        return reasons;
    }

    private static String portsUsed(SocketUseContext use, SocketUseContext.Target target) {
        return "all "
                + Figures.count(use.portsAvailable(), "local port")
                + " ("
                + use.portsFrom()
                + " to "
                + use.portsTo()
                + ") are in use towards "
                + target.remote();
    }

    private static String tableFull(ConntrackContext conntrack) {
        String held =
                conntrack.entries() == null || conntrack.max() == null
                        ? "the connection tracking table is full"
                        : "the connection tracking table is full: "
                                + conntrack.entries()
                                + " of "
                                + conntrack.max()
                                + " entries";
        return conntrack.dropped() == 0
                ? held
                : held + ", " + Figures.count(conntrack.dropped(), "packet") + " dropped for it";
    }

    static String refused(FirewallContext rule) {
        return "the local firewall "
                + (rule.verdict().equals("reject") ? "rejected " : "dropped ")
                + Figures.count(rule.packets(), "packet")
                + " in that time ("
                + rule.table()
                + " "
                + rule.chain()
                + ": "
                + (rule.handle() == 0 ? "the chain's policy" : rule.text())
                + ")";
    }

    private static String noRoute(RouteContext route) {
        return route.problem() != null
                ? "no route to " + route.target() + ": " + route.problem()
                : "the route to " + route.target() + " is set to " + route.type();
    }

    /** A rule that names another port or protocol is about other traffic. */
    static boolean mayConcern(FirewallContext rule, Question question) {
        String text = rule.text();
        boolean otherPort =
                text.contains("tcp dport ")
                        && question.port().isPresent()
                        && !text.matches(".*tcp dport " + question.port().getAsInt() + "\\b.*");
        return !otherPort && rule.packets() > 0;
    }
}
