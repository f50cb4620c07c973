package io.netverdict.correlator.errortext;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Python print, and what it says. */
class PythonTextsTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ⇒",
            quoteCharacter = '`',
            textBlock =
                    """
                    HTTPSConnectionPool(host='a.example', port=443): Max retries exceeded with url: /v1?x=1 (Caused by NameResolutionError("<urllib3.connection.HTTPSConnection object at 0x7f>: Failed to resolve 'a.example' ([Errno -2] Name or service not known)")) ⇒ NAME_NOT_FOUND ⇒ a.example:443 ⇒ RESOLVE
                    HTTPSConnectionPool(host='a.example', port=443): Max retries exceeded with url: / (Caused by ConnectTimeoutError(<urllib3.connection.HTTPSConnection object at 0x7f>, 'Connection to a.example timed out. (connect timeout=5)')) ⇒ CONNECT_TIMEOUT ⇒ a.example:443 ⇒ CONNECT
                    HTTPSConnectionPool(host='a.example', port=443): Read timed out. (read timeout=5) ⇒ READ_TIMEOUT ⇒ a.example:443 ⇒ *
                    HTTPSConnectionPool(host='a.example', port=443): Max retries exceeded with url: / (Caused by SSLError(SSLEOFError(8, '[SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred in violation of protocol (_ssl.c:1006)'))) ⇒ TLS_CLOSED ⇒ a.example:443 ⇒ TLS
                    HTTPSConnectionPool(host='a.example', port=443): Max retries exceeded with url: / (Caused by SSLError(SSLError(1, '[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)'))) ⇒ NOT_TLS ⇒ a.example:443 ⇒ TLS
                    HTTPSConnectionPool(host='a.example', port=443): Max retries exceeded with url: / (Caused by SSLError(SSLError(1, '[SSL: SSLV3_ALERT_HANDSHAKE_FAILURE] sslv3 alert handshake failure (_ssl.c:1006)'))) ⇒ TLS_ALERT ⇒ a.example:443 ⇒ TLS
                    HTTPSConnectionPool(host='a.example', port=443): Max retries exceeded with url: / (Caused by SSLError(SSLError(1, '[SSL: TLSV1_UNRECOGNIZED_NAME] tlsv1 unrecognized name (_ssl.c:1006)'))) ⇒ TLS_ALERT ⇒ a.example:443 ⇒ TLS
                    HTTPSConnectionPool(host='a.example', port=443): Max retries exceeded with url: / (Caused by SSLError(SSLCertVerificationError(1, "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: Hostname mismatch, certificate is not valid for 'a.example'. (_ssl.c:1006)"))) ⇒ CERTIFICATE_NAME_MISMATCH ⇒ a.example:443 ⇒ TLS
                    HTTPSConnectionPool(host='a.example', port=443): Max retries exceeded with url: / (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate (_ssl.c:1006)'))) ⇒ CERTIFICATE_UNTRUSTED ⇒ a.example:443 ⇒ TLS
                    HTTPSConnectionPool(host='a.example', port=443): Max retries exceeded with url: / (Caused by ProxyError('Unable to connect to proxy', NewConnectionError('<urllib3.connection.HTTPSConnection object at 0x7f>: Failed to establish a new connection: [Errno 111] Connection refused'))) ⇒ CONNECTION_REFUSED PROXY_FAILED ⇒ a.example:443 ⇒ CONNECT
                    HTTPSConnectionPool(host='a.example', port=443): Max retries exceeded with url: / (Caused by ProxyError('Unable to connect to proxy', OSError('Tunnel connection failed: 407 Proxy Authentication Required'))) ⇒ PROXY_AUTH_REQUIRED PROXY_REFUSED_REQUEST ⇒ a.example:443 ⇒ PROXY
                    HTTPConnectionPool(host='a.example', port=80): Max retries exceeded with url: / (Caused by ResponseError('too many 503 error responses')) ⇒ HTTP_STATUS ⇒ a.example:80 ⇒ RESPONSE
                    ('Connection broken: IncompleteRead(1000 bytes read, 3000 more expected)', IncompleteRead(1000 bytes read, 3000 more expected)) ⇒ BODY_TRUNCATED ⇒ - ⇒ RESPONSE
                    ("Connection broken: ConnectionResetError(104, 'Connection reset by peer')", ConnectionResetError(104, 'Connection reset by peer')) ⇒ CONNECTION_RESET ⇒ - ⇒ *
                    Response ended prematurely ⇒ CONNECTION_CLOSED ⇒ - ⇒ *
                    404 Client Error: Not Found for url: https://a.example/x ⇒ HTTP_STATUS ⇒ a.example:443 ⇒ RESPONSE
                    Exceeded 30 redirects. ⇒ REDIRECT_LIMIT ⇒ - ⇒ RESPONSE
                    <urlopen error [Errno 111] Connection refused> ⇒ CONNECTION_REFUSED ⇒ - ⇒ CONNECT
                    <urlopen error [Errno -3] Temporary failure in name resolution> ⇒ NAME_TEMPORARY_FAILURE ⇒ - ⇒ RESOLVE
                    <urlopen error _ssl.c:1112: The handshake operation timed out> ⇒ TLS_HANDSHAKE_TIMEOUT ⇒ - ⇒ TLS
                    <urlopen error [Errno 99] Cannot assign requested address> ⇒ ADDRESS_NOT_AVAILABLE ⇒ - ⇒ CONNECT
                    <urlopen error timed out> ⇒ TIMEOUT_DEADLINE ⇒ - ⇒
                    urllib.error.HTTPError: HTTP Error 503: Service Unavailable ⇒ HTTP_STATUS ⇒ - ⇒ RESPONSE
                    http.client.BadStatusLine: SSH-2.0-OpenSSH_9.2 ⇒ MALFORMED_RESPONSE ⇒ - ⇒ RESPONSE
                    Cannot connect to host a.example:443 ssl:default [Connect call failed ('192.0.2.7', 443)] ⇒ CONNECT_FAILED ⇒ a.example:443 ⇒ CONNECT
                    Cannot connect to host a.example:443 ssl:default [Name or service not known] ⇒ NAME_NOT_FOUND ⇒ a.example:443 ⇒ RESOLVE
                    aiohttp.client_exceptions.ServerDisconnectedError: Server disconnected ⇒ CONNECTION_CLOSED ⇒ - ⇒ *
                    aiohttp.client_exceptions.ClientPayloadError: Response payload is not completed: <ContentLengthError: 400, message='Not enough data for satisfy content length header.'> ⇒ BODY_TRUNCATED ⇒ - ⇒ RESPONSE
                    aiohttp.client_exceptions.ClientConnectorCertificateError: Cannot connect to host a.example:443 ssl:True [SSLCertVerificationError: (1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate has expired (_ssl.c:1006)')] ⇒ CERTIFICATE_EXPIRED ⇒ a.example:443 ⇒ TLS
                    httpx.ConnectTimeout: timed out ⇒ CONNECT_TIMEOUT ⇒ - ⇒ CONNECT
                    httpx.ReadTimeout: The read operation timed out ⇒ READ_TIMEOUT ⇒ - ⇒ *
                    httpx.PoolTimeout ⇒ POOL_EXHAUSTED ⇒ - ⇒
                    httpx.RemoteProtocolError: Server disconnected without sending a response. ⇒ CONNECTION_CLOSED ⇒ - ⇒ *
                    httpx.RemoteProtocolError: peer closed connection without sending complete message body (received 1000 bytes, expected 4000) ⇒ BODY_TRUNCATED ⇒ - ⇒ RESPONSE
                    httpx.ConnectError: [Errno 113] No route to host ⇒ NO_ROUTE ⇒ - ⇒ CONNECT
                    httpx.HTTPStatusError: Client error '404 Not Found' for url 'https://a.example/x'⏎For more information check: https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/404 ⇒ HTTP_STATUS ⇒ a.example:443 ⇒ RESPONSE
                    [Errno 13] Permission denied: '/var/lib/x' ⇒ CONTENT_COMPLAINT ⇒ - ⇒
                    [Errno 28] No space left on device ⇒ CONTENT_COMPLAINT ⇒ - ⇒
                    """)
    void shouldUnderstand(String text, String complaints, String hostAndPort, String steps) {
        Expectation.check("python-requests 2.31", text, complaints, hostAndPort, steps);
    }
}
