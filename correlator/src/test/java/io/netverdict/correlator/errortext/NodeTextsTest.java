package io.netverdict.correlator.errortext;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Node print, and what it says. */
class NodeTextsTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ⇒",
            quoteCharacter = '`',
            textBlock =
                    """
                    TypeError: fetch failed⏎  [cause]: Error: connect ECONNREFUSED 192.0.2.7:443⏎    address: '192.0.2.7',⏎    port: 443 ⇒ CONNECTION_REFUSED ⇒ 192.0.2.7:443 ⇒ CONNECT
                    Error: connect ETIMEDOUT 192.0.2.7:443 ⇒ CONNECT_TIMEOUT ⇒ 192.0.2.7:443 ⇒ CONNECT
                    Error: connect EHOSTUNREACH 192.0.2.7:443 - Local (10.0.0.5:40112) ⇒ NO_ROUTE ⇒ 192.0.2.7:443 ⇒ CONNECT
                    Error: connect ENETUNREACH 2001:db8::7:443 - Local (:::0) ⇒ NETWORK_UNREACHABLE ⇒ 2001:db8::7:443 ⇒ CONNECT
                    Error: getaddrinfo ENOTFOUND a.example ⇒ NAME_NOT_FOUND ⇒ a.example ⇒ RESOLVE
                    Error: getaddrinfo EAI_AGAIN a.example:443 ⇒ NAME_TEMPORARY_FAILURE ⇒ a.example:443 ⇒ RESOLVE
                    Error: queryA ESERVFAIL a.example ⇒ NAME_SERVER_MISBEHAVING ⇒ a.example ⇒ RESOLVE
                    Error: queryA ETIMEOUT a.example ⇒ RESOLVE_TIMEOUT ⇒ a.example ⇒ RESOLVE
                    Error: read ECONNRESET ⇒ CONNECTION_RESET ⇒ - ⇒ *
                    Error: write EPIPE ⇒ BROKEN_PIPE ⇒ - ⇒ TLS REQUEST
                    Error: socket hang up ⇒ CONNECTION_CLOSED ⇒ - ⇒ *
                    Error: Client network socket disconnected before secure TLS connection was established ⇒ TLS_CLOSED ⇒ - ⇒ TLS
                    TypeError: fetch failed⏎  [cause]: HeadersTimeoutError: Headers Timeout Error⏎    code: 'UND_ERR_HEADERS_TIMEOUT' ⇒ READ_TIMEOUT ⇒ - ⇒ REQUEST RESPONSE
                    TypeError: terminated⏎  [cause]: BodyTimeoutError: Body Timeout Error⏎    code: 'UND_ERR_BODY_TIMEOUT' ⇒ READ_TIMEOUT BODY_TRUNCATED BODY_READING ⇒ - ⇒ RESPONSE
                    TypeError: fetch failed⏎  [cause]: ConnectTimeoutError: Connect Timeout Error (attempted addresses: 192.0.2.7:443, 192.0.2.8:443, timeout: 10000ms) ⇒ CONNECT_TIMEOUT ⇒ 192.0.2.7:443 ⇒ *
                    TypeError: fetch failed⏎  [cause]: SocketError: other side closed⏎    code: 'UND_ERR_SOCKET',⏎    socket: {⏎      localAddress: '10.0.0.5',⏎      localPort: 40112,⏎      remoteAddress: '192.0.2.7',⏎      remotePort: 443 ⇒ CONNECTION_CLOSED ⇒ 192.0.2.7:443 ⇒ *
                    TypeError: fetch failed⏎  [cause]: Error: self-signed certificate in certificate chain⏎    code: 'SELF_SIGNED_CERT_IN_CHAIN' ⇒ CERTIFICATE_UNTRUSTED ⇒ - ⇒ TLS
                    Error [ERR_TLS_CERT_ALTNAME_INVALID]: Hostname/IP does not match certificate's altnames: Host: a.example. is not in the cert's altnames: DNS:b.example, DNS:www.b.example ⇒ CERTIFICATE_NAME_MISMATCH ⇒ a.example ⇒ TLS
                    TypeError: fetch failed⏎  [cause]: Error: certificate has expired⏎    code: 'CERT_HAS_EXPIRED' ⇒ CERTIFICATE_EXPIRED ⇒ - ⇒ TLS
                    TypeError: fetch failed⏎  [cause]: RequestContentLengthMismatchError: Request body length does not match content-length header ⇒ BODY_TRUNCATED ⇒ - ⇒ RESPONSE
                    TypeError: fetch failed⏎  [cause]: Error: redirect count exceeded ⇒ REDIRECT_LIMIT ⇒ - ⇒ RESPONSE
                    Error: Parse Error: Expected HTTP/⏎  code: 'HPE_INVALID_CONSTANT' ⇒ MALFORMED_RESPONSE ⇒ - ⇒ RESPONSE
                    AxiosError: Request failed with status code 503 ⇒ HTTP_STATUS ⇒ - ⇒ RESPONSE
                    AxiosError: timeout of 5000ms exceeded⏎  code: 'ECONNABORTED' ⇒ TIMEOUT_DEADLINE ⇒ - ⇒
                    AxiosError: Network Error ⇒ REQUEST_FAILED ⇒ - ⇒
                    RequestError: Timeout awaiting 'connect' for 2000ms ⇒ CONNECT_TIMEOUT ⇒ - ⇒ *
                    RequestError: Timeout awaiting 'lookup' for 2000ms ⇒ RESOLVE_TIMEOUT ⇒ - ⇒ RESOLVE
                    RequestError: Timeout awaiting 'secureConnect' for 2000ms ⇒ TLS_HANDSHAKE_TIMEOUT ⇒ - ⇒ TLS
                    RequestError: Timeout awaiting 'request' for 2000ms ⇒ TIMEOUT_DEADLINE ⇒ - ⇒
                    HTTPError: Response code 404 (Not Found) ⇒ HTTP_STATUS ⇒ - ⇒ RESPONSE
                    AbortError: This operation was aborted ⇒ CANCELLED ⇒ - ⇒
                    TypeError: fetch failed⏎  [cause]: Error: Proxy response (407) !== 200 when HTTP Tunneling ⇒ PROXY_AUTH_REQUIRED PROXY_REFUSED_REQUEST ⇒ - ⇒ PROXY
                    Error: tunneling socket could not be established, statusCode=403 ⇒ PROXY_REFUSED_REQUEST ⇒ - ⇒ PROXY
                    SyntaxError: Unexpected token '<', "<!DOCTYPE "... is not valid JSON ⇒ CONTENT_COMPLAINT ⇒ - ⇒
                    Error [ERR_HTTP2_STREAM_ERROR]: Stream closed with error code NGHTTP2_INTERNAL_ERROR ⇒ HTTP2_STREAM_RESET ⇒ - ⇒ *
                    AggregateError [ECONNREFUSED]: ⏎    at internalConnectMultiple (node:net:1114:18)⏎  [errors]: [ Error: connect ECONNREFUSED ::1:3000, Error: connect ECONNREFUSED 127.0.0.1:3000 ] ⇒ CONNECTION_REFUSED ⇒ 127.0.0.1:3000 ⇒ CONNECT
                    Error: aborted ⇒ BODY_TRUNCATED ⇒ - ⇒ RESPONSE
                    """)
    void shouldUnderstand(String text, String complaints, String hostAndPort, String steps) {
        Expectation.check("node 20", text, complaints, hostAndPort, steps);
    }
}
