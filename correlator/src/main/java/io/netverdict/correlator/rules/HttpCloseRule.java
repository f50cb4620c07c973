package io.netverdict.correlator.rules;

import io.netverdict.correlator.errortext.Complaint;
import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.finding.Rejection;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.session.Exchange;
import io.netverdict.correlator.tcp.Segment;
import io.netverdict.correlator.tls.TlsRecord;
import java.util.List;

/**
 * {@code http.closed-without-response} and {@code http.truncated-response}: the server closes in
 * order (FIN) before its response is there, or whole.
 */
public final class HttpCloseRule implements ConnectionRule {

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        Exchange exchange = c.exchange();
        Segment fin = c.tcp().toClient().fin();
        if (exchange == null || fin == null || fin.timeNanos() > c.deadlineNanos()) {
            return List.of();
        }
        Segment clientClose = c.clientClosedFirst();
        boolean clientFirst = clientClose != null && clientClose.timeNanos() < fin.timeNanos();
        if (clientFirst) {
            return List.of();
        }
        if (!exchange.answered()) {
            boolean silent = c.session().malformedSample().isEmpty();
            // Its number counts what the server sent before it, recorded or not.
            boolean nothingBefore = fin.offset() <= c.tcp().toClient().stream().end();
            boolean taken = silent && nothingBefore && fin.ackOffset() > exchange.requestOffset();
            return taken ? List.of(closed(c, exchange, fin)) : List.of();
        }
        return switch (exchange.completion()) {
            case PARTIAL -> List.of(truncated(c, exchange, fin, 0.96));
            case UNKNOWN -> encrypted(c, exchange, fin);
            case COMPLETE ->
                    c.question().says(Complaint.BODY_TRUNCATED)
                            ? List.of(
                                    new Rejection(
                                            Cause.HTTP_TRUNCATED_RESPONSE,
                                            "the announced length came in full"))
                            : List.of();
            case NONE -> List.of();
        };
    }

    private static Finding closed(ConnectionCase c, Exchange exchange, Segment fin) {
        boolean proxied = c.toProxy() && !c.tunnelled();
        return Finding.of(Cause.HTTP_CLOSED_WITHOUT_RESPONSE)
                .strength(0.95)
                .blame(proxied ? Blame.PROXY : Blame.SERVER)
                .phase(Phase.RESPONSE)
                .decidedAt(fin.timeNanos())
                .hint(
                        c.peer()
                                + " took "
                                + exchange.describe()
                                + " and closed with FIN "
                                + Figures.span(fin.timeNanos() - exchange.startedNanos())
                                + " later, without one byte of a response")
                .detail("Its FIN acknowledges the request, so the server had received it.")
                .evidencePacket("the request", exchange.requestFirst(), exchange.requestLast())
                .evidence("the server's FIN, no response before it", fin)
                .build();
    }

    private static Finding truncated(
            ConnectionCase c, Exchange exchange, Segment fin, double strength) {
        String announced =
                exchange.bodyAnnounced() >= 0
                        ? " of " + Figures.bytes(exchange.bodyAnnounced()) + " announced"
                        : exchange.response() != null && exchange.response().chunked()
                                ? ", before the last chunk"
                                : "";
        long seen = exchange.bodySeen() >= 0 ? exchange.bodySeen() : exchange.responseSeen();
        return Finding.of(Cause.HTTP_TRUNCATED_RESPONSE)
                .strength(strength)
                .blame(c.toProxy() && !c.tunnelled() ? Blame.PROXY : Blame.SERVER)
                .phase(Phase.RESPONSE)
                .decidedAt(fin.timeNanos())
                .hint(
                        c.peer()
                                + " closed with FIN after "
                                + Figures.bytes(seen)
                                + announced
                                + ": the response is cut off")
                .detail("All that the server sent arrived; it ended the connection too early.")
                .evidencePacket("the response begins", exchange.responseFirst())
                .evidence("the server's FIN after " + Figures.bytes(seen), fin)
                .build();
    }

    /** Inside TLS the length is hidden: a record cut short, or no close_notify, tells. */
    private static List<Assessment> encrypted(ConnectionCase c, Exchange exchange, Segment fin) {
        if (!exchange.encrypted()
                || !c.question()
                        .says(
                                Complaint.BODY_TRUNCATED,
                                Complaint.CONTENT_COMPLAINT,
                                Complaint.CONNECTION_CLOSED)) {
            return List.of();
        }
        boolean notified =
                c.tls().stream()
                        .flatMap(t -> t.hiddenAlerts(false).stream())
                        .map(TlsRecord::first)
                        .anyMatch(p -> p != null && p.timeNanos() <= fin.timeNanos());
        boolean said = c.question().says(Complaint.BODY_TRUNCATED);
        return said ? List.of(truncated(c, exchange, fin, notified ? 0.8 : 0.9)) : List.of();
    }
}
