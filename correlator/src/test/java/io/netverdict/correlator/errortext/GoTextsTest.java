package io.netverdict.correlator.errortext;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Go print, and what it says. */
class GoTextsTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ⇒",
            quoteCharacter = '`',
            textBlock =
                    """
                    Get "https://a.example/x": dial tcp 203.0.113.7:443: i/o timeout ⇒ CONNECT_TIMEOUT ⇒ a.example:443 ⇒ CONNECT
                    Get "https://a.example/x": dial tcp [2001:db8::7]:443: connect: no route to host ⇒ NO_ROUTE ⇒ a.example:443 ⇒ CONNECT
                    Get "https://a.example": dial tcp: lookup a.example: no such host ⇒ NAME_NOT_FOUND ⇒ a.example:443 ⇒ RESOLVE
                    Get "https://a.example": dial tcp: lookup a.example on 127.0.0.53:53: server misbehaving ⇒ NAME_SERVER_MISBEHAVING ⇒ a.example:443 ⇒ RESOLVE
                    Get "https://a.example": dial tcp: lookup a.example on 10.0.0.2:53: read udp 10.0.0.9:4242->10.0.0.2:53: read: connection refused ⇒ RESOLVE_FAILED CONNECTION_REFUSED ⇒ a.example:443 ⇒ RESOLVE
                    Get "https://a.example": dial tcp: lookup a.example: i/o timeout ⇒ RESOLVE_TIMEOUT ⇒ a.example:443 ⇒ RESOLVE
                    Get "http://a.example:81/": dial tcp 10.0.0.9:81: connect: connection refused ⇒ CONNECTION_REFUSED ⇒ a.example:81 ⇒ CONNECT
                    Get "http://a.example/": dial tcp 10.0.0.9:80: connect: network is unreachable ⇒ NETWORK_UNREACHABLE ⇒ a.example:80 ⇒ CONNECT
                    Get "http://a.example/": dial tcp 10.0.0.9:80: connect: operation not permitted ⇒ PERMISSION_DENIED ⇒ a.example:80 ⇒ CONNECT
                    Get "http://a.example/": dial tcp 10.0.0.9:80: connect: permission denied ⇒ PERMISSION_DENIED ⇒ a.example:80 ⇒ CONNECT
                    Get "http://a.example/": dial tcp 10.0.0.9:80: connect: cannot assign requested address ⇒ ADDRESS_NOT_AVAILABLE ⇒ a.example:80 ⇒ CONNECT
                    Get "http://a.example/": dial tcp 10.0.0.9:80: socket: too many open files ⇒ TOO_MANY_FILES ⇒ a.example:80 ⇒ CONNECT
                    Get "http://a.example/": dial tcp 10.0.0.9:80: connect: connection timed out ⇒ CONNECT_TIMEOUT ⇒ a.example:80 ⇒ CONNECT
                    Post "https://a.example/u": write tcp 10.0.0.1:4000->10.0.0.9:443: write: broken pipe ⇒ BROKEN_PIPE ⇒ a.example:443 ⇒ TLS REQUEST
                    Post "https://a.example/u": write tcp 10.0.0.1:4000->10.0.0.9:443: write: connection timed out ⇒ WRITE_TIMEOUT ⇒ a.example:443 ⇒ TLS REQUEST
                    Post "https://a.example/u": read tcp 10.0.0.1:4000->10.0.0.9:443: read: connection timed out ⇒ READ_TIMEOUT ⇒ a.example:443 ⇒ *
                    Post "https://a.example/u": read tcp 10.0.0.1:4000->10.0.0.9:443: i/o timeout ⇒ READ_TIMEOUT ⇒ a.example:443 ⇒ *
                    Get "https://a.example/u": http: server closed idle connection ⇒ CONNECTION_CLOSED ⇒ a.example:443 ⇒ *
                    Get "https://a.example/u": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers) ⇒ TIMEOUT_DEADLINE ⇒ a.example:443 ⇒
                    Get "https://a.example/u": net/http: request canceled (Client.Timeout exceeded while awaiting headers) ⇒ TIMEOUT_DEADLINE ⇒ a.example:443 ⇒
                    Get "https://a.example/u": remote error: tls: handshake failure ⇒ TLS_ALERT ⇒ a.example:443 ⇒ TLS
                    Get "https://a.example/u": remote error: tls: unrecognized name ⇒ TLS_ALERT ⇒ a.example:443 ⇒ TLS
                    Get "https://a.example/u": remote error: tls: bad certificate ⇒ TLS_ALERT CLIENT_CERTIFICATE ⇒ a.example:443 ⇒ TLS
                    Get "https://a.example/u": remote error: tls: expired certificate ⇒ TLS_ALERT ⇒ a.example:443 ⇒ TLS
                    Get "https://a.example/u": tls: first record does not look like a TLS handshake ⇒ NOT_TLS ⇒ a.example:443 ⇒ TLS
                    Get "https://a.example/u": tls: failed to verify certificate: x509: certificate signed by unknown authority ⇒ CERTIFICATE_UNTRUSTED ⇒ a.example:443 ⇒ TLS
                    Get "https://a.example/u": tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-01-01T00:00:00+02:00 is before 2026-02-01T00:00:00Z ⇒ CERTIFICATE_NOT_YET_VALID ⇒ a.example:443 ⇒ TLS
                    Get "https://a.example/u": x509: certificate has expired or is not yet valid ⇒ CERTIFICATE_EXPIRED_OR_NOT_YET ⇒ a.example:443 ⇒ TLS
                    Get "https://10.0.0.9/": x509: cannot validate certificate for 10.0.0.9 because it doesn't contain any IP SANs ⇒ CERTIFICATE_NAME_MISMATCH ⇒ 10.0.0.9:443 ⇒ TLS
                    Get "https://a.example/": proxyconnect tcp: dial tcp 10.0.0.3:3128: connect: connection refused ⇒ CONNECTION_REFUSED PROXY_FAILED ⇒ a.example:443 ⇒ CONNECT
                    Get "https://a.example/": Proxy Authentication Required ⇒ PROXY_AUTH_REQUIRED ⇒ a.example:443 ⇒ PROXY
                    Get "https://a.example/": Forbidden ⇒ UNKNOWN ⇒ a.example:443 ⇒
                    Get "https://a.example/": Gateway Timeout ⇒ HTTP_STATUS ⇒ a.example:443 ⇒ RESPONSE
                    Get "https://a.example/": unexpected EOF ⇒ BODY_TRUNCATED ⇒ a.example:443 ⇒ RESPONSE
                    failed to copy: unexpected EOF ⇒ BODY_TRUNCATED BODY_READING ⇒ - ⇒ RESPONSE
                    Get "https://a.example/": http2: server sent GOAWAY and closed the connection; LastStreamID=1, ErrCode=NO_ERROR, debug="" ⇒ HTTP2_GOAWAY CONNECTION_CLOSED ⇒ a.example:443 ⇒ *
                    Get "https://a.example/": http2: client connection lost ⇒ HTTP2_CONNECTION_LOST ⇒ a.example:443 ⇒ *
                    Get "https://a.example/": stream error: stream ID 1; INTERNAL_ERROR; received from peer ⇒ HTTP2_STREAM_RESET ⇒ a.example:443 ⇒ *
                    Get "/next": stopped after 10 redirects ⇒ REDIRECT_LIMIT ⇒ - ⇒ RESPONSE
                    Get "http://a.example/": net/http: HTTP/1.x transport connection broken: malformed HTTP response "SSH-2.0" ⇒ MALFORMED_RESPONSE ⇒ a.example:80 ⇒ RESPONSE
                    json: cannot unmarshal string into Go value of type int ⇒ CONTENT_COMPLAINT ⇒ - ⇒
                    Get "https://a.example/": dial tcp 10.0.0.9:443: connectex: No connection could be made because the target machine actively refused it. ⇒ CONNECTION_REFUSED ⇒ a.example:443 ⇒ CONNECT
                    Get "https://a.example/": read tcp 10.0.0.1:1->10.0.0.9:443: wsarecv: An existing connection was forcibly closed by the remote host. ⇒ CONNECTION_RESET ⇒ a.example:443 ⇒ *
                    failed to pull image "r.example/app:1": rpc error: code = Unknown desc = failed to resolve reference: failed to do request: Head "https://r.example:5000/v2/app/manifests/1": dial tcp 192.0.2.9:5000: i/o timeout ⇒ CONNECT_TIMEOUT ⇒ r.example:5000 ⇒ CONNECT
                    Get "https://registry.example/v2/": Get "https://auth.example/token?scope=x": EOF ⇒ CONNECTION_CLOSED ⇒ auth.example:443 ⇒ *
                    timeout: no recent network activity ⇒ QUIC_TIMEOUT ⇒ - ⇒ CONNECT
                    """)
    void shouldUnderstand(String text, String complaints, String hostAndPort, String steps) {
        Expectation.check("go net/http 1.22", text, complaints, hostAndPort, steps);
    }
}
