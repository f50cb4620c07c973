package io.netverdict.correlator.rules;

import io.netverdict.correlator.errortext.Complaint;
import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.session.TlsSession;
import io.netverdict.correlator.tcp.Segment;
import io.netverdict.correlator.tls.TlsAlert;
import io.netverdict.correlator.tls.TlsAlertDescription;
import io.netverdict.correlator.tls.TlsRecord;
import java.util.List;

/**
 * {@code tls.client-certificate-required} and {@code tls.client-certificate-rejected}: the server
 * asked for a certificate and fails the handshake over what it got.
 */
public final class ClientCertificateRule implements ConnectionRule {
    private static final int CERTIFICATE_REQUIRED = 116;
    private static final int SMALLEST_CERTIFICATE_BYTES = 200;

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        if (c.tls().isEmpty()) {
            return List.of();
        }
        TlsSession tls = c.tls().get();
        List<TlsAlert> alerts = tls.fatalAlerts(false);
        if (!alerts.isEmpty() && tls.certificateRequested()) {
            TlsAlert alert = alerts.get(0);
            boolean empty = tls.clientCertificate().map(m -> m.empty()).orElse(true);
            return List.of(
                    finding(
                                    c,
                                    empty,
                                    alert.record(),
                                    TlsAlertDescription.name(alert.description()),
                                    false)
                            .strength(0.97)
                            .build());
        }
        if (!alerts.isEmpty() && alerts.get(0).description() == CERTIFICATE_REQUIRED) {
            return List.of(
                    finding(
                                    c,
                                    true,
                                    alerts.get(0).record(),
                                    TlsAlertDescription.name(CERTIFICATE_REQUIRED),
                                    false)
                            .strength(0.97)
                            .build());
        }
        return hidden(c, tls);
    }

    /** TLS 1.3: the request, the certificate and the alert are encrypted; sizes tell them. */
    private static List<Assessment> hidden(ConnectionCase c, TlsSession tls) {
        TlsRecord finished = tls.clientFinished();
        if (finished == null || finished.first() == null) {
            return List.of();
        }
        TlsRecord alert = null;
        // Behind the client's own close, the server's record is its close_notify.
        Segment clientClose = c.clientClosedFirst();
        long until =
                clientClose == null
                        ? c.deadlineNanos()
                        : Math.min(clientClose.timeNanos(), c.deadlineNanos());
        for (TlsRecord record : tls.hiddenAlerts(false)) {
            if (record.first() != null
                    && record.first().timeNanos() >= finished.first().timeNanos()
                    && record.first().timeNanos() <= until) {
                alert = record;
                break;
            }
        }
        boolean responded = c.exchange() != null && c.exchange().answered();
        List<TlsRecord> flight = tls.hiddenClientHandshake();
        boolean empty = false;
        boolean full = false;
        if (tls.tls13()) {
            TlsRecord first = flight.get(0);
            empty = TlsSession.isHiddenEmptyCertificate(first);
            full = first != finished && first.length() > SMALLEST_CERTIFICATE_BYTES;
        } else {
            empty =
                    tls.certificateRequested()
                            && tls.clientCertificate().map(m -> m.empty()).orElse(true);
            full = tls.certificateRequested() && !empty;
        }
        int told = c.question().facts().figures().tlsAlert().orElse(-1);
        boolean saysRequired = told == CERTIFICATE_REQUIRED;
        boolean textAgrees = c.question().says(Complaint.TLS_ALERT, Complaint.CLIENT_CERTIFICATE);
        Segment close = c.tcp().toClient().close();
        boolean ended = alert != null || close != null && close.rst();
        if (responded || !ended || !(empty || full || saysRequired)) {
            return List.of();
        }
        if (alert == null && !textAgrees) {
            return List.of();
        }
        String name = told >= 0 ? TlsAlertDescription.name(told) : "its number is encrypted";
        return List.of(
                finding(c, empty || saysRequired && !full, alert, name, true)
                        .strength(textAgrees ? 0.95 : 0.86)
                        .build());
    }

    private static Finding.Builder finding(
            ConnectionCase c, boolean empty, TlsRecord alert, String alertName, boolean inferred) {
        Cause cause =
                empty
                        ? Cause.TLS_CLIENT_CERTIFICATE_REQUIRED
                        : Cause.TLS_CLIENT_CERTIFICATE_REJECTED;
        Segment close = c.tcp().toClient().close();
        long decided =
                alert != null && alert.first() != null
                        ? alert.first().timeNanos()
                        : close == null ? c.deadlineNanos() : close.timeNanos();
        return Finding.of(cause)
                .blame(Blame.CLIENT)
                .decidedAt(decided)
                .hint(
                        empty
                                ? c.peer()
                                        + " wants a client certificate and got none: alert "
                                        + alertName
                                : c.peer()
                                        + " rejects the client's certificate: alert "
                                        + alertName)
                .detail(
                        inferred
                                ? "TLS 1.3 encrypts this exchange: told from the size of the client's"
                                        + " Certificate record, the server's alert-sized record behind it"
                                        + " and the client's words."
                                : "The server asked for a certificate in its flight.")
                .evidencePacket(
                        empty
                                ? "the client's Certificate message is empty"
                                        + (inferred ? " (inferred from its size)" : "")
                                : "the client sent a certificate",
                        certificatePacket(c))
                .evidencePacket(
                        "the server's alert" + (inferred ? " (inferred from its size)" : ""),
                        alert == null ? null : alert.first());
    }

    private static io.netverdict.capture.packet.DecodedPacket certificatePacket(ConnectionCase c) {
        TlsSession tls = c.tls().get();
        if (tls.clientCertificate().isPresent()) {
            return tls.clientCertificate().get().record().first();
        }
        List<TlsRecord> hidden = tls.hiddenClientHandshake();
        return hidden.isEmpty() ? null : hidden.get(0).first();
    }
}
