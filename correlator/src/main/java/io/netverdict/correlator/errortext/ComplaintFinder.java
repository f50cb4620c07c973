package io.netverdict.correlator.errortext;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Asks all tables, then takes out what a more specific complaint says better. */
final class ComplaintFinder {

    /** All tables: a new one is registered here. */
    private static final List<Wording> TABLES =
            Stream.of(
                            NameWordings.ALL,
                            ConnectWordings.ALL,
                            TimeoutWordings.ALL,
                            CloseWordings.ALL,
                            TlsWordings.ALL,
                            CertificateWordings.ALL,
                            HttpWordings.ALL,
                            ContentWordings.ALL)
                    .flatMap(List::stream)
                    .toList();

    private static final Set<Complaint> SPECIFIC_RESOLVE =
            EnumSet.of(
                    Complaint.RESOLVE_TIMEOUT,
                    Complaint.NAME_NOT_FOUND,
                    Complaint.NAME_NO_ADDRESS,
                    Complaint.NAME_TEMPORARY_FAILURE,
                    Complaint.NAME_SERVER_MISBEHAVING);

    /** What may stand beside a complaint about content without contradicting it. */
    private static final Set<Complaint> COMPATIBLE_WITH_CONTENT =
            EnumSet.of(
                    Complaint.CONTENT_COMPLAINT,
                    Complaint.BODY_READING,
                    Complaint.BODY_TRUNCATED,
                    Complaint.HTTP_STATUS);

    /** Says something went wrong and is dropped beside any complaint that says what. */
    private static final Set<Complaint> UNSPECIFIC =
            EnumSet.of(Complaint.REQUEST_FAILED, Complaint.TLS_OTHER, Complaint.CONNECT_FAILED);

    private static final Map<Complaint, Set<Complaint>> SAID_BETTER_BY =
            new EnumMap<>(
                    Map.of(
                            Complaint.RESOLVE_FAILED,
                            SPECIFIC_RESOLVE,
                            Complaint.CERTIFICATE_OTHER,
                            EnumSet.of(
                                    Complaint.CERTIFICATE_EXPIRED,
                                    Complaint.CERTIFICATE_NOT_YET_VALID,
                                    Complaint.CERTIFICATE_EXPIRED_OR_NOT_YET,
                                    Complaint.CERTIFICATE_NAME_MISMATCH,
                                    Complaint.CERTIFICATE_UNTRUSTED),
                            Complaint.CERTIFICATE_EXPIRED_OR_NOT_YET,
                            EnumSet.of(
                                    Complaint.CERTIFICATE_EXPIRED,
                                    Complaint.CERTIFICATE_NOT_YET_VALID),
                            Complaint.CONNECTION_CLOSED,
                            EnumSet.of(
                                    Complaint.BODY_TRUNCATED,
                                    Complaint.TLS_CLOSED,
                                    Complaint.MALFORMED_RESPONSE),
                            Complaint.PROXY_FAILED,
                            EnumSet.of(
                                    Complaint.PROXY_REFUSED_REQUEST, Complaint.PROXY_AUTH_REQUIRED),
                            Complaint.CONNECT_TIMEOUT,
                            EnumSet.of(Complaint.RESOLVE_TIMEOUT, Complaint.TLS_HANDSHAKE_TIMEOUT),
                            Complaint.CANCELLED,
                            EnumSet.of(Complaint.TIMEOUT_DEADLINE),
                            Complaint.PROTOCOL_ERROR,
                            EnumSet.of(
                                    Complaint.QUIC_TIMEOUT,
                                    Complaint.BODY_TRUNCATED,
                                    Complaint.REDIRECT_LIMIT,
                                    Complaint.HTTP2_GOAWAY,
                                    Complaint.HTTP2_STREAM_RESET,
                                    Complaint.CONNECTION_RESET)));

    private static final int BAD_REQUEST = 400;
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    private ComplaintFinder() {}

    /** At least one complaint. */
    static Set<Complaint> find(ErrorText masked, List<Integer> statuses, OptionalInt curlExit) {
        EnumSet<Complaint> found = heardIn(masked, TABLES);
        if (TlsAlertFinder.isToldIn(masked)) {
            found.add(Complaint.TLS_ALERT);
            // An alert's name is what the peer says, of our certificate or version as a rule.
            found.removeIf(Complaint::isCertificate);
        }
        addStatuses(found, statuses);
        curlExit.ifPresent(number -> addCurlExit(found, number));
        if (found.isEmpty()) {
            found.addAll(heardIn(masked, FallbackWordings.ALL));
        }
        dropUnspecific(found);
        if (found.isEmpty()) {
            found.add(Complaint.UNKNOWN);
        }
        return found;
    }

    private static EnumSet<Complaint> heardIn(ErrorText masked, List<Wording> table) {
        EnumSet<Complaint> heard = EnumSet.noneOf(Complaint.class);
        for (Wording wording : table) {
            if (!heard.containsAll(wording.complaints()) && wording.isIn(masked)) {
                heard.addAll(wording.complaints());
            }
        }
        return heard;
    }

    private static void addStatuses(EnumSet<Complaint> found, List<Integer> statuses) {
        if (statuses.contains(PROXY_AUTHENTICATION_REQUIRED)) {
            found.add(Complaint.PROXY_AUTH_REQUIRED);
        }
        boolean ofTunnel = found.contains(Complaint.PROXY_REFUSED_REQUEST);
        if (!ofTunnel && statuses.stream().anyMatch(s -> s >= BAD_REQUEST)) {
            found.add(Complaint.HTTP_STATUS);
        }
    }

    private static void addCurlExit(EnumSet<Complaint> found, int number) {
        Complaint meaning = CurlExit.meaning(number);
        if (number == CurlExit.OPERATION_TIMED_OUT) {
            if (found.stream().noneMatch(Complaint::isTimeout)
                    || found.equals(
                            EnumSet.of(Complaint.CONNECT_FAILED, Complaint.TIMEOUT_DEADLINE))) {
                boolean connecting = found.remove(Complaint.CONNECT_FAILED);
                found.remove(Complaint.TIMEOUT_DEADLINE);
                found.add(connecting ? Complaint.CONNECT_TIMEOUT : meaning);
            }
        } else if (found.isEmpty() || meaning != Complaint.CONNECTION_CLOSED) {
            found.add(meaning);
        }
    }

    private static void dropUnspecific(EnumSet<Complaint> found) {
        EnumSet<Complaint> said = EnumSet.copyOf(found);
        SAID_BETTER_BY.forEach(
                (vague, better) -> {
                    if (better.stream().anyMatch(said::contains)) {
                        found.remove(vague);
                    }
                });
        if (found.stream().anyMatch(c -> !UNSPECIFIC.contains(c) && c != Complaint.PROXY_FAILED)) {
            found.removeAll(UNSPECIFIC);
        } else if (found.size() > 1) {
            found.remove(Complaint.REQUEST_FAILED);
        }
        if (!COMPATIBLE_WITH_CONTENT.containsAll(found)) {
            found.remove(Complaint.CONTENT_COMPLAINT);
        }
    }
}
