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
import io.netverdict.correlator.tls.TlsVersion;
import java.util.List;
import java.util.Set;

/**
 * {@code tls.version-mismatch}, {@code tls.no-shared-parameters}, {@code tls.unrecognized-name},
 * {@code tls.alert}: a fatal alert, named by its number and by who sent it.
 */
public final class TlsAlertRule implements ConnectionRule {
    private static final int HANDSHAKE_FAILURE = 40;
    private static final int PROTOCOL_VERSION = 70;
    private static final int INSUFFICIENT_SECURITY = 71;
    private static final int UNRECOGNIZED_NAME = 112;

    /** Alerts that complain about bytes of the other side: bad MAC, decode, decrypt, illegal. */
    private static final Set<Integer> ABOUT_THE_OTHERS_BYTES =
            Set.of(10, 20, 21, 22, 30, 47, 50, 51, 109, 110);

    @Override
    public List<Assessment> assess(ConnectionCase c) {
        if (c.tls().isEmpty()) {
            return List.of();
        }
        TlsSession tls = c.tls().get();
        TlsAlert server = first(tls.fatalAlerts(false), c);
        TlsAlert client = first(tls.fatalAlerts(true), c);
        if (server != null && !tls.certificateRequested()) {
            return List.of(fromServer(c, tls, server));
        }
        if (client != null && server == null) {
            int number = client.description();
            boolean aboutCertificate = number >= 42 && number <= 46 || number == 48;
            return aboutCertificate ? List.of() : List.of(fromClient(c, client));
        }
        if (server != null) {
            return List.of();
        }
        List<Assessment> hidden = hidden(c, tls);
        return hidden.isEmpty() ? versionRefused(c, tls) : hidden;
    }

    /** Some clients close without an alert when the server picks a version they did not offer. */
    private static List<Assessment> versionRefused(ConnectionCase c, TlsSession tls) {
        if (tls.serverHello().isEmpty()
                || tls.clientHello().isEmpty()
                || tls.clientFinished() != null) {
            return List.of();
        }
        int chosen = tls.serverHello().get().selectedVersion();
        boolean offered =
                tls.clientHello().get().supportedVersions().isEmpty()
                        || tls.clientHello().get().supportedVersions().contains(chosen);
        boolean said = c.question().says(Complaint.TLS_VERSION_MISMATCH);
        Segment close = c.tcp().toServer().close();
        if (close == null || !said && offered) {
            return List.of();
        }
        return List.of(
                Finding.of(Cause.TLS_VERSION_MISMATCH)
                        .strength(said && !offered ? 0.95 : 0.8)
                        .blame(Blame.SERVER)
                        .decidedAt(close.timeNanos())
                        .hint(
                                c.peer()
                                        + " chose "
                                        + TlsVersion.name(chosen)
                                        + ", which the client does not accept")
                        .evidencePacket(
                                "the ServerHello chooses " + TlsVersion.name(chosen),
                                tls.serverHello().get().record().first())
                        .evidence("the client closes without going on", close)
                        .build());
    }

    /** Whether an alert complains of what the other side sent, not of what it is. */
    static boolean aboutTheOthersBytes(TlsAlert alert) {
        return ABOUT_THE_OTHERS_BYTES.contains(alert.description());
    }

    private static TlsAlert first(List<TlsAlert> alerts, ConnectionCase c) {
        return alerts.stream()
                .filter(a -> a.record().first() != null)
                .filter(a -> a.record().first().timeNanos() <= c.deadlineNanos())
                .findFirst()
                .orElse(null);
    }

    private static Finding fromServer(ConnectionCase c, TlsSession tls, TlsAlert alert) {
        boolean atOnce = tls.serverHello().isEmpty();
        Cause cause =
                switch (alert.description()) {
                    case PROTOCOL_VERSION -> Cause.TLS_VERSION_MISMATCH;
                    case UNRECOGNIZED_NAME -> Cause.TLS_UNRECOGNIZED_NAME;
                    case HANDSHAKE_FAILURE, INSUFFICIENT_SECURITY ->
                            atOnce ? Cause.TLS_NO_SHARED_PARAMETERS : Cause.TLS_ALERT;
                    default -> Cause.TLS_ALERT;
                };
        String name = tls.clientHello().map(h -> h.serverName()).orElse(null);
        Segment gaveUp = c.clientClosedFirst();
        // A CertificateRequest that was not recorded would explain most alerts.
        boolean cut = cause == Cause.TLS_ALERT && HandshakeCut.isIn(c);
        boolean tooLate = gaveUp != null && gaveUp.number() < alert.record().first().number();
        return Finding.of(cause)
                .strength(tooLate ? 0.6 : cut ? 0.8 : 0.97)
                .blame(Blame.SERVER)
                .decidedAt(alert.record().first().timeNanos())
                .hint(
                        c.peer()
                                + " answered the ClientHello"
                                + (name == null ? "" : " for " + name)
                                + " with alert "
                                + describe(alert.description()))
                .detail(
                        "The alert is the server's own word: "
                                + describe(alert.description())
                                + (atOnce ? ", straight after the ClientHello." : "."))
                .evidencePacket(
                        "fatal alert " + describe(alert.description()) + " from the server",
                        alert.record().first())
                .evidencePackets(
                        "the ClientHello it answers",
                        tls.clientHello().stream().map(h -> h.record().first()).toList())
                .build();
    }

    private static Finding fromClient(ConnectionCase c, TlsAlert alert) {
        int number = alert.description();
        Cause cause =
                number == PROTOCOL_VERSION
                        ? Cause.TLS_VERSION_MISMATCH
                        : number == INSUFFICIENT_SECURITY
                                ? Cause.TLS_NO_SHARED_PARAMETERS
                                : Cause.TLS_ALERT;
        boolean serversFault =
                cause != Cause.TLS_ALERT
                        || number == HANDSHAKE_FAILURE
                        || aboutTheOthersBytes(alert);
        return Finding.of(cause)
                .strength(0.93)
                .blame(serversFault ? Blame.SERVER : Blame.CLIENT)
                .decidedAt(alert.record().first().timeNanos())
                .hint(
                        "the client ended the TLS handshake with "
                                + c.peer()
                                + " by alert "
                                + describe(number))
                .evidencePacket(
                        "fatal alert " + describe(number) + " from the client",
                        alert.record().first())
                .build();
    }

    /** An encrypted alert of the server's that no certificate explains. */
    private static List<Assessment> hidden(ConnectionCase c, TlsSession tls) {
        TlsRecord finished = tls.clientFinished();
        int told = c.question().facts().figures().tlsAlert().orElse(-1);
        if (finished == null || told <= 0) {
            return List.of();
        }
        for (TlsRecord record : tls.hiddenAlerts(false)) {
            boolean inTime =
                    record.first() != null && record.first().timeNanos() <= c.deadlineNanos();
            if (inTime && (c.exchange() == null || !c.exchange().answered())) {
                return List.of(
                        Finding.of(Cause.TLS_ALERT)
                                .strength(0.8)
                                .blame(Blame.SERVER)
                                .decidedAt(record.first().timeNanos())
                                .hint(
                                        c.peer()
                                                + " sent an encrypted alert, "
                                                + describe(told)
                                                + " by the client's word")
                                .evidencePacket(
                                        "an alert-sized encrypted record of the server's (inferred)",
                                        record.first())
                                .build());
            }
        }
        return List.of();
    }

    private static String describe(int number) {
        return TlsAlertDescription.name(number);
    }
}
