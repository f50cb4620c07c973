package io.netverdict.correlator.errortext;

import static io.netverdict.correlator.errortext.Wording.expressions;
import static io.netverdict.correlator.errortext.Wording.phrases;

import java.util.List;
import java.util.stream.Stream;

/** Loose ways of saying something, heard only where no table knows the text. */
final class FallbackWordings {

    static final List<Wording> ALL =
            Stream.of(
                            expressions(
                                    Complaint.TIMEOUT_DEADLINE,
                                    "(?<!gateway )time ?d? ?out",
                                    "(?<!gateway )timed? ?out",
                                    "deadline",
                                    "execution expired",
                                    "took too long"),
                            phrases(Complaint.HTTP_STATUS, "bad gateway", "gateway time"),
                            phrases(Complaint.CONNECTION_REFUSED, "refused"),
                            phrases(Complaint.NO_ROUTE, "unreachable"),
                            phrases(
                                    Complaint.CERTIFICATE_OTHER,
                                    "certificate",
                                    "x509",
                                    "err_cert_"),
                            expressions(
                                    Complaint.TLS_OTHER,
                                    "\\btls\\b",
                                    "ssl",
                                    "handshake",
                                    "schannel",
                                    "\\beproto\\b",
                                    "rustls"),
                            expressions(
                                    Complaint.RESOLVE_FAILED,
                                    "\\bdns\\b",
                                    "resolve (?:host|name|address)",
                                    "name resolution"),
                            phrases(
                                    Complaint.CONNECTION_CLOSED,
                                    "disconnected",
                                    "connection ended",
                                    "closed"),
                            phrases(Complaint.CANCELLED, "cancelled", "canceled", "aborted"),
                            phrases(Complaint.PROXY_FAILED, "proxy"),
                            phrases(
                                    Complaint.REQUEST_FAILED,
                                    "fetch failed",
                                    "failed to fetch",
                                    "networkerror",
                                    "network error",
                                    "load failed",
                                    "request failed",
                                    "error sending request",
                                    "an error occurred while sending the request",
                                    "i/o error"))
                    .flatMap(List::stream)
                    .toList();

    private FallbackWordings() {}
}
