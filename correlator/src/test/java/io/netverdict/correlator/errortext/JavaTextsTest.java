package io.netverdict.correlator.errortext;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What JDK clients print, and what it says. */
class JavaTextsTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ⇒",
            quoteCharacter = '`',
            textBlock =
                    """
                    java.net.http.HttpTimeoutException: request timed out ⇒ TIMEOUT_DEADLINE ⇒ - ⇒
                    java.net.http.HttpConnectTimeoutException: HTTP connect timed out ⇒ CONNECT_TIMEOUT ⇒ - ⇒ *
                    java.net.ConnectException: Connection refused (Connection refused) ⇒ CONNECTION_REFUSED ⇒ - ⇒ CONNECT
                    java.net.SocketTimeoutException: Read timed out ⇒ READ_TIMEOUT ⇒ - ⇒ *
                    java.net.SocketTimeoutException: connect timed out ⇒ CONNECT_TIMEOUT ⇒ - ⇒ CONNECT
                    java.net.NoRouteToHostException: No route to host (Host unreachable) ⇒ NO_ROUTE ⇒ - ⇒ CONNECT
                    java.net.SocketException: Network is unreachable (connect failed) ⇒ NETWORK_UNREACHABLE ⇒ - ⇒ CONNECT
                    java.net.SocketException: Connection timed out (Read failed) ⇒ READ_TIMEOUT ⇒ - ⇒ *
                    java.net.SocketException: Broken pipe (Write failed) ⇒ BROKEN_PIPE ⇒ - ⇒ *
                    java.net.SocketException: Connection reset ⇒ CONNECTION_RESET ⇒ - ⇒ *
                    java.net.UnknownHostException: a.example: Name or service not known ⇒ NAME_NOT_FOUND ⇒ a.example ⇒ RESOLVE
                    java.net.UnknownHostException: a.example: Temporary failure in name resolution ⇒ NAME_TEMPORARY_FAILURE ⇒ a.example ⇒ RESOLVE
                    java.net.UnknownHostException: a.example ⇒ RESOLVE_FAILED ⇒ a.example ⇒ RESOLVE
                    java.net.UnknownHostException: Unable to resolve host "a.example": No address associated with hostname ⇒ NAME_NO_ADDRESS ⇒ a.example ⇒ RESOLVE
                    java.net.ConnectException⏎Caused by: java.nio.channels.UnresolvedAddressException ⇒ RESOLVE_FAILED ⇒ - ⇒ RESOLVE
                    java.io.IOException: HTTP/1.1 header parser received no bytes⏎Caused by: java.io.EOFException: EOF reached while reading ⇒ CONNECTION_CLOSED ⇒ - ⇒ *
                    java.io.IOException: fixed content-length: 400000, bytes received: 1234 ⇒ BODY_TRUNCATED ⇒ - ⇒ RESPONSE
                    java.io.IOException: chunked transfer encoding, state: READING_LENGTH⏎Caused by: java.io.EOFException: EOF reached while reading ⇒ CONNECTION_CLOSED ⇒ - ⇒ *
                    java.io.IOException: Premature EOF ⇒ BODY_TRUNCATED ⇒ - ⇒ RESPONSE
                    java.net.SocketException: Unexpected end of file from server ⇒ CONNECTION_CLOSED ⇒ - ⇒ *
                    java.io.IOException: Server returned HTTP response code: 503 for URL: http://a.example/x ⇒ HTTP_STATUS ⇒ a.example:80 ⇒ RESPONSE
                    java.io.IOException: Unable to tunnel through proxy. Proxy returns "HTTP/1.1 407 Proxy Authentication Required" ⇒ PROXY_AUTH_REQUIRED PROXY_REFUSED_REQUEST ⇒ - ⇒ PROXY
                    javax.net.ssl.SSLHandshakeException: Remote host terminated the handshake⏎Caused by: java.io.EOFException: SSL peer shut down incorrectly ⇒ TLS_CLOSED ⇒ - ⇒ TLS
                    javax.net.ssl.SSLHandshakeException: Remote host closed connection during handshake ⇒ TLS_CLOSED ⇒ - ⇒ TLS
                    javax.net.ssl.SSLHandshakeException: Received fatal alert: handshake_failure ⇒ TLS_ALERT ⇒ - ⇒ TLS
                    javax.net.ssl.SSLHandshakeException: (certificate_unknown) PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target ⇒ CERTIFICATE_UNTRUSTED ⇒ - ⇒ TLS
                    javax.net.ssl.SSLHandshakeException: PKIX path validation failed: java.security.cert.CertPathValidatorException: validity check failed⏎Caused by: java.security.cert.CertificateExpiredException: NotAfter: Fri Nov 20 12:12:57 UTC 2026 ⇒ CERTIFICATE_EXPIRED ⇒ - ⇒ TLS
                    javax.net.ssl.SSLHandshakeException: No name matching a.example found ⇒ CERTIFICATE_NAME_MISMATCH ⇒ a.example ⇒ TLS
                    javax.net.ssl.SSLException: Unsupported or unrecognized SSL message ⇒ NOT_TLS ⇒ - ⇒ TLS
                    javax.net.ssl.SSLHandshakeException: No appropriate protocol (protocol is disabled or cipher suites are inappropriate) ⇒ TLS_VERSION_MISMATCH ⇒ - ⇒ TLS
                    java.util.concurrent.CancellationException ⇒ CANCELLED ⇒ - ⇒
                    org.springframework.web.client.ResourceAccessException: I/O error on GET request for "http://a.example:8080/v1": Connection refused; nested exception is java.net.ConnectException: Connection refused ⇒ CONNECTION_REFUSED ⇒ a.example:8080 ⇒ CONNECT
                    org.springframework.web.client.HttpServerErrorException$ServiceUnavailable: 503 Service Unavailable: [no body] ⇒ HTTP_STATUS ⇒ - ⇒ RESPONSE
                    org.springframework.web.reactive.function.client.WebClientResponseException$BadGateway: 502 Bad Gateway from GET http://a.example/x ⇒ HTTP_STATUS ⇒ a.example:80 ⇒ RESPONSE
                    feign.FeignException$NotFound: [404 Not Found] during [GET] to [http://a.example/x] [Client#get()]: [] ⇒ HTTP_STATUS ⇒ a.example:80 ⇒ RESPONSE
                    java.io.IOException: GOAWAY received ⇒ HTTP2_GOAWAY ⇒ - ⇒ *
                    java.net.BindException: Cannot assign requested address (connect failed) ⇒ ADDRESS_NOT_AVAILABLE ⇒ - ⇒ CONNECT
                    java.io.IOException: Invalid Http response ⇒ MALFORMED_RESPONSE ⇒ - ⇒ RESPONSE
                    """)
    void shouldUnderstand(String text, String complaints, String hostAndPort, String steps) {
        Expectation.check("java", text, complaints, hostAndPort, steps);
    }
}
