package io.netverdict.correlator.verdict;

import io.netverdict.correlator.errortext.Complaint;
import io.netverdict.correlator.model.Cause;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How well a client's words go with a cause. The words are never the only evidence; they tell apart
 * what several candidates leave open.
 */
final class Plausibility {
    /** Goes with it. */
    static final double FITS = 1.0;

    /** The words say nothing either way. */
    static final double OPEN = 0.6;

    /** Some clients would say so of this cause, most would not. */
    static final double STRAINED = 0.35;

    /** The words and the cause exclude each other. */
    static final double CONTRADICTS = 0.0;

    private static final Set<Cause> TIMEOUT =
            EnumSet.of(
                    Cause.DNS_NO_RESPONSE,
                    Cause.DNS_SLOW,
                    Cause.DNS_TRUNCATED_NO_TCP,
                    // A socket that is not connected does not hear of ICMP errors.
                    Cause.DNS_UNREACHABLE,
                    Cause.TCP_SYN_NO_RESPONSE,
                    Cause.TCP_HANDSHAKE_INCOMPLETE,
                    Cause.LINK_NEIGHBOR_UNRESOLVED,
                    Cause.CLIENT_NOTHING_SENT,
                    Cause.TCP_RESET_BY_OWN_HOST,
                    Cause.TCP_PEER_VANISHED,
                    Cause.PATH_MTU_BLACKHOLE,
                    Cause.PATH_MTU_EXCEEDED,
                    Cause.PATH_FRAGMENTS_LOST,
                    Cause.PATH_PACKET_LOSS,
                    Cause.PATH_TTL_EXCEEDED,
                    Cause.TCP_ZERO_WINDOW,
                    Cause.CLIENT_ABORTED,
                    Cause.TLS_NO_RESPONSE,
                    Cause.TLS_HANDSHAKE_STALLED,
                    Cause.TLS_CLIENT_HELLO_DROPPED,
                    Cause.PROXY_NO_RESPONSE,
                    Cause.HTTP_NO_RESPONSE,
                    Cause.HTTP_RESPONSE_STALLED,
                    Cause.HTTP_TRANSFER_TOO_SLOW,
                    Cause.QUIC_NO_RESPONSE);

    private static final Set<Cause> RESOLVING =
            EnumSet.of(
                    Cause.DNS_NO_RESPONSE,
                    Cause.DNS_NXDOMAIN,
                    Cause.DNS_NO_ADDRESS,
                    Cause.DNS_SERVER_FAILURE,
                    Cause.DNS_REFUSED,
                    Cause.DNS_UNREACHABLE,
                    Cause.DNS_TRUNCATED_NO_TCP,
                    Cause.DNS_SLOW,
                    Cause.PATH_FRAGMENTS_LOST,
                    Cause.LINK_NEIGHBOR_UNRESOLVED,
                    Cause.CLIENT_NOTHING_SENT);

    /** After these answers a stub resolver asks the next server, and may wait for it in vain. */
    private static final Set<Cause> ASKED_ELSEWHERE =
            EnumSet.of(Cause.DNS_REFUSED, Cause.DNS_SERVER_FAILURE);

    private static final Set<Cause> CONNECTING =
            EnumSet.of(
                    Cause.TCP_SYN_NO_RESPONSE,
                    Cause.TCP_REFUSED,
                    Cause.TCP_UNREACHABLE,
                    Cause.TCP_ADMIN_PROHIBITED,
                    Cause.PATH_TTL_EXCEEDED,
                    Cause.LINK_NEIGHBOR_UNRESOLVED,
                    Cause.TCP_HANDSHAKE_INCOMPLETE,
                    Cause.CLIENT_ABORTED,
                    Cause.CLIENT_NOTHING_SENT,
                    Cause.TCP_RESET_BY_OWN_HOST);

    private static final Set<Cause> CLOSING =
            EnumSet.of(
                    Cause.TCP_RESET_BY_PEER,
                    Cause.TCP_RESET_BY_MIDDLEBOX,
                    Cause.TCP_RESET_BY_OWN_HOST,
                    Cause.TCP_STALE_CONNECTION,
                    Cause.TCP_PEER_VANISHED,
                    Cause.TLS_CLOSED_IN_HANDSHAKE,
                    Cause.HTTP_CLOSED_WITHOUT_RESPONSE,
                    Cause.HTTP_TRUNCATED_RESPONSE,
                    Cause.HTTP_MALFORMED_RESPONSE,
                    Cause.HTTP_ERROR_STATUS,
                    Cause.TLS_CLIENT_CERTIFICATE_REQUIRED,
                    Cause.TLS_CLIENT_CERTIFICATE_REJECTED,
                    Cause.TLS_ALERT,
                    Cause.TLS_NOT_TLS,
                    Cause.PROXY_NO_RESPONSE,
                    Cause.CLIENT_ABORTED);

    private static final Set<Cause> CERTIFICATE =
            EnumSet.of(
                    Cause.TLS_CERTIFICATE_EXPIRED,
                    Cause.TLS_CERTIFICATE_NOT_YET_VALID,
                    Cause.TLS_CERTIFICATE_NAME_MISMATCH,
                    Cause.TLS_CERTIFICATE_UNTRUSTED);

    private static final Set<Cause> STATUS =
            EnumSet.of(
                    Cause.HTTP_ERROR_STATUS,
                    Cause.PROXY_AUTH_REQUIRED,
                    Cause.PROXY_DENIED,
                    Cause.PROXY_UPSTREAM_FAILED,
                    Cause.TLS_NOT_TLS,
                    Cause.HTTP_CAPTIVE_PORTAL);

    private static final Map<Complaint, Set<Cause>> FITTING = new EnumMap<>(Complaint.class);

    static {
        for (Complaint complaint : Complaint.values()) {
            if (complaint.isTimeout()) {
                FITTING.put(complaint, TIMEOUT);
            } else if (complaint.isResolve()) {
                FITTING.put(complaint, RESOLVING);
            } else if (complaint.isCertificate()) {
                FITTING.put(complaint, CERTIFICATE);
            }
        }
        FITTING.put(Complaint.CONNECT_FAILED, CONNECTING);
        FITTING.put(
                Complaint.CONNECTION_REFUSED,
                EnumSet.of(Cause.TCP_REFUSED, Cause.TCP_UNREACHABLE, Cause.DNS_UNREACHABLE));
        Set<Cause> noRoute =
                EnumSet.of(
                        Cause.TCP_UNREACHABLE,
                        Cause.PATH_TTL_EXCEEDED,
                        Cause.LINK_NEIGHBOR_UNRESOLVED,
                        Cause.TCP_ADMIN_PROHIBITED,
                        Cause.DNS_UNREACHABLE,
                        Cause.CLIENT_NOTHING_SENT);
        FITTING.put(Complaint.NO_ROUTE, noRoute);
        FITTING.put(Complaint.NETWORK_UNREACHABLE, noRoute);
        FITTING.put(
                Complaint.PERMISSION_DENIED,
                EnumSet.of(
                        Cause.TCP_ADMIN_PROHIBITED,
                        Cause.CLIENT_NOTHING_SENT,
                        Cause.DNS_UNREACHABLE,
                        Cause.TCP_UNREACHABLE));
        Set<Cause> nothing = EnumSet.of(Cause.CLIENT_NOTHING_SENT);
        FITTING.put(Complaint.ADDRESS_NOT_AVAILABLE, nothing);
        FITTING.put(Complaint.TOO_MANY_FILES, nothing);
        FITTING.put(Complaint.POOL_EXHAUSTED, nothing);
        for (Complaint complaint :
                List.of(
                        Complaint.CONNECTION_RESET,
                        Complaint.BROKEN_PIPE,
                        Complaint.CONNECTION_CLOSED,
                        Complaint.HTTP2_GOAWAY,
                        Complaint.HTTP2_STREAM_RESET,
                        Complaint.HTTP2_CONNECTION_LOST)) {
            FITTING.put(complaint, CLOSING);
        }
        FITTING.put(
                Complaint.BODY_TRUNCATED,
                EnumSet.of(
                        Cause.HTTP_TRUNCATED_RESPONSE,
                        Cause.TCP_RESET_BY_PEER,
                        Cause.TCP_RESET_BY_MIDDLEBOX,
                        Cause.HTTP_MALFORMED_RESPONSE,
                        Cause.HTTP_CLOSED_WITHOUT_RESPONSE));
        FITTING.put(
                Complaint.TLS_CLOSED,
                EnumSet.of(
                        Cause.TLS_CLOSED_IN_HANDSHAKE,
                        Cause.TCP_RESET_BY_MIDDLEBOX,
                        Cause.TCP_RESET_BY_PEER,
                        Cause.TLS_NOT_TLS,
                        Cause.TLS_CLIENT_CERTIFICATE_REQUIRED));
        Set<Cause> tls = EnumSet.noneOf(Cause.class);
        for (Cause cause : Cause.values()) {
            if (cause.code().startsWith("tls.")) {
                tls.add(cause);
            }
        }
        Set<Cause> alerts = EnumSet.copyOf(tls);
        alerts.removeAll(
                EnumSet.of(
                        Cause.TLS_NO_RESPONSE,
                        Cause.TLS_HANDSHAKE_STALLED,
                        Cause.TLS_CLIENT_HELLO_DROPPED,
                        Cause.TLS_CLOSED_IN_HANDSHAKE));
        FITTING.put(Complaint.TLS_ALERT, alerts);
        FITTING.put(Complaint.TLS_VERSION_MISMATCH, alerts);
        FITTING.put(
                Complaint.CLIENT_CERTIFICATE,
                EnumSet.of(
                        Cause.TLS_CLIENT_CERTIFICATE_REQUIRED,
                        Cause.TLS_CLIENT_CERTIFICATE_REJECTED));
        FITTING.put(Complaint.NOT_TLS, EnumSet.of(Cause.TLS_NOT_TLS, Cause.HTTP_CAPTIVE_PORTAL));
        FITTING.put(Complaint.TLS_OTHER, tls);
        FITTING.put(Complaint.HTTP_STATUS, STATUS);
        FITTING.put(Complaint.PROXY_AUTH_REQUIRED, EnumSet.of(Cause.PROXY_AUTH_REQUIRED));
        FITTING.put(
                Complaint.PROXY_REFUSED_REQUEST,
                EnumSet.of(
                        Cause.PROXY_AUTH_REQUIRED,
                        Cause.PROXY_DENIED,
                        Cause.PROXY_UPSTREAM_FAILED));
        FITTING.put(
                Complaint.REDIRECT_LIMIT,
                EnumSet.of(Cause.HTTP_REDIRECT_LOOP, Cause.HTTP_CAPTIVE_PORTAL));
        FITTING.put(
                Complaint.MALFORMED_RESPONSE,
                EnumSet.of(
                        Cause.HTTP_MALFORMED_RESPONSE,
                        Cause.TLS_NOT_TLS,
                        Cause.HTTP_CLOSED_WITHOUT_RESPONSE,
                        Cause.TCP_STALE_CONNECTION));
        FITTING.put(Complaint.CANCELLED, EnumSet.of(Cause.CLIENT_ABORTED));
        FITTING.put(
                Complaint.CONTENT_COMPLAINT,
                EnumSet.of(
                        Cause.NETWORK_HEALTHY,
                        Cause.HTTP_CAPTIVE_PORTAL,
                        Cause.HTTP_TRUNCATED_RESPONSE,
                        Cause.HTTP_ERROR_STATUS));
        FITTING.put(
                Complaint.PROTOCOL_ERROR,
                EnumSet.of(
                        Cause.HTTP_MALFORMED_RESPONSE,
                        Cause.HTTP_TRUNCATED_RESPONSE,
                        Cause.TCP_RESET_BY_PEER,
                        Cause.HTTP_CLOSED_WITHOUT_RESPONSE));
    }

    private Plausibility() {}

    /** How well all the complaints together go with a cause. */
    static double of(Set<Complaint> complaints, Cause cause) {
        if (cause == Cause.CAPTURE_INSUFFICIENT) {
            return OPEN;
        }
        List<Double> views = new ArrayList<>();
        for (Complaint complaint : complaints) {
            Set<Cause> fitting = FITTING.get(complaint);
            if (fitting == null) {
                continue;
            }
            views.add(fitting.contains(cause) ? FITS : near(complaint, cause));
        }
        if (views.isEmpty()) {
            return cause == Cause.NETWORK_HEALTHY ? STRAINED : OPEN;
        }
        return views.stream().mapToDouble(Double::doubleValue).max().orElse(OPEN);
    }

    private static double near(Complaint complaint, Cause cause) {
        boolean connecting = complaint == Complaint.CONNECT_TIMEOUT;
        if (complaint.isTimeout() && ASKED_ELSEWHERE.contains(cause)) {
            return STRAINED;
        }
        if (complaint.isTimeout() && cause != Cause.NETWORK_HEALTHY && !connecting) {
            return cause == Cause.TCP_REFUSED ? CONTRADICTS : STRAINED / 2;
        }
        // A host may take an ICMP error for a soft one and try on (RFC 1122 4.2.3.9).
        boolean softError = cause == Cause.TCP_UNREACHABLE || cause == Cause.TCP_ADMIN_PROHIBITED;
        if (connecting && softError) {
            return STRAINED;
        }
        boolean vague =
                complaint == Complaint.CONNECT_FAILED || complaint == Complaint.CONNECT_TIMEOUT;
        if (vague && (RESOLVING.contains(cause) || cause.code().startsWith("tls."))) {
            // Some clients report whatever keeps them from connecting in these words.
            return OPEN;
        }
        boolean bodyCut =
                complaint == Complaint.BODY_TRUNCATED || complaint == Complaint.CONTENT_COMPLAINT;
        if (bodyCut && CLOSING.contains(cause)) {
            return STRAINED;
        }
        if (complaint == Complaint.CONNECTION_RESET && cause == Cause.TCP_REFUSED) {
            return STRAINED;
        }
        return CONTRADICTS;
    }
}
