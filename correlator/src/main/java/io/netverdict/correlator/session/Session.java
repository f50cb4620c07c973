package io.netverdict.correlator.session;

import io.netverdict.correlator.tcp.TcpConnection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A connection with what was spoken on it. Immutable.
 *
 * @param tcp the connection
 * @param tunnel a CONNECT on it, if any
 * @param tls TLS on it (inside the tunnel, if there is one), if any
 * @param exchanges requests and responses, by time; of the tunnel's inside where there is one
 * @param names hosts it was used for: SNI, Host, CONNECT target; lower case, without port
 * @param malformedSample how the server's bytes begin where they are neither HTTP nor TLS
 * @param clientSpeaksTls whether the client's bytes (inside the tunnel) begin as TLS
 * @param serverSpeaksTls whether the server's do
 */
public record Session(
        TcpConnection tcp,
        Optional<Tunnel> tunnel,
        Optional<TlsSession> tls,
        List<Exchange> exchanges,
        Set<String> names,
        Optional<String> malformedSample,
        boolean clientSpeaksTls,
        boolean serverSpeaksTls) {

    public Session {
        exchanges = List.copyOf(exchanges);
        names = Set.copyOf(names);
    }
}
