package io.netverdict.correlator.errortext;

import static io.netverdict.correlator.errortext.Wording.expressions;
import static io.netverdict.correlator.errortext.Wording.phrases;

import java.util.List;
import java.util.stream.Stream;

/** Ways of saying that a name was not resolved. */
final class NameWordings {

    static final List<Wording> ALL =
            Stream.of(
                            phrases(
                                    Complaint.NAME_NOT_FOUND,
                                    "no such host",
                                    "name or service not known",
                                    "nodename nor servname",
                                    "[errno -2]",
                                    "gaierror(-2",
                                    "eai_noname",
                                    "no such host is known",
                                    "nxdomain",
                                    "non-existent domain",
                                    "domain name not found",
                                    "name does not resolve",
                                    "host not found",
                                    "no record found for query",
                                    "[errno 11001]",
                                    "wsahost_not_found",
                                    "unknown host"),
                            phrases(
                                    Complaint.NAME_NO_ADDRESS,
                                    "no address associated with",
                                    "[errno -5]",
                                    "gaierror(-5",
                                    "enodata",
                                    "eai_nodata",
                                    "no suitable address",
                                    "address family for hostname not supported",
                                    "no data of the requested type",
                                    "[errno 11004]"),
                            phrases(
                                    Complaint.NAME_TEMPORARY_FAILURE,
                                    "temporary failure in name resolution",
                                    "temporary failure resolving",
                                    "eai_again",
                                    "[errno -3]",
                                    "gaierror(-3",
                                    "name resolution: try again",
                                    "[errno 11002]"),
                            expressions(Complaint.NAME_NOT_FOUND, "\\benotfound\\b"),
                            expressions(
                                    Complaint.NAME_TEMPORARY_FAILURE,
                                    "(?:getaddrinfo|lookup|resolv)[^\\n]{0,120}: try again",
                                    "resource temporarily unavailable \\([\\w.<>-]{1,253}:\\d{1,5}\\)",
                                    "lookup [^\\n]{1,300}: temporary failure"),
                            phrases(
                                    Complaint.NAME_SERVER_MISBEHAVING,
                                    "server misbehaving",
                                    "servfail",
                                    "erefused",
                                    "enotimp",
                                    "eformerr",
                                    "ebadresp",
                                    "dns server returned",
                                    "err_dns_malformed_response",
                                    "err_dns_server_failed",
                                    "formerr",
                                    "non-recoverable failure in name resolution",
                                    "[errno -4]",
                                    "invalid dns response",
                                    "cannot unmarshal dns message"),
                            phrases(
                                    Complaint.RESOLVE_TIMEOUT,
                                    "resolving timed out",
                                    "name lookup timed out",
                                    "err_dns_timed_out",
                                    "dns query timed out",
                                    "dnsnameresolvertimeoutexception",
                                    "dns resolution timed out",
                                    "dns timeout",
                                    "resolve timeout",
                                    "timeout awaiting 'lookup'",
                                    "dns lookup timed out",
                                    "name resolution timed out",
                                    "dns timed out",
                                    "resolve timed out"),
                            expressions(
                                    Complaint.RESOLVE_TIMEOUT,
                                    "lookup [^\\s:]{1,255}(?: on [^\\s]{1,80})?: [^\\n]{0,200}(?:i/o timeout|deadline exceeded)",
                                    "lookup [^\\s:]{1,255}: [^\\n]{0,200}(?:i/o timeout|deadline exceeded)",
                                    "query[a-z]{0,5} etimeout"),
                            phrases(
                                    Complaint.RESOLVE_FAILED,
                                    "could not resolve host",
                                    "couldn't resolve host",
                                    "could not resolve proxy",
                                    "couldn't resolve proxy",
                                    "unable to resolve host",
                                    "can't resolve host",
                                    "nameresolutionerror",
                                    "getaddrinfo failed",
                                    "php_network_getaddresses",
                                    "err_name_not_resolved",
                                    "err_name_resolution_failed",
                                    "unknownhostexception",
                                    "unresolvedaddressexception",
                                    "unresolved address",
                                    "bad address '",
                                    "dns error",
                                    "failed to lookup address",
                                    "could not be resolved",
                                    "gaierror",
                                    "dnserror",
                                    "remote name could not be resolved",
                                    "hostname lookup failed",
                                    "dns resolution failed",
                                    "dns_probe_",
                                    "no answer from dns"),
                            expressions(
                                    Complaint.RESOLVE_FAILED,
                                    "lookup [^\\n]{1,300}: read udp [^\\n]{1,120}: (?:connection refused|no route to host|network is unreachable)",
                                    "lookup [^\\n]{1,300}: dial (?:udp|tcp) ",
                                    "failed to resolve (?!(?:image|source|ref|reference|digest|tag|manifest)\\b)"))
                    .flatMap(List::stream)
                    .toList();

    private NameWordings() {}
}
