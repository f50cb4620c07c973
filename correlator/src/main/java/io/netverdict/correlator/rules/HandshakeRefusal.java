package io.netverdict.correlator.rules;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.session.TlsSession;
import io.netverdict.correlator.tcp.Segment;
import io.netverdict.correlator.tls.TlsAlert;
import io.netverdict.correlator.tls.TlsAlertDescription;
import io.netverdict.correlator.tls.TlsRecord;

/**
 * How a client broke off a handshake over what the server had sent.
 *
 * @param nanos when
 * @param packet with its alert or close
 * @param text in words
 * @param certificateAlert whether its own alert names the certificate
 */
public record HandshakeRefusal(
        long nanos, DecodedPacket packet, String text, boolean certificateAlert) {

    private static final long PROMPTLY_NANOS = 3_000_000_000L;

    /**
     * The refusal; null where there was none.
     *
     * @param suspected whether something else says that the certificate was refused, so that an
     *     encrypted alert or a prompt close may be taken for it
     */
    public static HandshakeRefusal of(ConnectionCase c, TlsSession tls, boolean suspected) {
        for (TlsAlert alert : tls.fatalAlerts(true)) {
            int number = alert.description();
            boolean about = number >= 42 && number <= 46 || number == 48;
            if (about && alert.record().first() != null) {
                return new HandshakeRefusal(
                        alert.record().first().timeNanos(),
                        alert.record().first(),
                        "the client's alert " + TlsAlertDescription.name(number),
                        true);
            }
        }
        if (tls.fatalAlerts(true).stream().anyMatch(TlsAlertRule::aboutTheOthersBytes)) {
            return null;
        }
        if (!suspected || tls.server().records().isEmpty()) {
            return null;
        }
        TlsRecord finished = tls.clientFinished();
        for (TlsRecord alert : tls.hiddenAlerts(true)) {
            boolean instead =
                    finished == null
                            || finished.first() == null
                            || c.session().exchanges().isEmpty();
            if (instead && alert.first() != null) {
                return new HandshakeRefusal(
                        alert.first().timeNanos(),
                        alert.first(),
                        "an alert-sized encrypted record of the client's right after the"
                                + " server's flight (inferred)",
                        false);
            }
        }
        Segment close = c.tcp().toServer().close();
        DecodedPacket flight = tls.server().records().get(0).first();
        boolean prompt =
                close != null
                        && flight != null
                        && close.timeNanos() - flight.timeNanos() < PROMPTLY_NANOS;
        if (prompt && c.session().exchanges().isEmpty()) {
            return new HandshakeRefusal(
                    close.timeNanos(),
                    close.packet(),
                    "the client closed "
                            + Figures.span(close.timeNanos() - flight.timeNanos())
                            + " after the server's flight, without a request",
                    false);
        }
        return null;
    }
}
