package io.netverdict.correlator.errortext;

import static io.netverdict.correlator.model.OperationKind.CONNECT;
import static io.netverdict.correlator.model.OperationKind.PROXY;
import static io.netverdict.correlator.model.OperationKind.REQUEST;
import static io.netverdict.correlator.model.OperationKind.RESOLVE;
import static io.netverdict.correlator.model.OperationKind.RESPONSE;
import static io.netverdict.correlator.model.OperationKind.TLS;

import io.netverdict.correlator.model.OperationKind;
import java.util.Set;

/**
 * A kind of failure a client speaks of. One text may hold several.
 *
 * <p>A complaint repeats the client's view, which is often narrower than the truth: a deadline says
 * nothing about the step that used it up.
 */
public enum Complaint {
    /** A deadline over the whole request ran out, in whichever step. */
    TIMEOUT_DEADLINE(),
    /** Connecting took too long; several clients count the TLS handshake as connecting. */
    CONNECT_TIMEOUT(CONNECT),
    /** Nothing came to read in time. */
    READ_TIMEOUT(TLS, REQUEST, RESPONSE),
    /** The request could not be sent in time. */
    WRITE_TIMEOUT(REQUEST),
    /** The TLS handshake took too long. */
    TLS_HANDSHAKE_TIMEOUT(TLS),
    /** The name was not resolved in time. */
    RESOLVE_TIMEOUT(RESOLVE),
    /** The name does not exist, says the resolver. */
    NAME_NOT_FOUND(RESOLVE),
    /** The name exists and has no address of use. */
    NAME_NO_ADDRESS(RESOLVE),
    /** {@code EAI_AGAIN}: no answer, or a failure the server may get over. */
    NAME_TEMPORARY_FAILURE(RESOLVE),
    /** The name server answered with SERVFAIL, REFUSED or nonsense. */
    NAME_SERVER_MISBEHAVING(RESOLVE),
    /** Resolving failed, nothing said about how. */
    RESOLVE_FAILED(RESOLVE),
    /** {@code ECONNREFUSED}. */
    CONNECTION_REFUSED(CONNECT),
    /** Connecting failed, nothing said about how (curl 7). */
    CONNECT_FAILED(CONNECT),
    /** {@code EHOSTUNREACH}. */
    NO_ROUTE(CONNECT),
    /** {@code ENETUNREACH}. */
    NETWORK_UNREACHABLE(CONNECT),
    /** {@code EACCES} or {@code EPERM} of a socket: ICMP prohibited, or the host's own firewall. */
    PERMISSION_DENIED(CONNECT),
    /** {@code EADDRNOTAVAIL}, {@code EADDRINUSE}: no source address or no free port. */
    ADDRESS_NOT_AVAILABLE(CONNECT),
    /** {@code EMFILE}, {@code ENFILE}. */
    TOO_MANY_FILES(),
    /** No connection came free in the client's own pool. */
    POOL_EXHAUSTED(),
    /** {@code ECONNRESET}, {@code ECONNABORTED}. */
    CONNECTION_RESET(PROXY, TLS, REQUEST, RESPONSE),
    /** {@code EPIPE}: written to a connection already closed. */
    BROKEN_PIPE(PROXY, TLS, REQUEST, RESPONSE),
    /**
     * The peer closed before the response began. Node prints the same ({@code socket hang up}) when
     * its own program aborts the request.
     */
    CONNECTION_CLOSED(PROXY, TLS, REQUEST, RESPONSE),
    /** The response ended before it was whole. */
    BODY_TRUNCATED(RESPONSE),
    /** The peer closed during the TLS handshake. */
    TLS_CLOSED(TLS),
    /** The peer sent a TLS alert. */
    TLS_ALERT(TLS),
    /** No TLS version in common. */
    TLS_VERSION_MISMATCH(TLS),
    /** The server's certificate is past its time. */
    CERTIFICATE_EXPIRED(TLS),
    /** The server's certificate is before its time. */
    CERTIFICATE_NOT_YET_VALID(TLS),
    /** Out of its time, one way or the other. */
    CERTIFICATE_EXPIRED_OR_NOT_YET(TLS),
    /** No name in the certificate covers the host. */
    CERTIFICATE_NAME_MISMATCH(TLS),
    /** The chain ends nowhere the client trusts. */
    CERTIFICATE_UNTRUSTED(TLS),
    /** Something else about the server's certificate, or no reason given. */
    CERTIFICATE_OTHER(TLS),
    /** The server asks for a certificate of the client's, or did not like it. */
    CLIENT_CERTIFICATE(TLS),
    /** The peer does not speak TLS. */
    NOT_TLS(TLS),
    /** TLS failed in another way. */
    TLS_OTHER(TLS),
    /** Status 407. */
    PROXY_AUTH_REQUIRED(PROXY),
    /** The proxy answered CONNECT with something else than success. */
    PROXY_REFUSED_REQUEST(PROXY),
    /** The proxy itself could not be reached or used. */
    PROXY_FAILED(RESOLVE, CONNECT, PROXY),
    /** A status of 4xx or 5xx is the error. */
    HTTP_STATUS(RESPONSE),
    /** Too many redirects. */
    REDIRECT_LIMIT(RESPONSE),
    /** The answer is not HTTP or breaks its framing. */
    MALFORMED_RESPONSE(RESPONSE),
    /** The caller gave up. */
    CANCELLED(),
    /** HTTP/2 GOAWAY. */
    HTTP2_GOAWAY(REQUEST, RESPONSE),
    /** HTTP/2 RST_STREAM. */
    HTTP2_STREAM_RESET(REQUEST, RESPONSE),
    /** The HTTP/2 connection died (ping unanswered, closed under the stream). */
    HTTP2_CONNECTION_LOST(REQUEST, RESPONSE),
    /** QUIC: the handshake or the idle connection timed out. */
    QUIC_TIMEOUT(CONNECT),
    /** About the content or the client's own disk: the network may well be healthy. */
    CONTENT_COMPLAINT(),
    /** The client says that it was reading the body. */
    BODY_READING(RESPONSE),
    /** A protocol above TCP was broken (HTTP/2 framing, HTTP/3, header rules). */
    PROTOCOL_ERROR(),
    /** The request failed; the client's text does not say in which way ({@code fetch failed}). */
    REQUEST_FAILED(),
    /** No wording known here. */
    UNKNOWN();

    private final Set<OperationKind> steps;

    Complaint(OperationKind... steps) {
        this.steps = Set.of(steps);
    }

    /** The steps in which this can arise; empty where it says nothing about the step. */
    public Set<OperationKind> steps() {
        return steps;
    }

    /** Whether time ran out, in whichever step. */
    public boolean isTimeout() {
        return switch (this) {
            case TIMEOUT_DEADLINE,
                    CONNECT_TIMEOUT,
                    READ_TIMEOUT,
                    WRITE_TIMEOUT,
                    TLS_HANDSHAKE_TIMEOUT,
                    RESOLVE_TIMEOUT,
                    QUIC_TIMEOUT ->
                    true;
            default -> false;
        };
    }

    /** Whether the server's certificate is the trouble. */
    public boolean isCertificate() {
        return name().startsWith("CERTIFICATE_");
    }

    /** Whether the message is about resolving the name. */
    public boolean isResolve() {
        return steps.equals(Set.of(RESOLVE));
    }
}
