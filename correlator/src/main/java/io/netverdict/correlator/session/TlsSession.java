package io.netverdict.correlator.session;

import io.netverdict.correlator.tls.TlsAlert;
import io.netverdict.correlator.tls.TlsDirection;
import io.netverdict.correlator.tls.TlsHandshake.Certificate;
import io.netverdict.correlator.tls.TlsHandshake.CertificateRequest;
import io.netverdict.correlator.tls.TlsHandshake.ClientHello;
import io.netverdict.correlator.tls.TlsHandshake.ServerHello;
import io.netverdict.correlator.tls.TlsRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A TLS session as far as it can be seen. What TLS 1.3 encrypts is told from record sizes: a
 * Finished, an alert and an empty Certificate have sizes of their own (RFC 8446 5.2: payload, one
 * byte of type, 16 of authentication tag).
 *
 * @param client what the client sent
 * @param server what the server sent
 */
public record TlsSession(TlsDirection client, TlsDirection server) {
    private static final int HIDDEN_OVERHEAD_BYTES = 17;
    private static final int HANDSHAKE_HEADER_BYTES = 4;

    /** The JDK pads every record of TLS 1.3 with so many zeros (RFC 8446 5.4). */
    private static final int JDK_PADDING_BYTES = 16;

    private static final int HIDDEN_ALERT_LENGTH = 2 + HIDDEN_OVERHEAD_BYTES;

    /** An empty Certificate has a context length and a list length: 4 bytes. */
    private static final int HIDDEN_EMPTY_CERTIFICATE_LENGTH =
            HANDSHAKE_HEADER_BYTES + 4 + HIDDEN_OVERHEAD_BYTES;

    private static final int HIDDEN_FINISHED_SHA256 =
            HANDSHAKE_HEADER_BYTES + 32 + HIDDEN_OVERHEAD_BYTES;
    private static final int HIDDEN_FINISHED_SHA384 =
            HANDSHAKE_HEADER_BYTES + 48 + HIDDEN_OVERHEAD_BYTES;

    public Optional<ClientHello> clientHello() {
        return client.clientHello();
    }

    public Optional<ServerHello> serverHello() {
        return server.serverHello().filter(hello -> !hello.helloRetryRequest());
    }

    /** Whether the server chose TLS 1.3. */
    public boolean tls13() {
        return server.serverHello().map(ServerHello::isTls13).orElse(false);
    }

    /** The server's certificates in the clear (up to TLS 1.2). */
    public Optional<Certificate> serverCertificate() {
        return server.first(Certificate.class);
    }

    public boolean certificateRequested() {
        return server.first(CertificateRequest.class).isPresent();
    }

    /** The client's certificate message in the clear (up to TLS 1.2). */
    public Optional<Certificate> clientCertificate() {
        return client.first(Certificate.class);
    }

    /** The client's encrypted handshake records of TLS 1.3, up to its Finished. */
    public List<TlsRecord> hiddenClientHandshake() {
        List<TlsRecord> records = new ArrayList<>();
        if (!tls13()) {
            return records;
        }
        for (TlsRecord record : client.records()) {
            if (record.contentType() != TlsRecord.APPLICATION_DATA) {
                continue;
            }
            records.add(record);
            if (isFinished(record) || isHiddenAlert(record)) {
                break;
            }
            // Certificate and CertificateVerify go before it; more than that is no handshake.
            if (records.size() >= 4) {
                break;
            }
        }
        return records;
    }

    /** The client's Finished: hidden (TLS 1.3) or behind its ChangeCipherSpec; null if unseen. */
    public TlsRecord clientFinished() {
        if (tls13()) {
            List<TlsRecord> hidden = hiddenClientHandshake();
            for (TlsRecord record : hidden) {
                if (isFinished(record)) {
                    return record;
                }
            }
            // Some clients put their whole last flight in one record.
            for (TlsRecord record : hidden) {
                if (!isHiddenAlert(record) && record.length() > HIDDEN_FINISHED_SHA256) {
                    return record;
                }
            }
            return null;
        }
        if (client.changeCipherSpecOffset() < 0) {
            return null;
        }
        return client.records().stream()
                .filter(r -> r.offset() > client.changeCipherSpecOffset())
                .filter(r -> r.contentType() == TlsRecord.HANDSHAKE)
                .findFirst()
                .orElse(null);
    }

    /**
     * Whether the handshake came to its end: the client's Finished is out and, up to TLS 1.2, the
     * server's is in; or the recording began later and shows application data.
     */
    public boolean handshakeDone() {
        if (clientHello().isEmpty() && server.serverHello().isEmpty()) {
            return client.records().stream().anyMatch(TlsSession::isApplicationData)
                    || server.records().stream().anyMatch(TlsSession::isApplicationData);
        }
        if (clientFinished() == null) {
            return false;
        }
        return tls13()
                || server.changeCipherSpecOffset() >= 0
                        && server.records().stream()
                                .anyMatch(
                                        r ->
                                                r.offset() > server.changeCipherSpecOffset()
                                                        && r.contentType() == TlsRecord.HANDSHAKE);
    }

    /** Records that carry application data of the client (its hidden handshake left out). */
    public List<TlsRecord> clientApplicationData() {
        TlsRecord finished = clientFinished();
        if (finished == null && clientHello().isPresent()) {
            return List.of();
        }
        long from = finished == null ? -1 : finished.offset();
        return client.records().stream()
                .filter(r -> isApplicationData(r) && r.offset() > from)
                .toList();
    }

    /** The server's encrypted handshake of TLS 1.3: its records before the client's Finished. */
    public List<TlsRecord> serverApplicationData() {
        if (!handshakeDone()) {
            return List.of();
        }
        TlsRecord finished = clientFinished();
        if (!tls13() || finished == null || finished.first() == null) {
            return server.records().stream().filter(TlsSession::isApplicationData).toList();
        }
        long finishedNanos = finished.first().timeNanos();
        return server.records().stream()
                .filter(TlsSession::isApplicationData)
                .filter(r -> r.first() != null && r.first().timeNanos() >= finishedNanos)
                .toList();
    }

    /** Alerts in the clear that end the session (close_notify is none of them). */
    public List<TlsAlert> fatalAlerts(boolean fromClient) {
        return (fromClient ? client : server)
                .alerts().stream()
                        .filter(a -> !a.encrypted() && a.description() != 0)
                        .filter(a -> a.level() == TlsAlert.FATAL || a.description() != 90)
                        .toList();
    }

    /** Encrypted alert records up to TLS 1.2; in TLS 1.3 records of an alert's size. */
    public List<TlsRecord> hiddenAlerts(boolean fromClient) {
        TlsDirection side = fromClient ? client : server;
        List<TlsRecord> records = new ArrayList<>();
        side.alerts().stream()
                .filter(TlsAlert::encrypted)
                .forEach(alert -> records.add(alert.record()));
        if (tls13()) {
            side.records().stream()
                    .filter(r -> isApplicationData(r) && isHiddenAlert(r))
                    .forEach(records::add);
        }
        return records;
    }

    /** Whether a record has the length of an encrypted alert of TLS 1.3. */
    public static boolean isHiddenAlert(TlsRecord record) {
        return hasLength(record, HIDDEN_ALERT_LENGTH);
    }

    /** Whether a record has the length of an encrypted empty Certificate of TLS 1.3. */
    public static boolean isHiddenEmptyCertificate(TlsRecord record) {
        return hasLength(record, HIDDEN_EMPTY_CERTIFICATE_LENGTH);
    }

    private static boolean hasLength(TlsRecord record, int length) {
        return record.length() == length || record.length() == length + JDK_PADDING_BYTES;
    }

    private static boolean isFinished(TlsRecord record) {
        return hasLength(record, HIDDEN_FINISHED_SHA256)
                || hasLength(record, HIDDEN_FINISHED_SHA384);
    }

    private static boolean isApplicationData(TlsRecord record) {
        return record.contentType() == TlsRecord.APPLICATION_DATA;
    }
}
