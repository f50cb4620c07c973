package io.netverdict.correlator.errortext;

import static io.netverdict.correlator.errortext.Wording.errno;
import static io.netverdict.correlator.errortext.Wording.expressions;
import static io.netverdict.correlator.errortext.Wording.phrases;

import java.util.List;
import java.util.stream.Stream;

/** Ways of saying that no connection came about, or that none was to be had. */
final class ConnectWordings {

    static final List<Wording> ALL =
            Stream.of(
                            phrases(
                                    Complaint.CONNECTION_REFUSED,
                                    "connection refused",
                                    "econnrefused",
                                    "actively refused",
                                    "err_connection_refused",
                                    "connectionrefused",
                                    "connection was refused",
                                    "refused the connection",
                                    "refused by"),
                            errno(Complaint.CONNECTION_REFUSED, 111, 61, 10061),
                            phrases(
                                    Complaint.NO_ROUTE,
                                    "no route to host",
                                    "ehostunreach",
                                    "noroutetohost",
                                    "unreachable host",
                                    "host is unreachable",
                                    "err_address_unreachable",
                                    "host unreachable",
                                    "host is down",
                                    "ehostdown"),
                            errno(Complaint.NO_ROUTE, 113, 65, 10065),
                            phrases(
                                    Complaint.NETWORK_UNREACHABLE,
                                    "network is unreachable",
                                    "enetunreach",
                                    "unreachable network",
                                    "err_internet_disconnected",
                                    "network unreachable",
                                    "network is down",
                                    "enetdown",
                                    "networkunreachable"),
                            errno(Complaint.NETWORK_UNREACHABLE, 101, 51, 10051),
                            phrases(
                                    Complaint.PERMISSION_DENIED,
                                    "operation not permitted",
                                    "forbidden by its access permissions",
                                    "err_network_access_denied",
                                    "connect eacces",
                                    "connect eperm",
                                    "permission denied (connect failed)",
                                    "administratively"),
                            expressions(
                                    Complaint.PERMISSION_DENIED,
                                    "(?:connect|dial|sendto|socket|bind)(?:[^\\n]{0,200}[^\\n\\w])?(?:permission denied|eacces|eperm)(?!: ?['/])",
                                    "establish a new connection: \\[errno 1?3?\\] permission denied",
                                    "\\[errno 13\\] permission denied(?!: )"),
                            errno(Complaint.PERMISSION_DENIED, 10013, 10013, 10013),
                            phrases(
                                    Complaint.ADDRESS_NOT_AVAILABLE,
                                    "cannot assign requested address",
                                    "can't assign requested address",
                                    "eaddrnotavail",
                                    "address not available",
                                    "only one usage of each socket address",
                                    "eaddrinuse",
                                    "address already in use",
                                    "requested address is not valid in its context"),
                            errno(Complaint.ADDRESS_NOT_AVAILABLE, 99, 49, 10048),
                            phrases(
                                    Complaint.TOO_MANY_FILES,
                                    "too many open files",
                                    "emfile",
                                    "enfile",
                                    "err_insufficient_resources",
                                    "no file descriptors available",
                                    "[errno 24]",
                                    "os error 24)"),
                            phrases(
                                    Complaint.POOL_EXHAUSTED,
                                    "acquire operation took longer",
                                    "pool#acquire",
                                    "poolacquiretimeout",
                                    "poolacquirependinglimit",
                                    "pending acquire queue has reached",
                                    "waiting for connection from pool",
                                    "connectionpooltimeout",
                                    "connectionrequesttimeout",
                                    "connection request timeout",
                                    "deadlinetimeoutexception",
                                    "timeout deadline: ",
                                    "unable to acquire a connection",
                                    "pooltimeout",
                                    "connection pool exhausted",
                                    "connection pool is exhausted",
                                    "maximum pending connection acquisitions",
                                    "connection from the pool",
                                    "pool is full",
                                    "no free connections",
                                    "too many concurrent operations",
                                    "too many open connections",
                                    "no free connection"),
                            phrases(
                                    Complaint.CONNECT_FAILED,
                                    "failed to connect to",
                                    "couldn't connect to server",
                                    "could not connect to server",
                                    "finishconnect(..) failed",
                                    "failed to open tcp connection",
                                    "unable to connect to",
                                    "cannot connect to host",
                                    "failed to establish a new connection",
                                    "err_connection_failed",
                                    "tcp connect error",
                                    "could not connect to",
                                    "connect call failed",
                                    "unable to establish a connection",
                                    "connectexception",
                                    "can't connect to remote host",
                                    "newconnectionerror"),
                            expressions(
                                    Complaint.CONNECT_FAILED, "connect to [^\\n]{1,300} failed:"))
                    .flatMap(List::stream)
                    .toList();

    private ConnectWordings() {}
}
