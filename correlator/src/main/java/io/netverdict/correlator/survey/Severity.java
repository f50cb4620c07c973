package io.netverdict.correlator.survey;

import io.netverdict.correlator.model.Cause;

/** How bad a cause is for whoever met it: nothing works, some of it, or hardly worth a word. */
final class Severity {
    private Severity() {}

    /** 1 to 10. */
    static int of(Cause cause) {
        return switch (cause) {
            case TCP_SYN_NO_RESPONSE,
                    TCP_UNREACHABLE,
                    TCP_ADMIN_PROHIBITED,
                    TCP_HANDSHAKE_INCOMPLETE,
                    PATH_TTL_EXCEEDED,
                    LINK_NEIGHBOR_UNRESOLVED,
                    PATH_MTU_BLACKHOLE,
                    PATH_MTU_EXCEEDED,
                    PATH_FRAGMENTS_LOST,
                    TCP_PEER_VANISHED ->
                    10;
            case DNS_NO_RESPONSE,
                    DNS_SERVER_FAILURE,
                    DNS_REFUSED,
                    DNS_UNREACHABLE,
                    DNS_TRUNCATED_NO_TCP,
                    TCP_REFUSED,
                    TCP_RESET_BY_MIDDLEBOX,
                    TCP_RESET_BY_OWN_HOST,
                    PROXY_NO_RESPONSE ->
                    9;
            case TCP_RESET_BY_PEER,
                    HTTP_NO_RESPONSE,
                    HTTP_RESPONSE_STALLED,
                    HTTP_CLOSED_WITHOUT_RESPONSE,
                    HTTP_TRUNCATED_RESPONSE,
                    HTTP_MALFORMED_RESPONSE,
                    TCP_STALE_CONNECTION ->
                    7;
            case TCP_ZERO_WINDOW,
                    PATH_PACKET_LOSS,
                    PROXY_UPSTREAM_FAILED,
                    PROXY_AUTH_REQUIRED,
                    PROXY_DENIED,
                    QUIC_NO_RESPONSE ->
                    6;
            case HTTP_ERROR_STATUS, DNS_SLOW, HTTP_TRANSFER_TOO_SLOW, HTTP_REDIRECT_LOOP -> 4;
            case DNS_NXDOMAIN, DNS_NO_ADDRESS, CLIENT_ABORTED -> 2;
            default -> cause.code().startsWith("tls.") ? 8 : 5;
        };
    }
}
