package io.netverdict.correlator.survey;

import io.netverdict.correlator.http.HttpRequest;
import io.netverdict.correlator.session.Exchange;
import io.netverdict.correlator.session.Session;
import io.netverdict.correlator.tls.TlsHandshake.ClientHello;
import java.util.Objects;

/** What is known to be spoken on a connection; rules on HTTP are for HTTP alone. */
enum Spoken {
    HTTP,
    /** TLS whose inside is HTTP, or very likely so. */
    HTTPS,
    /** TLS around something else or unknown, or seen from its middle. */
    TLS,
    /** Another protocol, or nothing was said. */
    OTHER;

    private static final int HTTPS_PORT = 443;
    private static final int ALTERNATIVE_HTTPS_PORT = 8443;
    private static final String HTTP2_PREFACE_METHOD = "PRI";

    static Spoken on(Session session) {
        if (session.tls().isPresent()) {
            ClientHello hello = session.tls().get().clientHello().orElse(null);
            if (hello == null) {
                return TLS;
            }
            int port = session.tcp().server().port();
            boolean http =
                    hello.alpn().contains("h2")
                            || hello.alpn().contains("http/1.1")
                            || hello.alpn().isEmpty()
                                    && (port == HTTPS_PORT || port == ALTERNATIVE_HTTPS_PORT)
                            || session.tunnel().isPresent();
            return http ? HTTPS : TLS;
        }
        // Behind another protocol's greeting (SOCKS) a request is that protocol's content.
        boolean http =
                session.exchanges().stream()
                        .map(Exchange::request)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .map(r -> isHttp(r) && (r.offset() == 0 || !session.tcp().startSeen()))
                        .orElse(false);
        return http || session.tunnel().isPresent() ? HTTP : OTHER;
    }

    private static boolean isHttp(HttpRequest request) {
        return !request.method().equals(HTTP2_PREFACE_METHOD) && !request.version().isEmpty();
    }

    boolean http() {
        return this == HTTP || this == HTTPS;
    }
}
