package io.netverdict.correlator.tls;

import io.netverdict.correlator.decode.DecodeState;
import io.netverdict.correlator.tls.TlsHandshake.ClientHello;
import io.netverdict.correlator.tls.TlsHandshake.ServerHello;
import java.util.List;
import java.util.Optional;

/**
 * One direction of a connection as TLS.
 *
 * @param tls whether it begins with a plausible record or a ClientHello in SSL 2.0's format; or,
 *     where the beginning is missing, whether records were found later
 * @param records in the order of the stream
 * @param handshakes messages in the clear
 * @param alerts in the clear and encrypted; those of TLS 1.3 look like application data and are not
 *     among them
 * @param changeCipherSpecOffset of the first ChangeCipherSpec record, -1 without
 * @param resynchronizedAt offset of the first record that was found by searching, because what
 *     comes before was not captured or is no record; -1 where that was not needed
 * @param malformedAt offset of the first bytes that should be a record and are none, -1 without
 * @param state TRUNCATED where record headers are missing or the last record is not whole
 */
public record TlsDirection(
        boolean tls,
        List<TlsRecord> records,
        List<TlsHandshake> handshakes,
        List<TlsAlert> alerts,
        long changeCipherSpecOffset,
        long resynchronizedAt,
        long malformedAt,
        DecodeState state) {
    public TlsDirection {
        records = List.copyOf(records);
        handshakes = List.copyOf(handshakes);
        alerts = List.copyOf(alerts);
    }

    /** The first ClientHello. */
    public Optional<ClientHello> clientHello() {
        return first(ClientHello.class);
    }

    /** The first ServerHello, a HelloRetryRequest only if nothing else follows. */
    public Optional<ServerHello> serverHello() {
        return handshakes.stream()
                .filter(ServerHello.class::isInstance)
                .map(ServerHello.class::cast)
                .filter(hello -> !hello.helloRetryRequest())
                .findFirst()
                .or(() -> first(ServerHello.class));
    }

    /** The first message of a kind. */
    public <T extends TlsHandshake> Optional<T> first(Class<T> kind) {
        return handshakes.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
}
