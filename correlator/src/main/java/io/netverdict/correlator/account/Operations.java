package io.netverdict.correlator.account;

import io.netverdict.correlator.dns.DnsRcode;
import io.netverdict.correlator.model.Operation;
import io.netverdict.correlator.model.OperationKind;
import io.netverdict.correlator.model.Outcome;
import io.netverdict.correlator.rules.ConnectionCase;
import io.netverdict.correlator.scene.DnsQuery;
import io.netverdict.correlator.scene.IcmpError;
import io.netverdict.correlator.scene.Question;
import io.netverdict.correlator.session.Exchange;
import io.netverdict.correlator.session.TlsSession;
import io.netverdict.correlator.session.Tunnel;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.RequestStory.Attempt;
import io.netverdict.correlator.story.Resolution;
import io.netverdict.correlator.tcp.Segment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists what a request did, step by step, every attempt among it. */
final class Operations {
    private static final int MAX_EXCHANGES = 40;

    private final Question question;
    private final Flows flows;
    private final List<Operation> operations = new ArrayList<>();

    private Operations(Question question, Flows flows) {
        this.question = question;
        this.flows = flows;
    }

    static List<Operation> of(RequestStory story, List<Attempt> attempts, Flows flows) {
        Operations account = new Operations(story.question(), flows);
        Resolution.of(story.lookups(), story.question().deadlineNanos()).forEach(account::resolve);
        for (Attempt attempt : attempts) {
            ConnectionCase c = attempt.connection();
            account.connect(c);
            c.session().tunnel().ifPresent(t -> account.proxy(c, t));
            c.tls().ifPresent(t -> account.tls(c, t));
            c.session().exchanges().stream()
                    .filter(e -> e.startedNanos() >= story.question().windowFromNanos())
                    .filter(e -> e.startedNanos() <= story.question().deadlineNanos())
                    .limit(MAX_EXCHANGES)
                    .forEach(e -> account.exchange(c, e));
        }
        account.operations.sort((a, b) -> a.startedAt().compareTo(b.startedAt()));
        return account.operations;
    }

    private void resolve(Resolution resolution) {
        Map<String, Object> detail = new LinkedHashMap<>();
        Set<String> servers = new LinkedHashSet<>();
        Set<String> answers = new LinkedHashSet<>();
        Set<String> rcodes = new LinkedHashSet<>();
        for (DnsQuery query : resolution.queries()) {
            servers.add(query.server().toString());
        }
        for (DnsQuery query : resolution.answered()) {
            rcodes.add(DnsRcode.name(query.response().rcode()));
            query.response().answers().stream()
                    .filter(r -> r.address() != null)
                    .forEach(r -> answers.add(r.address().toString()));
        }
        detail.put("servers", List.copyOf(servers));
        detail.put("answers", List.copyOf(answers));
        detail.put("rcodes", List.copyOf(rcodes));
        detail.put("queries", resolution.queries().size());
        detail.put("unanswered", resolution.unanswered().size());
        boolean ok = resolution.resolvedNanos() >= 0;
        long end = ok ? resolution.resolvedNanos() : resolution.lastAnswerNanos();
        Outcome outcome =
                ok
                        ? Outcome.OK
                        : resolution.answered().isEmpty() ? Outcome.TIMEOUT : Outcome.FAILED;
        add(
                OperationKind.RESOLVE,
                resolution.name(),
                flows.idOf(resolution.queries().get(0)),
                resolution.startedNanos(),
                end < 0 ? question.occurredNanos() : end,
                outcome,
                detail);
    }

    private void connect(ConnectionCase c) {
        if (c.tcp().syns().isEmpty()) {
            return;
        }
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("syns", c.tcp().syns().size());
        long start = c.tcp().syns().get(0).timeNanos();
        long end = c.giveUpNanos();
        Outcome outcome = Outcome.TIMEOUT;
        Segment rst = c.tcp().toClient().rst();
        if (!c.tcp().synAcks().isEmpty()) {
            boolean done = c.tcp().firstAfterHandshake() != null;
            outcome = done ? Outcome.OK : Outcome.UNFINISHED;
            end = c.tcp().synAcks().get(0).timeNanos();
            detail.put("roundTripMillis", c.roundTripNanos() / 1000 / 1000.0);
        } else if (rst != null) {
            outcome = Outcome.FAILED;
            end = rst.timeNanos();
            detail.put("refused", true);
        } else if (!c.icmpErrors().isEmpty()) {
            IcmpError error = c.icmpErrors().get(0);
            outcome = Outcome.FAILED;
            end = error.packet().timeNanos();
            detail.put("icmp", error.describe());
            detail.put("reporter", error.reporter().toString());
        }
        add(OperationKind.CONNECT, c.tcp().server().toString(), id(c), start, end, outcome, detail);
    }

    private void proxy(ConnectionCase c, Tunnel tunnel) {
        Map<String, Object> detail = new LinkedHashMap<>();
        boolean answered = tunnel.response() != null && tunnel.response().first() != null;
        if (answered) {
            detail.put("status", tunnel.response().status());
        }
        add(
                OperationKind.PROXY,
                tunnel.target(),
                id(c),
                tunnel.request().first().timeNanos(),
                answered ? tunnel.response().first().timeNanos() : c.giveUpNanos(),
                tunnel.open() ? Outcome.OK : answered ? Outcome.FAILED : Outcome.TIMEOUT,
                detail);
    }

    private void tls(ConnectionCase c, TlsSession tls) {
        if (tls.clientHello().isEmpty() || tls.clientHello().get().record().first() == null) {
            return;
        }
        Map<String, Object> detail = new LinkedHashMap<>();
        if (tls.clientHello().get().serverName() != null) {
            detail.put("serverName", tls.clientHello().get().serverName());
        }
        tls.serverHello().ifPresent(h -> detail.put("version", version(h.selectedVersion())));
        tls.fatalAlerts(false).forEach(a -> detail.put("alertFromServer", a.description()));
        tls.fatalAlerts(true).forEach(a -> detail.put("alertFromClient", a.description()));
        boolean done = tls.handshakeDone();
        boolean alerts =
                !tls.fatalAlerts(true).isEmpty()
                        || !tls.fatalAlerts(false).isEmpty()
                        || c.tcp().toClient().close() != null;
        long end =
                done && tls.clientFinished() != null && tls.clientFinished().first() != null
                        ? tls.clientFinished().first().timeNanos()
                        : Math.min(c.giveUpNanos(), c.tcp().lastNanos());
        add(
                OperationKind.TLS,
                c.tcp().server().toString(),
                id(c),
                tls.clientHello().get().record().first().timeNanos(),
                end,
                done ? Outcome.OK : alerts ? Outcome.FAILED : Outcome.TIMEOUT,
                detail);
    }

    private static String version(int number) {
        return switch (number) {
            case 0x0301 -> "TLS 1.0";
            case 0x0302 -> "TLS 1.1";
            case 0x0303 -> "TLS 1.2";
            case 0x0304 -> "TLS 1.3";
            default -> Integer.toHexString(number);
        };
    }

    private void exchange(ConnectionCase c, Exchange exchange) {
        if (exchange.request() != null && exchange.request().isConnect()) {
            return;
        }
        long giveUp = c.giveUpNanos();
        long acked = c.tcp().toServer().ackTimeOf(exchange.requestEnd());
        boolean delivered = acked >= 0 && acked <= giveUp;
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("bytes", exchange.requestEnd() - exchange.requestOffset());
        add(
                OperationKind.REQUEST,
                exchange.describe(),
                id(c),
                exchange.startedNanos(),
                delivered ? acked : Math.min(giveUp, c.tcp().lastNanos()),
                delivered || exchange.answered() ? Outcome.OK : Outcome.UNFINISHED,
                detail);
        boolean answered = exchange.answered() && exchange.responseFirst().timeNanos() <= giveUp;
        Map<String, Object> response = new LinkedHashMap<>();
        if (exchange.status() > 0) {
            response.put("status", exchange.status());
        }
        if (answered) {
            response.put("bytes", exchange.responseSeen());
        }
        boolean partial = exchange.completion() == Exchange.Completion.PARTIAL;
        boolean closed = c.tcp().toClient().close() != null;
        Outcome outcome =
                !answered
                        ? closed ? Outcome.FAILED : Outcome.TIMEOUT
                        : partial ? closed ? Outcome.FAILED : Outcome.UNFINISHED : Outcome.OK;
        add(
                OperationKind.RESPONSE,
                exchange.describe(),
                id(c),
                answered
                        ? exchange.responseFirst().timeNanos()
                        : delivered ? acked : exchange.requestLast().timeNanos(),
                answered ? exchange.responseLast().timeNanos() : giveUp,
                outcome,
                response);
    }

    private Integer id(ConnectionCase c) {
        return flows.idOf(c.tcp());
    }

    private void add(
            OperationKind kind,
            String target,
            Integer flow,
            long start,
            long end,
            Outcome outcome,
            Map<String, Object> detail) {
        operations.add(
                new Operation(
                        kind,
                        target,
                        flow,
                        Times.instant(start),
                        Times.instant(Math.max(start, end)),
                        outcome,
                        detail));
    }
}
