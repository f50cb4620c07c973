package io.netverdict.correlator.errortext;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What OkHttp print, and what it says. */
class OkHttpTextsTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ⇒",
            quoteCharacter = '`',
            textBlock =
                    """
                    java.net.SocketTimeoutException: failed to connect to a.example/192.0.2.7 (port 443) from /10.0.0.5 (port 40112) after 10000ms ⇒ CONNECT_TIMEOUT ⇒ a.example:443 ⇒ CONNECT
                    java.net.ConnectException: Failed to connect to a.example/192.0.2.7:8443 ⇒ CONNECT_FAILED ⇒ a.example:8443 ⇒ CONNECT
                    java.net.SocketTimeoutException: timeout ⇒ READ_TIMEOUT ⇒ - ⇒ *
                    java.io.InterruptedIOException: timeout ⇒ TIMEOUT_DEADLINE ⇒ - ⇒
                    java.io.IOException: unexpected end of stream on https://a.example/... ⇒ CONNECTION_CLOSED ⇒ a.example:443 ⇒ *
                    java.net.ProtocolException: unexpected end of stream ⇒ BODY_TRUNCATED ⇒ - ⇒ RESPONSE
                    okhttp3.internal.http2.StreamResetException: stream was reset: CANCEL ⇒ HTTP2_STREAM_RESET ⇒ - ⇒ *
                    okhttp3.internal.http2.ConnectionShutdownException ⇒ HTTP2_CONNECTION_LOST ⇒ - ⇒ *
                    javax.net.ssl.SSLPeerUnverifiedException: Hostname a.example not verified:⏎    certificate: sha256/abc=⏎    DN: CN=b.example⏎    subjectAltNames: [b.example, www.b.example] ⇒ CERTIFICATE_NAME_MISMATCH ⇒ a.example ⇒ TLS
                    java.net.ProtocolException: Too many follow-up requests: 21 ⇒ REDIRECT_LIMIT ⇒ - ⇒ RESPONSE
                    java.io.IOException: Canceled ⇒ CANCELLED ⇒ - ⇒
                    java.io.IOException: Failed to authenticate with proxy. Proxy Authentication Required ⇒ PROXY_AUTH_REQUIRED ⇒ - ⇒ PROXY
                    java.io.IOException: Unexpected code Response{protocol=http/1.1, code=503, message=Service Unavailable, url=http://a.example/x} ⇒ HTTP_STATUS ⇒ a.example:80 ⇒ RESPONSE
                    javax.net.ssl.SSLHandshakeException: java.security.cert.CertPathValidatorException: Trust anchor for certification path not found. ⇒ CERTIFICATE_UNTRUSTED ⇒ - ⇒ TLS
                    java.io.IOException: Unexpected response code for CONNECT: 503 ⇒ PROXY_REFUSED_REQUEST ⇒ - ⇒ PROXY
                    """)
    void shouldUnderstand(String text, String complaints, String hostAndPort, String steps) {
        Expectation.check("okhttp 4.12", text, complaints, hostAndPort, steps);
    }
}
