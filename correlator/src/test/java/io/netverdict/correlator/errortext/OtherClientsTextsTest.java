package io.netverdict.correlator.errortext;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Rust, .NET, Ruby, PHP, Chromium and wget print, and what it says. */
class OtherClientsTextsTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ⇒",
            quoteCharacter = '`',
            textBlock =
                    """
                    error sending request for url (https://a.example/): error trying to connect: tcp connect error: Connection refused (os error 111) ⇒ CONNECTION_REFUSED ⇒ a.example:443 ⇒ CONNECT
                    error sending request for url (https://a.example/): error trying to connect: dns error: failed to lookup address information: Name or service not known ⇒ NAME_NOT_FOUND ⇒ a.example:443 ⇒ RESOLVE
                    error sending request for url (https://a.example/): operation timed out ⇒ TIMEOUT_DEADLINE ⇒ a.example:443 ⇒
                    error sending request for url (https://a.example/): connection closed before message completed ⇒ CONNECTION_CLOSED ⇒ a.example:443 ⇒ *
                    error sending request for url (https://a.example/): error trying to connect: tls handshake eof ⇒ TLS_CLOSED ⇒ a.example:443 ⇒ TLS
                    error sending request for url (https://a.example/): error trying to connect: invalid peer certificate: UnknownIssuer ⇒ CERTIFICATE_UNTRUSTED ⇒ a.example:443 ⇒ TLS
                    error sending request for url (https://a.example/): error trying to connect: invalid peer certificate: Expired ⇒ CERTIFICATE_EXPIRED ⇒ a.example:443 ⇒ TLS
                    error sending request for url (https://a.example/): error trying to connect: received fatal alert: HandshakeFailure ⇒ TLS_ALERT ⇒ a.example:443 ⇒ TLS
                    error sending request for url (https://a.example/): error trying to connect: received corrupt message of type InvalidContentType ⇒ NOT_TLS ⇒ a.example:443 ⇒ TLS
                    error decoding response body: request or response body error: error reading a body from connection: end of file before message length reached ⇒ BODY_TRUNCATED BODY_READING ⇒ - ⇒ RESPONSE
                    HTTP status server error (503 Service Unavailable) for url (https://a.example/x) ⇒ HTTP_STATUS ⇒ a.example:443 ⇒ RESPONSE
                    System.Net.Http.HttpRequestException: Connection refused (a.example:443) ⇒ CONNECTION_REFUSED ⇒ a.example:443 ⇒ CONNECT
                    System.Net.Http.HttpRequestException: Name or service not known (a.example:443) ⇒ NAME_NOT_FOUND ⇒ a.example:443 ⇒ RESOLVE
                    System.Net.Http.HttpRequestException: Resource temporarily unavailable (a.example:443) ⇒ NAME_TEMPORARY_FAILURE ⇒ a.example:443 ⇒ RESOLVE
                    System.Net.Http.HttpRequestException: No such host is known. (a.example:443) ⇒ NAME_NOT_FOUND ⇒ a.example:443 ⇒ RESOLVE
                    System.Threading.Tasks.TaskCanceledException: The request was canceled due to the configured HttpClient.Timeout of 100 seconds elapsing. ⇒ TIMEOUT_DEADLINE ⇒ - ⇒
                    System.Net.Http.HttpRequestException: The SSL connection could not be established, see inner exception.⏎ ---> System.Security.Authentication.AuthenticationException: The remote certificate is invalid according to the validation procedure: RemoteCertificateNameMismatch ⇒ CERTIFICATE_NAME_MISMATCH ⇒ - ⇒ TLS
                    System.Net.Http.HttpRequestException: The SSL connection could not be established, see inner exception.⏎ ---> System.IO.IOException: Received an unexpected EOF or 0 bytes from the transport stream. ⇒ TLS_CLOSED ⇒ - ⇒ TLS
                    System.Net.Http.HttpRequestException: The SSL connection could not be established, see inner exception.⏎ ---> System.Security.Authentication.AuthenticationException: Authentication failed because the remote party sent a TLS alert: 'HandshakeFailure'. ⇒ TLS_ALERT ⇒ - ⇒ TLS
                    System.Net.Http.HttpRequestException: The SSL connection could not be established, see inner exception.⏎ ---> Cannot determine the frame size or a corrupted frame was received. ⇒ NOT_TLS ⇒ - ⇒ TLS
                    System.Net.Http.HttpIOException: The response ended prematurely. (ResponseEnded) ⇒ CONNECTION_CLOSED ⇒ - ⇒ *
                    System.Net.Http.HttpRequestException: Error while copying content to a stream.⏎ ---> System.IO.IOException: Unable to read data from the transport connection: Connection reset by peer. ⇒ CONNECTION_RESET BODY_READING ⇒ - ⇒ RESPONSE
                    System.Net.Http.HttpRequestException: The proxy tunnel request to proxy 'http://proxy.corp.example:3128/' failed with status code '407'. ⇒ PROXY_AUTH_REQUIRED PROXY_REFUSED_REQUEST ⇒ - ⇒ PROXY
                    System.Net.Http.HttpRequestException: Response status code does not indicate success: 404 (Not Found). ⇒ HTTP_STATUS ⇒ - ⇒ RESPONSE
                    Failed to open TCP connection to a.example:443 (Connection refused - connect(2) for "a.example" port 443) ⇒ CONNECTION_REFUSED ⇒ a.example:443 ⇒ CONNECT
                    Failed to open TCP connection to a.example:443 (getaddrinfo: Name or service not known) ⇒ NAME_NOT_FOUND ⇒ a.example:443 ⇒ RESOLVE
                    Net::OpenTimeout: execution expired ⇒ CONNECT_TIMEOUT ⇒ - ⇒ CONNECT
                    Net::ReadTimeout with #<TCPSocket:(closed)> ⇒ READ_TIMEOUT ⇒ - ⇒ *
                    EOFError: end of file reached ⇒ CONNECTION_CLOSED ⇒ - ⇒ *
                    OpenSSL::SSL::SSLError: SSL_connect returned=1 errno=0 peeraddr=192.0.2.7:443 state=error: certificate verify failed (certificate has expired) ⇒ CERTIFICATE_EXPIRED ⇒ 192.0.2.7:443 ⇒ TLS
                    OpenSSL::SSL::SSLError: SSL_connect SYSCALL returned=5 errno=0 peeraddr=192.0.2.7:443 state=SSLv3/TLS write client hello ⇒ TLS_CLOSED ⇒ 192.0.2.7:443 ⇒ TLS
                    Errno::ECONNRESET: Connection reset by peer ⇒ CONNECTION_RESET ⇒ - ⇒ *
                    OpenURI::HTTPError: 404 Not Found ⇒ HTTP_STATUS ⇒ - ⇒ RESPONSE
                    file_get_contents(https://a.example/): Failed to open stream: Connection timed out ⇒ CONNECT_TIMEOUT ⇒ a.example:443 ⇒ *
                    php_network_getaddresses: getaddrinfo for a.example failed: Name or service not known ⇒ NAME_NOT_FOUND ⇒ a.example ⇒ RESOLVE
                    net::ERR_CONNECTION_REFUSED at https://a.example/ ⇒ CONNECTION_REFUSED ⇒ a.example:443 ⇒ CONNECT
                    net::ERR_CONNECTION_TIMED_OUT ⇒ CONNECT_TIMEOUT ⇒ - ⇒ CONNECT
                    net::ERR_NAME_NOT_RESOLVED ⇒ RESOLVE_FAILED ⇒ - ⇒ RESOLVE
                    net::ERR_CERT_DATE_INVALID ⇒ CERTIFICATE_EXPIRED_OR_NOT_YET ⇒ - ⇒ TLS
                    net::ERR_CERT_COMMON_NAME_INVALID ⇒ CERTIFICATE_NAME_MISMATCH ⇒ - ⇒ TLS
                    net::ERR_EMPTY_RESPONSE ⇒ CONNECTION_CLOSED ⇒ - ⇒ *
                    net::ERR_SSL_PROTOCOL_ERROR ⇒ TLS_OTHER ⇒ - ⇒ TLS
                    net::ERR_TUNNEL_CONNECTION_FAILED ⇒ PROXY_REFUSED_REQUEST ⇒ - ⇒ PROXY
                    net::ERR_INCOMPLETE_CHUNKED_ENCODING ⇒ BODY_TRUNCATED ⇒ - ⇒ RESPONSE
                    net::ERR_TOO_MANY_REDIRECTS ⇒ REDIRECT_LIMIT ⇒ - ⇒ RESPONSE
                    net::ERR_QUIC_PROTOCOL_ERROR.QUIC_NETWORK_IDLE_TIMEOUT ⇒ QUIC_TIMEOUT ⇒ - ⇒ CONNECT
                    wget: unable to resolve host address ‘a.example’ ⇒ RESOLVE_FAILED ⇒ a.example ⇒ RESOLVE
                    Connecting to a.example (a.example)|192.0.2.7|:443... failed: Connection timed out. ⇒ CONNECT_TIMEOUT ⇒ a.example:443 ⇒ CONNECT
                    Connecting to a.example (a.example)|192.0.2.7|:8443... failed: Connection refused. ⇒ CONNECTION_REFUSED ⇒ a.example:8443 ⇒ CONNECT
                    HTTP request sent, awaiting response... Read error (Connection reset by peer) in headers. ⇒ CONNECTION_RESET ⇒ - ⇒ *
                    HTTP request sent, awaiting response... 404 Not Found⏎2026-01-01 10:00:00 ERROR 404: Not Found. ⇒ HTTP_STATUS ⇒ - ⇒ RESPONSE
                    HTTP request sent, awaiting response... No data received. ⇒ CONNECTION_CLOSED ⇒ - ⇒ *
                    2026-01-01 10:00:00 (1.2 MB/s) - Connection closed at byte 12345. Retrying. ⇒ BODY_TRUNCATED ⇒ - ⇒ RESPONSE
                    wget: can't connect to remote host (192.0.2.7): Connection refused ⇒ CONNECTION_REFUSED ⇒ 192.0.2.7 ⇒ CONNECT
                    wget: bad address 'a.example' ⇒ RESOLVE_FAILED ⇒ a.example ⇒ RESOLVE
                    ERROR: cannot verify a.example's certificate, issued by ‘CN=x’:⏎  Unable to locally verify the issuer's authority. ⇒ CERTIFICATE_UNTRUSTED ⇒ a.example ⇒ TLS
                    sensor 7 is hot ⇒ UNKNOWN ⇒ - ⇒
                    """)
    void shouldUnderstand(String text, String complaints, String hostAndPort, String steps) {
        Expectation.check(null, text, complaints, hostAndPort, steps);
    }
}
