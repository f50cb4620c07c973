package io.netverdict.correlator.survey;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.finding.Rejection;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.rules.ConnectionCase;
import io.netverdict.correlator.rules.ConnectionRule;
import io.netverdict.correlator.rules.ConnectionRules;
import io.netverdict.correlator.scene.FragmentTrain;
import io.netverdict.correlator.scene.Question;
import io.netverdict.correlator.scene.Scene;
import io.netverdict.correlator.session.Exchange;
import io.netverdict.correlator.session.Session;
import io.netverdict.correlator.session.SessionReader;
import io.netverdict.correlator.survey.Accusation.Target;
import io.netverdict.correlator.tcp.TcpConnection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts the rules to one connection after another, with no words of its client. For one thread. */
final class ConnectionExaminer {
    /** A finding weaker than this does not stand in the way of one further from the root. */
    private static final double SOLID = 0.7;

    private static final int SERVER_ERROR = 500;

    private final Surroundings surroundings;
    private final Set<IpAddress> heardFrom = new HashSet<>();
    private final Set<IpAddress> heardOneWay = new HashSet<>();
    private RedirectExaminer redirects;

    ConnectionExaminer(Surroundings surroundings) {
        this.surroundings = surroundings;
        redirects = new RedirectExaminer(surroundings.scene());
    }

    /** What the connections since the last call show together. */
    List<Accusation> examineTogether() {
        List<Accusation> accusations = redirects.examine();
        redirects = new RedirectExaminer(surroundings.scene());
        return accusations;
    }

    /** Whether only what a host sends is recorded, as far as its connections tell. */
    boolean oneWay(IpAddress host) {
        return heardOneWay.contains(host) && !heardFrom.contains(host);
    }

    /** Takes note of a flow with packets of both ends. */
    void heard(FlowKey flow) {
        heardFrom.add(flow.low().address());
        heardFrom.add(flow.high().address());
    }

    private void hear(TcpConnection tcp) {
        IpAddress client = tcp.client().address();
        IpAddress server = tcp.server().address();
        boolean up = !tcp.toServer().segments().isEmpty();
        boolean down = !tcp.toClient().segments().isEmpty();
        if (up && down) {
            heardFrom.add(client);
            heardFrom.add(server);
        } else if (Course.of(tcp).oneSided()) {
            heardOneWay.add(up ? client : server);
        }
    }

    private record Standings(List<Finding> findings, List<Rejection> rejections) {}

    /** The case a connection makes by itself. */
    ConnectionCase caseOf(TcpConnection tcp, List<FragmentTrain> broken) {
        Question question = NeutralQuestion.about(tcp, surroundings.recordedUntil(tcp.lastNanos()));
        return caseOf(SessionReader.read(tcp), question, surroundings.around(tcp, broken));
    }

    private static ConnectionCase caseOf(Session session, Question question, Scene scene) {
        boolean absolute =
                session.exchanges().stream()
                        .anyMatch(e -> e.request() != null && e.request().target().contains("://"));
        return new ConnectionCase(
                session, question, scene, session.tunnel().isPresent() || absolute);
    }

    /**
     * What is wrong with a connection, if anything.
     *
     * @param broken fragmented datagrams between its two ends that never got whole
     */
    Optional<Accusation> examine(TcpConnection tcp, List<FragmentTrain> broken) {
        IpAddress server = tcp.server().address();
        if (server.isMulticast() || tcp.client().address().isMulticast()) {
            return Optional.empty();
        }
        hear(tcp);
        ConnectionCase c = caseOf(tcp, broken);
        Spoken spoken = Spoken.on(c.session());
        Course course = Course.of(tcp);
        if (spoken == Spoken.HTTP && !course.gap()) {
            redirects.add(c);
        }
        Standing standing = new Standing(c, spoken, course);
        Standings standings = standings(c, standing);
        Finding chosen = abandoned(c, course, standing, choose(standings.findings()));
        if (chosen == null && spoken == Spoken.HTTP && !course.gap()) {
            chosen = earlierServerError(c);
        }
        return chosen == null
                ? Optional.empty()
                : Optional.of(accusation(c, chosen, standings.rejections()));
    }

    /** What the client broke off by itself, unless something nearer the root is found. */
    private static Finding abandoned(
            ConnectionCase c, Course course, Standing standing, Finding found) {
        boolean open =
                found == null
                        || found.cause() == Cause.HTTP_TRANSFER_TOO_SLOW
                        || found.cause() == Cause.CLIENT_ABORTED && found.phase() == Phase.TLS;
        if (!open || course.oneSided()) {
            return found;
        }
        Finding handshake = Abandonment.ofHandshake(c, course);
        if (handshake != null) {
            return handshake;
        }
        Finding request =
                standing.requestOut() && c.session().malformedSample().isEmpty()
                        ? Abandonment.ofRequest(c, course)
                        : null;
        return request == null ? found : request;
    }

    private static Standings standings(ConnectionCase c, Standing standing) {
        List<Finding> findings = new ArrayList<>();
        List<Rejection> rejections = new ArrayList<>();
        for (ConnectionRule rule : ConnectionRules.all()) {
            for (Assessment assessment : rule.assess(c)) {
                if (assessment instanceof Finding finding) {
                    double confidence = standing.confidence(finding);
                    if (confidence > Standing.NONE) {
                        findings.add(finding.withStrength(confidence));
                    }
                } else {
                    rejections.add((Rejection) assessment);
                }
            }
        }
        return new Standings(findings, rejections);
    }

    /** The one nearest the root; a weak one gives way. */
    private static Finding choose(List<Finding> findings) {
        Finding chosen = null;
        for (Finding finding : findings) {
            boolean better =
                    chosen == null
                            || chosen.strength() < SOLID && finding.strength() > chosen.strength();
            chosen = better ? finding : chosen;
        }
        return chosen;
    }

    /** On a connection used again, a server error before the last exchange. */
    private static Finding earlierServerError(ConnectionCase c) {
        for (Exchange exchange : c.session().exchanges()) {
            if (exchange.status() < SERVER_ERROR || exchange.responseLast() == null) {
                continue;
            }
            Question then =
                    NeutralQuestion.at(exchange.responseLast().timeNanos(), c.question().hosts());
            ConnectionCase earlier = new ConnectionCase(c.session(), then, c.scene(), c.toProxy());
            for (ConnectionRule rule : ConnectionRules.all()) {
                for (Assessment assessment : rule.assess(earlier)) {
                    boolean status =
                            assessment.cause() == Cause.HTTP_ERROR_STATUS
                                    || assessment.cause() == Cause.PROXY_UPSTREAM_FAILED;
                    if (status && assessment instanceof Finding finding) {
                        return finding;
                    }
                }
            }
        }
        return null;
    }

    private static Accusation accusation(
            ConnectionCase c, Finding finding, List<Rejection> rejections) {
        TcpConnection tcp = c.tcp();
        Endpoint server = tcp.server();
        return new Accusation(
                finding,
                finding.strength(),
                rejections,
                tcp.client().address(),
                new Target("connection", server.address().toString(), server.port()),
                c.session().names(),
                FlowKey.of(IpProtocol.TCP, tcp.client(), server),
                tcp.segments().get(0).number(),
                tcp.firstNanos(),
                tcp.lastNanos(),
                List.of());
    }
}
