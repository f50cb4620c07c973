package io.netverdict.correlator.rules;

import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.finding.Rejection;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.session.Exchange;
import io.netverdict.correlator.tcp.Segment;
import io.netverdict.correlator.tls.TlsRecord;
import java.util.List;

/**
 * {@code tcp.stale-connection}: a request written to a reused connection, idle before, is answered
 * by RST, or crosses the peer's FIN (or TLS close_notify).
 */
public final class StaleConnectionRule implements ConnectionRule {
    private static final long MIN_IDLE_NANOS = 300_000_000L;
    private static final long RESET_SLACK_NANOS = 30_000_000L;

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        Exchange exchange = c.exchange();
        if (exchange == null || exchange.answered()) {
            return List.of();
        }
        boolean reused = !c.isFirst(exchange) || !c.tcp().startSeen();
        Segment request = segmentOf(c, exchange);
        Segment before = before(c, request);
        long idle = before == null ? 0 : request.timeNanos() - before.timeNanos();
        Segment fin = c.tcp().toClient().fin();
        Segment rst = c.tcp().toClient().rst();
        TlsRecord closeNotify = closeNotify(c, request);

        boolean finUnaware = fin != null && fin.ackOffset() <= exchange.requestOffset();
        boolean finBefore = finUnaware && fin.timeNanos() <= request.timeNanos();
        long finIdle = finBefore ? fin.timeNanos() - lastUse(c, fin) : idle;
        long idleTold = Math.max(idle, finIdle);
        if (!reused && idleTold < 2 * MIN_IDLE_NANOS) {
            return rst != null || fin != null
                    ? List.of(
                            new Rejection(
                                    Cause.TCP_STALE_CONNECTION,
                                    "the connection was new, not reused"))
                    : List.of();
        }
        if (finUnaware || closeNotify != null) {
            return List.of(
                    Finding.of(Cause.TCP_STALE_CONNECTION)
                            .strength(0.96)
                            .blame(c.peerBlame())
                            .phase(Phase.REQUEST)
                            .decidedAt(
                                    Math.max(request.timeNanos(), finUnaware ? fin.timeNanos() : 0))
                            .hint(
                                    c.peer()
                                            + " closed the kept-alive connection after "
                                            + Figures.span(idleTold)
                                            + " idle, as the next request was sent")
                            .detail(
                                    "The server closed first: the connection had been idle for "
                                            + Figures.span(idleTold)
                                            + ". Its FIN and the client's next request crossed, and the"
                                            + " request never reached the program.")
                            .evidence(
                                    "the server's "
                                            + (finUnaware ? "FIN" : "close_notify")
                                            + (finBefore
                                                    ? ", sent before the request"
                                                    : ", which does not acknowledge the request"),
                                    finUnaware ? fin : null)
                            .evidence("the request on the dying connection", request, rst)
                            .build());
        }
        if (rst == null || rst.timeNanos() > c.deadlineNanos()) {
            return List.of();
        }
        long delay = rst.timeNanos() - request.timeNanos();
        // A host without the connection answers with a bare RST (RFC 9293 3.10.7.1).
        boolean noSocket = !rst.tcp().ack();
        boolean atOnce =
                delay
                        <= c.roundTripNanos() * 3 / 2
                                + (noSocket ? 10 * RESET_SLACK_NANOS : RESET_SLACK_NANOS);
        if (idle < MIN_IDLE_NANOS || !atOnce) {
            return List.of(
                    new Rejection(
                            Cause.TCP_STALE_CONNECTION,
                            "the RST came "
                                    + Figures.span(delay)
                                    + " after the request, the connection was idle for "
                                    + Figures.span(idle)));
        }
        ResetFingerprint fingerprint = new ResetFingerprint(c, rst);
        if (fingerprint.foreign() && !noSocket) {
            return List.of();
        }
        return List.of(
                Finding.of(Cause.TCP_STALE_CONNECTION)
                        .strength(noSocket ? 0.95 : 0.82)
                        .blame(c.peerBlame())
                        .phase(Phase.REQUEST)
                        .decidedAt(rst.timeNanos())
                        .hint(
                                "request on a kept-alive connection to "
                                        + c.peer()
                                        + ", idle for "
                                        + Figures.span(idle)
                                        + ", was answered by RST at once: it was already dead")
                        .detail(
                                "The server, or a box before it, had dropped the idle connection and its"
                                        + " farewell never reached the client.")
                        .evidence(
                                "request after "
                                        + Figures.span(idle)
                                        + " of silence, RST "
                                        + Figures.span(delay)
                                        + " later",
                                request,
                                rst)
                        .build());
    }

    private static Segment segmentOf(ConnectionCase c, Exchange exchange) {
        for (Segment segment : c.tcp().toServer().data()) {
            if (segment.end() > exchange.requestOffset()) {
                return segment;
            }
        }
        return c.tcp().segments().get(0);
    }

    private static Segment before(ConnectionCase c, Segment request) {
        Segment last = null;
        for (Segment segment : c.tcp().segments()) {
            if (segment.number() >= request.number()) {
                break;
            }
            boolean use = segment.carriesData() || segment.syn();
            last = use ? segment : last;
        }
        return last;
    }

    private static long lastUse(ConnectionCase c, Segment fin) {
        long last = c.tcp().firstNanos();
        for (Segment segment : c.tcp().segments()) {
            if (segment.number() >= fin.number()) {
                break;
            }
            if (segment.carriesData()) {
                last = segment.timeNanos();
            }
        }
        return last;
    }

    private static TlsRecord closeNotify(ConnectionCase c, Segment request) {
        return c.tls().stream()
                .flatMap(t -> t.hiddenAlerts(false).stream())
                .filter(r -> r.first() != null)
                .filter(r -> r.first().timeNanos() <= request.timeNanos() + c.roundTripNanos() / 2)
                .findFirst()
                .orElse(null);
    }
}
