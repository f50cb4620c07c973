package io.netverdict.correlator.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The cause catalogue: every code a verdict may name. Codes, once released, keep their meaning. */
public enum Cause {
    DNS_NO_RESPONSE(
            "dns.no-response", Blame.RESOLVER, Phase.RESOLVE, "the name server did not answer"),
    DNS_NXDOMAIN("dns.nxdomain", Blame.RESOLVER, Phase.RESOLVE, "the name does not exist"),
    DNS_NO_ADDRESS("dns.no-address", Blame.RESOLVER, Phase.RESOLVE, "the name has no address"),
    DNS_SERVER_FAILURE(
            "dns.server-failure", Blame.RESOLVER, Phase.RESOLVE, "the name server failed"),
    DNS_REFUSED("dns.refused", Blame.RESOLVER, Phase.RESOLVE, "the name server refused the query"),
    DNS_UNREACHABLE(
            "dns.unreachable", Blame.RESOLVER, Phase.RESOLVE, "the name server cannot be reached"),
    DNS_TRUNCATED_NO_TCP(
            "dns.truncated-no-tcp",
            Blame.RESOLVER,
            Phase.RESOLVE,
            "the answer needs TCP, and DNS over TCP gets nowhere"),
    DNS_SLOW("dns.slow", Blame.RESOLVER, Phase.RESOLVE, "resolving the name used up the time"),
    TCP_SYN_NO_RESPONSE(
            "tcp.syn-no-response",
            Blame.PATH,
            Phase.CONNECT,
            "the connection attempt was never answered"),
    TCP_REFUSED("tcp.refused", Blame.SERVER, Phase.CONNECT, "the connection was refused"),
    TCP_UNREACHABLE(
            "tcp.unreachable",
            Blame.PATH,
            Phase.CONNECT,
            "a router says the destination is unreachable"),
    TCP_ADMIN_PROHIBITED(
            "tcp.admin-prohibited",
            Blame.PATH,
            Phase.CONNECT,
            "a firewall prohibits the connection and says so"),
    TCP_HANDSHAKE_INCOMPLETE(
            "tcp.handshake-incomplete",
            Blame.PATH,
            Phase.CONNECT,
            "nothing after the SYN-ACK gets through"),
    PATH_TTL_EXCEEDED(
            "path.ttl-exceeded", Blame.PATH, Phase.CONNECT, "packets run in a routing loop"),
    LINK_NEIGHBOR_UNRESOLVED(
            "link.neighbor-unresolved",
            Blame.LOCAL_LINK,
            Phase.CONNECT,
            "the next hop does not answer on the local link"),
    CLIENT_NOTHING_SENT(
            "client.nothing-sent",
            Blame.CLIENT,
            Phase.CONNECT,
            "the request never left this machine"),
    TCP_RESET_BY_PEER(
            "tcp.reset-by-peer", Blame.SERVER, Phase.RESPONSE, "the server reset the connection"),
    TCP_RESET_BY_MIDDLEBOX(
            "tcp.reset-by-middlebox",
            Blame.PATH,
            Phase.RESPONSE,
            "something on the path reset the connection in the server's name"),
    TCP_RESET_BY_OWN_HOST(
            "tcp.reset-by-own-host",
            Blame.CLIENT,
            Phase.RESPONSE,
            "the client's own host reset the connection"),
    TCP_STALE_CONNECTION(
            "tcp.stale-connection",
            Blame.SERVER,
            Phase.RESPONSE,
            "a kept-alive connection was already dead"),
    TCP_PEER_VANISHED(
            "tcp.peer-vanished",
            Blame.PATH,
            Phase.RESPONSE,
            "the peer stopped answering in mid-connection"),
    PATH_MTU_BLACKHOLE(
            "path.mtu-blackhole", Blame.PATH, Phase.RESPONSE, "large packets vanish on the path"),
    PATH_MTU_EXCEEDED(
            "path.mtu-exceeded",
            Blame.PATH,
            Phase.RESPONSE,
            "packets are too large for the path and the sender does not heed it"),
    PATH_FRAGMENTS_LOST(
            "path.fragments-lost", Blame.PATH, Phase.RESPONSE, "IP fragments are lost on the path"),
    PATH_PACKET_LOSS(
            "path.packet-loss", Blame.PATH, Phase.RESPONSE, "the path loses too many packets"),
    TCP_ZERO_WINDOW(
            "tcp.zero-window", Blame.UNKNOWN, Phase.RESPONSE, "the receiver stopped reading"),
    CLIENT_ABORTED("client.aborted", Blame.CLIENT, Phase.RESPONSE, "the client itself gave up"),
    TLS_NO_RESPONSE(
            "tls.no-response",
            Blame.SERVER,
            Phase.TLS,
            "the server did not answer the ClientHello"),
    TLS_HANDSHAKE_STALLED(
            "tls.handshake-stalled",
            Blame.SERVER,
            Phase.TLS,
            "the TLS handshake began and then stalled"),
    TLS_CLIENT_HELLO_DROPPED(
            "tls.client-hello-dropped",
            Blame.PATH,
            Phase.TLS,
            "the ClientHello is dropped on the way"),
    TLS_CLOSED_IN_HANDSHAKE(
            "tls.closed-in-handshake",
            Blame.SERVER,
            Phase.TLS,
            "the connection was closed during the TLS handshake"),
    TLS_NOT_TLS(
            "tls.not-tls", Blame.CLIENT, Phase.TLS, "one side speaks TLS and the other does not"),
    TLS_VERSION_MISMATCH(
            "tls.version-mismatch", Blame.SERVER, Phase.TLS, "no TLS version in common"),
    TLS_NO_SHARED_PARAMETERS(
            "tls.no-shared-parameters", Blame.SERVER, Phase.TLS, "no TLS parameters in common"),
    TLS_UNRECOGNIZED_NAME(
            "tls.unrecognized-name", Blame.SERVER, Phase.TLS, "the server does not know this name"),
    TLS_CERTIFICATE_EXPIRED(
            "tls.certificate-expired",
            Blame.SERVER,
            Phase.TLS,
            "the server's certificate has expired"),
    TLS_CERTIFICATE_NOT_YET_VALID(
            "tls.certificate-not-yet-valid",
            Blame.CLIENT,
            Phase.TLS,
            "the server's certificate is not valid yet"),
    TLS_CERTIFICATE_NAME_MISMATCH(
            "tls.certificate-name-mismatch",
            Blame.SERVER,
            Phase.TLS,
            "the server's certificate is for other names"),
    TLS_CERTIFICATE_UNTRUSTED(
            "tls.certificate-untrusted",
            Blame.SERVER,
            Phase.TLS,
            "the client does not trust the server's certificate"),
    TLS_CLIENT_CERTIFICATE_REQUIRED(
            "tls.client-certificate-required",
            Blame.CLIENT,
            Phase.TLS,
            "the server wants a client certificate"),
    TLS_CLIENT_CERTIFICATE_REJECTED(
            "tls.client-certificate-rejected",
            Blame.CLIENT,
            Phase.TLS,
            "the server rejects the client's certificate"),
    TLS_ALERT("tls.alert", Blame.SERVER, Phase.TLS, "a fatal TLS alert"),
    PROXY_AUTH_REQUIRED(
            "proxy.auth-required", Blame.PROXY, Phase.PROXY, "the proxy wants credentials"),
    PROXY_DENIED("proxy.denied", Blame.PROXY, Phase.PROXY, "the proxy denies the request"),
    PROXY_UPSTREAM_FAILED(
            "proxy.upstream-failed", Blame.PROXY, Phase.PROXY, "the proxy cannot reach the server"),
    PROXY_NO_RESPONSE("proxy.no-response", Blame.PROXY, Phase.PROXY, "the proxy did not answer"),
    HTTP_NO_RESPONSE(
            "http.no-response",
            Blame.SERVER,
            Phase.RESPONSE,
            "the server did not answer the request"),
    HTTP_RESPONSE_STALLED(
            "http.response-stalled",
            Blame.SERVER,
            Phase.RESPONSE,
            "the response began and then stalled"),
    HTTP_TRANSFER_TOO_SLOW(
            "http.transfer-too-slow",
            Blame.PATH,
            Phase.RESPONSE,
            "the transfer was too slow for the time allowed"),
    HTTP_CLOSED_WITHOUT_RESPONSE(
            "http.closed-without-response",
            Blame.SERVER,
            Phase.RESPONSE,
            "the server closed without a response"),
    HTTP_TRUNCATED_RESPONSE(
            "http.truncated-response",
            Blame.SERVER,
            Phase.RESPONSE,
            "the response ended too early"),
    HTTP_MALFORMED_RESPONSE(
            "http.malformed-response",
            Blame.SERVER,
            Phase.RESPONSE,
            "the answer is not valid HTTP"),
    HTTP_ERROR_STATUS(
            "http.error-status",
            Blame.SERVER,
            Phase.RESPONSE,
            "the server answered with an error status"),
    HTTP_REDIRECT_LOOP(
            "http.redirect-loop", Blame.SERVER, Phase.RESPONSE, "redirects lead in a circle"),
    HTTP_CAPTIVE_PORTAL(
            "http.captive-portal",
            Blame.PATH,
            Phase.RESPONSE,
            "a captive portal answered instead of the server"),
    QUIC_NO_RESPONSE("quic.no-response", Blame.PATH, Phase.CONNECT, "QUIC is not answered"),
    NETWORK_HEALTHY("network.healthy", Blame.NONE, Phase.NONE, "the network did its job"),
    CAPTURE_INSUFFICIENT(
            "capture.insufficient",
            Blame.UNKNOWN,
            Phase.NONE,
            "the recording does not show the request");

    private static final Map<String, Cause> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toMap(Cause::code, Function.identity()));

    private final String code;
    private final Blame usualBlame;
    private final Phase usualPhase;
    private final String summary;

    Cause(String code, Blame usualBlame, Phase usualPhase, String summary) {
        this.code = code;
        this.usualBlame = usualBlame;
        this.usualPhase = usualPhase;
        this.summary = summary;
    }

    /** The public code, for example {@code tcp.syn-no-response}. */
    @JsonValue
    public String code() {
        return code;
    }

    /** Where this fault usually lies; a rule may know better. */
    public Blame usualBlame() {
        return usualBlame;
    }

    /** The step this usually breaks; a rule may know better. */
    public Phase usualPhase() {
        return usualPhase;
    }

    /** What broke, in half a sentence. */
    public String summary() {
        return summary;
    }

    /** The cause with that code; throws for a code that is not in the catalogue. */
    @JsonCreator
    public static Cause fromCode(String code) {
        Cause cause = BY_CODE.get(code);
        if (cause == null) {
            throw new IllegalArgumentException("code=" + code);
        }
        return cause;
    }
}
