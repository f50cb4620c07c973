package io.netverdict.correlator.rules;

import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.http.RedirectTarget;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.scene.IcmpError;
import io.netverdict.correlator.scene.Question;
import io.netverdict.correlator.scene.Scene;
import io.netverdict.correlator.session.Exchange;
import io.netverdict.correlator.session.Session;
import io.netverdict.correlator.session.TlsSession;
import io.netverdict.correlator.tcp.Segment;
import io.netverdict.correlator.tcp.TcpConnection;
import java.util.List;
import java.util.Optional;

/**
 * A connection as a rule sees it: with its session, the question and the scene around it.
 * Immutable.
 */
public final class ConnectionCase {
    private final Session session;
    private final Question question;
    private final Scene scene;
    private final boolean toProxy;
    private final Exchange exchange;
    private final List<IcmpError> icmpErrors;

    /**
     * @param toProxy whether the server of this connection is a proxy the client dialled
     */
    public ConnectionCase(Session session, Question question, Scene scene, boolean toProxy) {
        this.session = session;
        this.question = question;
        this.scene = scene;
        this.toProxy = toProxy;
        this.exchange = decisiveExchange(session, question);
        this.icmpErrors =
                scene.errorsAbout(session.tcp()).stream()
                        .filter(e -> e.packet().timeNanos() <= question.deadlineNanos())
                        .toList();
    }

    /**
     * The exchange asked about: by path where it is known, and from there along redirects, else the
     * last one begun in time.
     */
    private static Exchange decisiveExchange(Session session, Question question) {
        Exchange last = null;
        Exchange byPath = null;
        for (Exchange exchange : session.exchanges()) {
            if (exchange.startedNanos() > question.deadlineNanos()) {
                break;
            }
            last = exchange;
            boolean samePath =
                    exchange.request() != null
                            && question.path().isPresent()
                            && targetMatches(exchange.request().target(), question.path().get());
            if (samePath || byPath != null && leadsTo(byPath, exchange)) {
                byPath = exchange;
            }
        }
        return byPath != null ? byPath : last;
    }

    private static boolean leadsTo(Exchange redirect, Exchange next) {
        boolean moved = redirect.status() >= 300 && redirect.status() < 400;
        return moved
                && redirect.request() != null
                && next.request() != null
                && redirect.response()
                        .header("Location")
                        .map(l -> RedirectTarget.pathOf(redirect.request().target(), l))
                        .map(path -> targetMatches(next.request().target(), path))
                        .orElse(false);
    }

    /** Whether a request target is for a URL's path and query; proxies get absolute targets. */
    public static boolean targetMatches(String target, String path) {
        if (target.equals(path)) {
            return true;
        }
        int scheme = target.indexOf("://");
        if (scheme < 0) {
            return false;
        }
        int slash = target.indexOf('/', scheme + 3);
        return (slash < 0 ? "/" : target.substring(slash)).equals(path);
    }

    public Session session() {
        return session;
    }

    public TcpConnection tcp() {
        return session.tcp();
    }

    public Optional<TlsSession> tls() {
        return session.tls();
    }

    public Question question() {
        return question;
    }

    public Scene scene() {
        return scene;
    }

    public boolean toProxy() {
        return toProxy;
    }

    /** Whether a CONNECT was answered with success, so that what follows is the server's. */
    public boolean tunnelled() {
        return session.tunnel().map(t -> t.open()).orElse(false);
    }

    /** Whether one of the connection's exchanges was the first on it. */
    public boolean isFirst(Exchange exchange) {
        // The very same: comparing what is in them would compare whole packets.
        return session.exchanges().get(0) == exchange;
    }

    /** The exchange asked about, or null. */
    public Exchange exchange() {
        return exchange;
    }

    /** ICMP errors about the client's packets of this connection, in time. */
    public List<IcmpError> icmpErrors() {
        return icmpErrors;
    }

    /** Who is to blame where the peer is: a proxy that was dialled, or the server behind. */
    public Blame peerBlame() {
        return toProxy && !tunnelled() ? Blame.PROXY : Blame.SERVER;
    }

    /** Who is to blame for a path that fails: over the catalogue, the proxy that was dialled. */
    public Blame pathBlame() {
        return toProxy && !tunnelled() ? Blame.PROXY : Blame.PATH;
    }

    /** Latest time at which something can have decided the request. */
    public long deadlineNanos() {
        return question.deadlineNanos();
    }

    /** The client's own FIN or RST, if it closed before the server did; null otherwise. */
    public Segment clientClosedFirst() {
        Segment close = tcp().firstClose();
        return close != null && close.fromClient() ? close : null;
    }

    /**
     * When the client stopped waiting: its own close where it closed first, else the time of the
     * report.
     */
    public long giveUpNanos() {
        Segment close = clientClosedFirst();
        return close == null
                ? question.deadlineNanos()
                : Math.min(close.timeNanos(), question.deadlineNanos());
    }

    /** How long the client had waited since a moment when it gave up; a report's delay is none. */
    public long waitedSince(long nanos) {
        long reported =
                clientClosedFirst() == null
                        ? question.occurredFromNanos()
                        : question.occurredNanos();
        return Math.max(0, Math.min(giveUpNanos(), reported) - nanos);
    }

    /** The round trip, or 0 where it is unknown. */
    public long roundTripNanos() {
        return Math.max(0, tcp().roundTripNanos());
    }

    /** {@code 10.0.0.2:443}, with the host's name where it is known and differs. */
    public String peer() {
        String address = tcp().server().toString();
        return toProxy && !tunnelled() ? "proxy " + address : address;
    }

    /** Idle time before a moment: since the segment before it; 0 for the first. */
    public long idleBefore(Segment moment) {
        long previous = -1;
        for (Segment segment : tcp().segments()) {
            if (segment.number() == moment.number()) {
                break;
            }
            previous = segment.timeNanos();
        }
        return previous < 0 ? 0 : moment.timeNanos() - previous;
    }

    public static String span(long nanos) {
        return Figures.span(nanos);
    }
}
