package io.netverdict.correlator.story;

import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.scene.Question;
import io.netverdict.correlator.tcp.Segment;
import io.netverdict.correlator.tcp.TcpConnection;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code dns.unreachable} and {@code dns.no-response} where names are asked for over TCP alone: the
 * connection to the name server is reset or never comes about, so that no query can be seen.
 */
public final class DnsOverTcpRule implements StoryRule {
    private static final int DNS_PORT = 53;

    @Override
    public List<Assessment> assess(RequestStory story) {
        Question question = story.question();
        // Where a query was seen, what became of it decides; see ResolveRule.
        if (!story.lookups().isEmpty() || !ResolveRule.speaksOfResolving(story)) {
            return List.of();
        }
        List<Assessment> found = new ArrayList<>();
        for (TcpConnection connection : story.scene().connections()) {
            boolean inTime =
                    connection.firstNanos() >= question.windowFromNanos()
                            && connection.firstNanos() <= question.deadlineNanos();
            if (connection.server().port() != DNS_PORT
                    || !inTime
                    || !connection.toClient().data().isEmpty()) {
                continue;
            }
            Segment rst = connection.toClient().rst();
            if (rst != null && rst.timeNanos() <= question.deadlineNanos()) {
                found.add(reset(story, connection, rst));
            } else if (!connection.syns().isEmpty() && connection.toClient().segments().isEmpty()) {
                found.add(silent(story, connection));
            }
        }
        return found;
    }

    private static Finding reset(RequestStory story, TcpConnection connection, Segment rst) {
        return Finding.of(Cause.DNS_UNREACHABLE)
                .strength(0.9)
                .blame(blame(story))
                .phase(Phase.RESOLVE)
                .decidedAt(rst.timeNanos())
                .hint(
                        "name server "
                                + connection.server()
                                + " resets DNS over TCP, "
                                + Figures.span(rst.timeNanos() - connection.firstNanos())
                                + " after the SYN")
                .detail("No name server serves TCP on that address, or a firewall rejects it.")
                .evidence(
                        "the connection for DNS, reset by the server",
                        connection.segments().get(0),
                        rst)
                .build();
    }

    private static Finding silent(RequestStory story, TcpConnection connection) {
        List<Segment> syns = connection.syns();
        return Finding.of(Cause.DNS_NO_RESPONSE)
                .strength(syns.size() > 1 ? 0.9 : 0.6)
                .blame(blame(story))
                .phase(Phase.RESOLVE)
                .decidedAt(story.question().deadlineNanos())
                .hint(
                        Figures.count(syns.size(), "SYN")
                                + " for DNS over TCP to "
                                + connection.server()
                                + ", no answer")
                .detail("The name server is down, or TCP port 53 is filtered on the way.")
                .evidence(
                        "SYNs at " + Figures.times(syns, connection.firstNanos()) + ", no answer",
                        syns)
                .build();
    }

    private static Blame blame(RequestStory story) {
        boolean proxyOnly =
                story.question().proxyHost().isPresent() && story.question().hosts().isEmpty();
        return proxyOnly ? Blame.PROXY : Blame.RESOLVER;
    }
}
