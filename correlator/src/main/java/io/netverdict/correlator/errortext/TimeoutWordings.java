package io.netverdict.correlator.errortext;

import static io.netverdict.correlator.errortext.Wording.errno;
import static io.netverdict.correlator.errortext.Wording.expressions;
import static io.netverdict.correlator.errortext.Wording.phrases;

import java.util.List;
import java.util.stream.Stream;

/** Ways of saying that time ran out, the name's resolution apart. */
final class TimeoutWordings {

    static final List<Wording> ALL =
            Stream.of(
                            phrases(
                                    Complaint.CONNECT_TIMEOUT,
                                    "connect timed out",
                                    "connect timeout",
                                    "connecttimeout",
                                    "connection timeout",
                                    "connect etimedout",
                                    "err_connection_timed_out",
                                    "did not properly respond after a period of time",
                                    "timed out connecting",
                                    "timed out while connecting",
                                    "timed out trying to connect",
                                    "net::opentimeout",
                                    "opentimeout",
                                    "timeout awaiting 'connect'",
                                    "connection attempt timed out",
                                    "connect operation timed out",
                                    "connection could not be established within",
                                    "connectiontimeouterror",
                                    "connection timed out: ",
                                    "connection timed out after",
                                    "und_err_connect_timeout",
                                    "error trying to connect: operation timed out",
                                    "tcp connect error: deadline",
                                    "connect_timeout"),
                            expressions(
                                    Complaint.CONNECT_TIMEOUT,
                                    "dial (?:tcp|udp)[46]? (?!lookup)[^\\n]{0,120}: (?:i/o timeout|connect: operation timed out|connect: connection timed out)",
                                    "dial (?:tcp|udp)[46]?: i/o timeout",
                                    "connection timed out"
                                            + "(?<!(?:read: |write: |failure: |rror \\(|error: |timeouterror\\(110, ')connection timed out)"
                                            + "(?!'?\\)?\\) in headers| \\((?:read|write) failed)",
                                    "failed to connect to [^\\n]{1,300} after \\d{1,9} ?ms(?:$|: timeout|: connection timed out|: operation timed out)",
                                    "connection to [^\\s]{1,255} timed out",
                                    "etimedout(?<!(?:read |write |getaddrinfo )etimedout)(?! \\(read)",
                                    "failed to open tcp connection[^\\n]{0,200}(?:execution expired|timed out)",
                                    "tcp connect error: [^\\n]{0,60}timed out",
                                    "connect(?:ion)? error: [^\\n]{0,60}timed out"),
                            errno(Complaint.CONNECT_TIMEOUT, 110, 60, 10060),
                            phrases(
                                    Complaint.READ_TIMEOUT,
                                    "read timed out",
                                    "read timeout",
                                    "readtimeout",
                                    "timeout awaiting response headers",
                                    "headers timeout error",
                                    "headerstimeouterror",
                                    "body timeout error",
                                    "bodytimeouterror",
                                    "und_err_headers_timeout",
                                    "und_err_body_timeout",
                                    "esockettimedout",
                                    "timeout on reading data",
                                    "response timeout",
                                    "read operation timed out",
                                    "recv failure: operation timed out",
                                    "recv failure: connection timed out",
                                    "read: connection timed out",
                                    "read: operation timed out",
                                    "connection timed out (read failed)",
                                    "read error (connection timed out)",
                                    "read etimedout",
                                    "timeout awaiting 'response'",
                                    "timeout awaiting 'read'",
                                    "timeout while reading",
                                    "socket timeout",
                                    "sockettimeoutexception: timeout",
                                    "sockettimeouterror",
                                    "timeout waiting for response",
                                    "resourceaccess: read timed out",
                                    "timed out waiting for response",
                                    "reading from socket timed out"),
                            expressions(
                                    Complaint.READ_TIMEOUT,
                                    "(?<!: )read tcp [^\\n]{0,200}i/o timeout",
                                    ": read tcp [^\\n]{0,200}i/o timeout",
                                    "sockettimeoutexception: \\d{1,7} (?:milliseconds|ms)"),
                            phrases(
                                    Complaint.WRITE_TIMEOUT,
                                    "write timed out",
                                    "write timeout",
                                    "writetimeout",
                                    "write operation timed out",
                                    "write: connection timed out",
                                    "send failure: connection timed out",
                                    "write etimedout",
                                    "timeout awaiting 'send'",
                                    "'connection aborted.', timeouterror("),
                            expressions(
                                    Complaint.WRITE_TIMEOUT, "write tcp [^\\n]{0,200}i/o timeout"),
                            phrases(
                                    Complaint.TLS_HANDSHAKE_TIMEOUT,
                                    "tls handshake timeout",
                                    "handshake operation timed out",
                                    "ssl connection timeout",
                                    "handshake timed out",
                                    "ssltls connection timed out",
                                    "ssl/tls connection timed out",
                                    "timeout awaiting 'secureconnect'",
                                    "handshake timeout",
                                    "handshaketimeout",
                                    "timeout during ssl handshake",
                                    "handshake timed-out",
                                    "ssl connect timeout"),
                            phrases(
                                    Complaint.TIMEOUT_DEADLINE,
                                    "context deadline exceeded",
                                    "client.timeout exceeded",
                                    "client.timeout or context cancellation",
                                    "request timed out",
                                    "request timeout",
                                    "operation timed out after",
                                    "aborted due to timeout",
                                    "configured httpclient.timeout",
                                    "deadline has elapsed",
                                    "interruptedioexception: timeout",
                                    "api call timeout",
                                    "apicalltimeout",
                                    "apicallattempttimeout",
                                    "did not complete before the specified timeout",
                                    "within the specified timeout",
                                    "total timeout",
                                    "err_timed_out",
                                    "timeout awaiting 'request'",
                                    "timeout awaiting 'socket'",
                                    "call timeout",
                                    "did not observe any item or terminal signal",
                                    "download timed out",
                                    "operation has timed out",
                                    "operation timed out (os error",
                                    "deadline exceeded",
                                    "aborterror: timeout",
                                    "error.timeout",
                                    "execution did not complete"),
                            expressions(
                                    Complaint.TIMEOUT_DEADLINE,
                                    "timeout of \\d{1,9} ?ms exceeded",
                                    "error sending request[^\\n]{0,300}: operation timed out",
                                    "timeout at: <url>",
                                    "maximum time of \\d{1,9}"),
                            phrases(
                                    Complaint.QUIC_TIMEOUT,
                                    "no recent network activity",
                                    "err_quic_handshake_failed",
                                    "quic_network_idle_timeout",
                                    "quic_handshake_timeout"),
                            expressions(
                                    Complaint.QUIC_TIMEOUT,
                                    "(?:quic|http/3)[^\\n]{0,160}(?:timeout|timed out|in time|deadline)",
                                    "handshake did not complete in time"))
                    .flatMap(List::stream)
                    .toList();

    private TimeoutWordings() {}
}
