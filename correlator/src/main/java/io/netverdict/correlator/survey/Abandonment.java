package io.netverdict.correlator.survey;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.rules.ConnectionCase;
import io.netverdict.correlator.session.Exchange;
import io.netverdict.correlator.session.TlsSession;
import io.netverdict.correlator.tcp.Segment;
import io.netverdict.correlator.tls.TlsRecord;

/**
 * What a client broke off for a reason that only it could tell: a TLS 1.3 handshake after the
 * server's certificate, or a request while all went well.
 */
final class Abandonment {
    private static final long PROMPTLY_NANOS = 3_000_000_000L;

    /** A client that waited longer ran into its own time-out, whoever made it too long. */
    private static final long SOON_NANOS = 2_000_000_000L;

    private static final double GUESS = 0.5;
    private static final double LIKELY = 0.6;

    private Abandonment() {}

    /** A handshake that the client ended behind the server's encrypted flight, or null. */
    static Finding ofHandshake(ConnectionCase c, Course course) {
        TlsSession tls = c.tls().orElse(null);
        boolean flight =
                tls != null
                        && tls.tls13()
                        && tls.clientHello().isPresent()
                        && tls.server().records().size() > 1;
        if (!flight || course.gap() || !course.closedByClient() || tls.clientFinished() != null) {
            return null;
        }
        boolean told =
                !tls.fatalAlerts(true).isEmpty()
                        || !tls.fatalAlerts(false).isEmpty()
                        || !tls.hiddenAlerts(false).isEmpty();
        DecodedPacket certificate =
                tls.server().records().get(tls.server().records().size() - 1).last();
        if (told || certificate == null) {
            return null;
        }
        long after = course.close().timeNanos() - certificate.timeNanos();
        if (after < 0 || after > PROMPTLY_NANOS) {
            return null;
        }
        TlsRecord alert =
                tls.hiddenAlerts(true).stream()
                        .filter(r -> r.first() != null)
                        .findFirst()
                        .orElse(null);
        return Finding.of(Cause.TLS_CERTIFICATE_UNTRUSTED)
                .strength(alert == null ? GUESS : LIKELY)
                .decidedAt(course.close().timeNanos())
                .hint(
                        "the client broke off the TLS handshake with "
                                + c.peer()
                                + " "
                                + Figures.span(after)
                                + " after the server's flight: as a rule it refuses the certificate")
                .detail(
                        "TLS 1.3 encrypts the certificate and the client's reason; what is seen is"
                                + " that the client closed in place of its Finished.")
                .evidencePacket("the server's flight, its certificate encrypted", certificate)
                .evidencePacket(
                        "an alert-sized encrypted record of the client's (inferred)",
                        alert == null ? null : alert.first())
                .evidence("the client's close", course.close())
                .build();
    }

    /** A request that the client gave up before it can have waited too long, or null. */
    static Finding ofRequest(ConnectionCase c, Course course) {
        Exchange exchange = c.exchange();
        if (!course.closedByClient() || exchange == null) {
            return null;
        }
        Segment close = course.close();
        long after = close.timeNanos() - exchange.requestLast().timeNanos();
        if (after < 0 || after > SOON_NANOS) {
            return null;
        }
        String got =
                exchange.answered()
                        ? Figures.bytes(exchange.responseSeen()) + " of the response had come"
                        : "nothing of the response had come";
        return Finding.of(Cause.CLIENT_ABORTED)
                .strength(LIKELY)
                .phase(Phase.RESPONSE)
                .decidedAt(close.timeNanos())
                .hint(
                        "the client gave up "
                                + exchange.describe()
                                + " to "
                                + c.peer()
                                + " after "
                                + Figures.span(after)
                                + "; "
                                + got)
                .detail(
                        "Nothing was lost and the server had not closed: the client cancelled, or its"
                                + " own time-out is that short.")
                .evidencePacket("the request", exchange.requestFirst(), exchange.requestLast())
                .evidence("the client's " + (close.rst() ? "RST" : "FIN"), close)
                .build();
    }
}
