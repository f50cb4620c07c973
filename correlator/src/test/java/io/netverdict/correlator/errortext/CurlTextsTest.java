package io.netverdict.correlator.errortext;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What curl and libcurl print, and what it says. */
class CurlTextsTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ⇒",
            quoteCharacter = '`',
            textBlock =
                    """
                    curl: (5) Could not resolve proxy: proxy.corp.example ⇒ RESOLVE_FAILED PROXY_FAILED ⇒ proxy.corp.example ⇒ RESOLVE
                    curl: (6) Could not resolve host: a.example; Unknown error ⇒ RESOLVE_FAILED ⇒ a.example ⇒ RESOLVE
                    curl: (7) Failed to connect to a.example port 443: Connection refused ⇒ CONNECTION_REFUSED ⇒ a.example:443 ⇒ CONNECT
                    curl: (7) Failed to connect to 2001:db8::7 port 443: No route to host ⇒ NO_ROUTE ⇒ 2001:db8::7:443 ⇒ CONNECT
                    curl: (7) Failed to connect to a.example port 443 via proxy.corp.example after 0 ms: Could not connect to server ⇒ CONNECT_FAILED ⇒ a.example:443 ⇒ CONNECT
                    curl: (7) Couldn't connect to server ⇒ CONNECT_FAILED ⇒ - ⇒ CONNECT
                    curl: (16) Error in the HTTP2 framing layer ⇒ PROTOCOL_ERROR ⇒ - ⇒
                    curl: (18) end of response with 1234 bytes missing ⇒ BODY_TRUNCATED ⇒ - ⇒ RESPONSE
                    curl: (18) transfer closed with outstanding read data remaining ⇒ BODY_TRUNCATED ⇒ - ⇒ RESPONSE
                    curl: (22) The requested URL returned error: 404 Not Found ⇒ HTTP_STATUS ⇒ - ⇒ RESPONSE
                    curl: (28) SSL connection timeout ⇒ TLS_HANDSHAKE_TIMEOUT ⇒ - ⇒ TLS
                    curl: (28) Connection timeout after 5001 ms ⇒ CONNECT_TIMEOUT ⇒ - ⇒ *
                    curl: (28) Operation timed out after 5001 milliseconds with 0 out of 0 bytes received ⇒ TIMEOUT_DEADLINE ⇒ - ⇒
                    curl: (28) Operation too slow. Less than 1000 bytes/sec transferred the last 5 seconds ⇒ TIMEOUT_DEADLINE ⇒ - ⇒
                    curl: (28) Failed to connect to a.example port 443 after 130000 ms: Connection timed out ⇒ CONNECT_TIMEOUT ⇒ a.example:443 ⇒ CONNECT
                    curl: (35) OpenSSL SSL_connect: Connection reset by peer in connection to a.example:443 ⇒ CONNECTION_RESET ⇒ a.example:443 ⇒ TLS
                    curl: (35) TLS connect error: error:00000000:lib(0)::reason(0) ⇒ TLS_OTHER ⇒ - ⇒ TLS
                    curl: (35) error:1408F10B:SSL routines:ssl3_get_record:wrong version number ⇒ NOT_TLS ⇒ - ⇒ TLS
                    curl: (35) error:14094410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure ⇒ TLS_ALERT ⇒ - ⇒ TLS
                    curl: (35) error:0A00042E:SSL routines::tlsv1 alert protocol version ⇒ TLS_ALERT ⇒ - ⇒ TLS
                    curl: (35) gnutls_handshake() failed: The TLS connection was non-properly terminated. ⇒ TLS_CLOSED ⇒ - ⇒ TLS
                    curl: (35) gnutls_handshake() failed: A TLS fatal alert has been received. ⇒ TLS_ALERT ⇒ - ⇒ TLS
                    curl: (35) gnutls_handshake() failed: An unexpected TLS packet was received. ⇒ NOT_TLS ⇒ - ⇒ TLS
                    curl: (35) schannel: failed to receive handshake, SSL/TLS connection failed ⇒ TLS_CLOSED ⇒ - ⇒ TLS
                    curl: (35) schannel: next InitializeSecurityContext failed: SEC_E_ILLEGAL_MESSAGE (0x80090326) - This error usually occurs when a fatal SSL/TLS alert is received (e.g. handshake failed). ⇒ TLS_ALERT ⇒ - ⇒ TLS
                    curl: (35) ssl_handshake returned: (-0x7780) SSL - A fatal alert message was received from our peer ⇒ TLS_ALERT ⇒ - ⇒ TLS
                    curl: (35) TLS connect error: error:0A000126:SSL routines::unexpected eof while reading ⇒ TLS_CLOSED ⇒ - ⇒ TLS
                    curl: (47) Maximum (50) redirects followed ⇒ REDIRECT_LIMIT ⇒ - ⇒ RESPONSE
                    curl: (52) Empty reply from server ⇒ CONNECTION_CLOSED ⇒ - ⇒ *
                    curl: (55) Send failure: Broken pipe ⇒ BROKEN_PIPE ⇒ - ⇒ *
                    curl: (55) getpeername() failed with errno 107: Transport endpoint is not connected ⇒ CONNECTION_CLOSED ⇒ - ⇒ *
                    curl: (56) Received HTTP code 407 from proxy after CONNECT ⇒ PROXY_AUTH_REQUIRED PROXY_REFUSED_REQUEST ⇒ - ⇒ PROXY
                    curl: (56) Proxy CONNECT aborted ⇒ PROXY_REFUSED_REQUEST ⇒ - ⇒ PROXY
                    curl: (56) OpenSSL SSL_read: OpenSSL/3.0.13: error:0A000126:SSL routines::unexpected eof while reading, errno 0 ⇒ CONNECTION_CLOSED ⇒ - ⇒ *
                    curl: (56) OpenSSL SSL_read: SSL_ERROR_SYSCALL, errno 104 ⇒ CONNECTION_RESET ⇒ - ⇒ *
                    curl: (56) OpenSSL SSL_read: OpenSSL/3.0.13: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0 ⇒ TLS_ALERT CLIENT_CERTIFICATE ⇒ - ⇒ *
                    curl: (60) SSL: no alternative certificate subject name matches target host name 'a.example' ⇒ CERTIFICATE_NAME_MISMATCH ⇒ a.example ⇒ TLS
                    curl: (60) SSL certificate problem: unable to get local issuer certificate⏎More details here: https://curl.se/docs/sslcerts.html ⇒ CERTIFICATE_UNTRUSTED ⇒ - ⇒ TLS
                    curl: (60) server certificate verification failed. CAfile: none CRLfile: none ⇒ CERTIFICATE_OTHER ⇒ - ⇒ TLS
                    curl: (60) schannel: SEC_E_UNTRUSTED_ROOT (0x80090325) - The certificate chain was issued by an authority that is not trusted. ⇒ CERTIFICATE_UNTRUSTED ⇒ - ⇒ TLS
                    curl: (92) HTTP/2 stream 1 was not closed cleanly: INTERNAL_ERROR (err 2) ⇒ HTTP2_STREAM_RESET ⇒ - ⇒ *
                    curl: (1) Received HTTP/0.9 when not allowed ⇒ MALFORMED_RESPONSE ⇒ - ⇒ RESPONSE
                    curl: (8) Weird server reply ⇒ MALFORMED_RESPONSE ⇒ - ⇒ RESPONSE
                    curl: (97) Can't complete SOCKS5 connection to a.example. (1) ⇒ PROXY_FAILED ⇒ - ⇒ *
                    cURL error 28: Connection timed out after 10001 milliseconds (see https://curl.haxx.se/libcurl/c/libcurl-errors.html) for https://a.example/v1 ⇒ CONNECT_TIMEOUT ⇒ a.example:443 ⇒ *
                    cURL error 60: SSL certificate problem: certificate has expired (see https://curl.haxx.se/libcurl/c/libcurl-errors.html) for https://a.example ⇒ CERTIFICATE_EXPIRED ⇒ a.example:443 ⇒ TLS
                    """)
    void shouldUnderstand(String text, String complaints, String hostAndPort, String steps) {
        Expectation.check("curl 8.5.0", text, complaints, hostAndPort, steps);
    }
}
