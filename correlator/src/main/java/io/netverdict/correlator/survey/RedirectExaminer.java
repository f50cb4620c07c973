package io.netverdict.correlator.survey;

import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.rules.ConnectionCase;
import io.netverdict.correlator.scene.Question;
import io.netverdict.correlator.scene.Scene;
import io.netverdict.correlator.session.Exchange;
import io.netverdict.correlator.story.RedirectRule;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.RequestStory.Attempt;
import io.netverdict.correlator.survey.Accusation.Target;
import io.netverdict.correlator.tcp.TcpConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks for redirects that lead in a circle, or to a captive portal, among connections. */
final class RedirectExaminer {
    /** So many visits to one URL in so short a time are nobody's wish. */
    private static final int MIN_VISITS = 5;

    private static final long VISITS_NANOS = 30_000_000_000L;

    /** Connections of one client that are looked at together. */
    private static final int MAX_CONNECTIONS = 100;

    private final Map<IpAddress, List<ConnectionCase>> byClient = new LinkedHashMap<>();
    private final Scene scene;

    RedirectExaminer(Scene scene) {
        this.scene = scene;
    }

    /** Remembers a connection if there are redirects on it. */
    void add(ConnectionCase c) {
        if (c.session().exchanges().stream().anyMatch(RedirectExaminer::isRedirect)) {
            List<ConnectionCase> known =
                    byClient.computeIfAbsent(c.tcp().client().address(), a -> new ArrayList<>());
            if (known.size() < MAX_CONNECTIONS) {
                known.add(c);
            }
        }
    }

    private static boolean isRedirect(Exchange exchange) {
        return exchange.status() / 100 == 3 && exchange.status() != 304 || exchange.status() == 511;
    }

    /** What the connections added show together. */
    List<Accusation> examine() {
        List<Accusation> accusations = new ArrayList<>();
        byClient.forEach((client, cases) -> accuse(client, cases).ifPresent(accusations::add));
        return accusations;
    }

    private Optional<Accusation> accuse(IpAddress client, List<ConnectionCase> cases) {
        ConnectionCase last = cases.get(cases.size() - 1);
        Question question = NeutralQuestion.at(last.tcp().lastNanos(), Set.of());
        List<Attempt> attempts = cases.stream().map(c -> new Attempt(c, 1)).toList();
        RequestStory story = new RequestStory(question, scene, attempts, List.of(), Set.of(), true);
        boolean circling = circling(cases);
        for (Assessment assessment : new RedirectRule().assess(story)) {
            boolean stands = assessment.cause() != Cause.HTTP_REDIRECT_LOOP || circling;
            if (stands && assessment instanceof Finding finding) {
                return Optional.of(accusation(client, last, finding));
            }
        }
        return Optional.empty();
    }

    private static boolean circling(List<ConnectionCase> cases) {
        Map<String, List<Long>> visits = new HashMap<>();
        for (ConnectionCase c : cases) {
            for (Exchange exchange : c.session().exchanges()) {
                if (isRedirect(exchange) && exchange.request() != null) {
                    String url = exchange.request().host().orElse("") + exchange.request().target();
                    visits.computeIfAbsent(url, u -> new ArrayList<>())
                            .add(exchange.startedNanos());
                }
            }
        }
        for (List<Long> times : visits.values()) {
            times.sort(null);
            for (int i = MIN_VISITS - 1; i < times.size(); i++) {
                if (times.get(i) - times.get(i - MIN_VISITS + 1) <= VISITS_NANOS) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Accusation accusation(IpAddress client, ConnectionCase last, Finding finding) {
        TcpConnection tcp = last.tcp();
        return new Accusation(
                finding,
                finding.strength(),
                List.of(),
                client,
                new Target("connection", tcp.server().address().toString(), tcp.server().port()),
                last.session().names(),
                FlowKey.of(IpProtocol.TCP, tcp.client(), tcp.server()),
                tcp.segments().get(0).number(),
                tcp.firstNanos(),
                tcp.lastNanos(),
                List.of());
    }
}
