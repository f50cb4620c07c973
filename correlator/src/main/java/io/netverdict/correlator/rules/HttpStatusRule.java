package io.netverdict.correlator.rules;

import io.netverdict.capture.packet.DecodedPacket;
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
import java.util.OptionalInt;

/**
 * {@code http.error-status}: a response with status 4xx or 5xx is what the client reports; also one
 * given before the upload was complete.
 */
public final class HttpStatusRule implements ConnectionRule {

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        Exchange exchange = c.exchange();
        if (exchange == null) {
            return List.of();
        }
        if (exchange.encrypted()) {
            return encrypted(c, exchange);
        }
        if (!exchange.answered() || exchange.responseFirst().timeNanos() > c.deadlineNanos()) {
            return List.of();
        }
        int status = exchange.status();
        if (status < 400) {
            return c.question().says(Complaint.HTTP_STATUS)
                    ? List.of(
                            new Rejection(Cause.HTTP_ERROR_STATUS, "the status seen is " + status))
                    : List.of();
        }
        boolean early =
                !exchange.requestComplete()
                        || c.tcp().toServer().ackedAt(exchange.responseFirst().timeNanos())
                                < exchange.requestEnd();
        Segment rst = c.tcp().toClient().rst();
        OptionalInt told = c.question().facts().figures().httpStatus();
        boolean agrees = told.isPresent() && told.getAsInt() == status;
        boolean transport =
                c.question()
                        .says(
                                Complaint.CONNECTION_RESET,
                                Complaint.BROKEN_PIPE,
                                Complaint.CONNECTION_CLOSED);
        double strength = agrees ? 0.98 : told.isPresent() ? 0.6 : transport && !early ? 0.6 : 0.93;
        String reason = exchange.response().reason();
        Finding.Builder finding =
                Finding.of(Cause.HTTP_ERROR_STATUS)
                        .strength(strength)
                        .blame(Blame.SERVER)
                        .phase(Phase.RESPONSE)
                        .decidedAt(
                                exchange.responseLast() == null
                                        ? exchange.responseFirst().timeNanos()
                                        : exchange.responseLast().timeNanos())
                        .hint(
                                c.peer()
                                        + " answered "
                                        + exchange.describe()
                                        + " with "
                                        + status
                                        + (reason.isEmpty() ? "" : " " + reason)
                                        + " after "
                                        + Figures.span(
                                                exchange.responseFirst().timeNanos()
                                                        - exchange.startedNanos())
                                        + (early && rst != null
                                                ? ", before the upload was complete, and reset"
                                                : ""))
                        .detail(
                                "The network carried request and response; the server's own answer is"
                                        + " the error."
                                        + (early
                                                ? " It came before the upload was complete; a client that"
                                                        + " only writes sees a reset or a broken pipe."
                                                : ""))
                        .evidencePacket("the request", exchange.requestFirst())
                        .evidencePacket(
                                "the response: " + status + " " + reason, exchange.responseFirst());
        if (early && rst != null) {
            finding.evidence("the reset behind it", rst);
        }
        return List.of(finding.build());
    }

    /** Inside TLS the status is the client's word; that a response came is seen. */
    private static List<Assessment> encrypted(ConnectionCase c, Exchange exchange) {
        OptionalInt told = c.question().facts().figures().httpStatus();
        boolean says =
                c.question().says(Complaint.HTTP_STATUS)
                        && told.isPresent()
                        && told.getAsInt() >= 400;
        if (!says) {
            return List.of();
        }
        List<TlsRecord> after =
                c.tls().stream()
                        .flatMap(tls -> tls.serverApplicationData().stream())
                        .filter(r -> r.first() != null)
                        .filter(r -> r.first().timeNanos() >= exchange.startedNanos())
                        .filter(r -> r.first().timeNanos() <= c.deadlineNanos())
                        .toList();
        boolean opaque = c.tls().isEmpty() && exchange.answered();
        if (after.isEmpty() && !opaque) {
            return List.of();
        }
        DecodedPacket first = opaque ? exchange.responseFirst() : after.get(0).first();
        DecodedPacket last = opaque ? exchange.responseLast() : after.get(after.size() - 1).first();
        return List.of(
                Finding.of(Cause.HTTP_ERROR_STATUS)
                        .strength(exchange.answered() ? 0.9 : 0.8)
                        .blame(Blame.SERVER)
                        .phase(Phase.RESPONSE)
                        .decidedAt(last.timeNanos())
                        .hint(
                                c.peer()
                                        + " answered the request, with status "
                                        + told.getAsInt()
                                        + " by the client's word (encrypted)")
                        .detail(
                                "Request and response were exchanged; the status itself is encrypted.")
                        .evidencePacket("the request (encrypted)", exchange.requestFirst())
                        .evidencePacket("the response (encrypted)", first, last)
                        .build());
    }
}
