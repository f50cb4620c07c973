package io.netverdict.correlator.errortext;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Apache HttpClient, Netty and AWS SDK print, and what it says. */
class OtherJavaClientsTextsTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ⇒",
            quoteCharacter = '`',
            textBlock =
                    """
                    org.apache.hc.client5.http.ConnectTimeoutException: Connect to https://a.example:443 [a.example/192.0.2.7] failed: Connect timed out ⇒ CONNECT_TIMEOUT ⇒ a.example:443 ⇒ CONNECT
                    org.apache.hc.client5.http.HttpHostConnectException: Connect to http://a.example:8080 [a.example/192.0.2.7, a.example/192.0.2.8] failed: Connection refused ⇒ CONNECTION_REFUSED ⇒ a.example:8080 ⇒ CONNECT
                    org.apache.hc.core5.http.NoHttpResponseException: a.example:443 failed to respond ⇒ CONNECTION_CLOSED ⇒ a.example:443 ⇒ *
                    org.apache.hc.core5.http.ConnectionClosedException: Premature end of Content-Length delimited message body (expected: 4,000; received: 1,000) ⇒ BODY_TRUNCATED ⇒ - ⇒ RESPONSE
                    org.apache.hc.core5.http.ConnectionClosedException: Premature end of chunk coded message body: closing chunk expected ⇒ BODY_TRUNCATED ⇒ - ⇒ RESPONSE
                    org.apache.http.conn.ConnectionPoolTimeoutException: Timeout waiting for connection from pool ⇒ POOL_EXHAUSTED ⇒ - ⇒
                    org.apache.hc.core5.util.DeadlineTimeoutException: Timeout deadline: 180000 MILLISECONDS, actual: 180001 MILLISECONDS ⇒ POOL_EXHAUSTED ⇒ - ⇒
                    javax.net.ssl.SSLPeerUnverifiedException: Certificate for <a.example> doesn't match any of the subject alternative names: [b.example] ⇒ CERTIFICATE_NAME_MISMATCH ⇒ a.example ⇒ TLS
                    reactor.netty.http.client.PrematureCloseException: Connection prematurely closed BEFORE response ⇒ CONNECTION_CLOSED ⇒ - ⇒ *
                    reactor.netty.http.client.PrematureCloseException: Connection prematurely closed DURING response ⇒ BODY_TRUNCATED ⇒ - ⇒ RESPONSE
                    io.netty.channel.ConnectTimeoutException: connection timed out after 30000 ms: a.example/192.0.2.7:443 ⇒ CONNECT_TIMEOUT ⇒ a.example:443 ⇒ CONNECT
                    io.netty.channel.AbstractChannel$AnnotatedConnectException: Connection refused: a.example/192.0.2.7:8080 ⇒ CONNECTION_REFUSED ⇒ a.example:8080 ⇒ CONNECT
                    io.netty.channel.AbstractChannel$AnnotatedConnectException: finishConnect(..) failed: Connection refused: a.example/192.0.2.7:8080 ⇒ CONNECTION_REFUSED ⇒ a.example:8080 ⇒ CONNECT
                    io.netty.handler.timeout.ReadTimeoutException ⇒ READ_TIMEOUT ⇒ - ⇒ *
                    io.netty.handler.ssl.SslHandshakeTimeoutException: handshake timed out after 10000ms ⇒ TLS_HANDSHAKE_TIMEOUT ⇒ - ⇒ TLS
                    io.netty.handler.ssl.NotSslRecordException: not an SSL/TLS record: 485454502f312e31 ⇒ NOT_TLS ⇒ - ⇒ TLS
                    io.netty.resolver.dns.DnsResolveContext$SearchDomainUnknownHostException: Failed to resolve 'a.example' [A(1), AAAA(28)] after 4 queries ⇒ RESOLVE_FAILED ⇒ a.example ⇒ RESOLVE
                    io.netty.resolver.dns.DnsNameResolverTimeoutException: [12345: /10.0.0.2:53] DefaultDnsQuestion(a.example. IN A) query '12345' via UDP timed out after 5000 milliseconds ⇒ RESOLVE_TIMEOUT ⇒ - ⇒ RESOLVE
                    reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException: Pool#acquire(Duration) has been pending for more than the configured timeout of 45000ms ⇒ POOL_EXHAUSTED ⇒ - ⇒
                    io.netty.handler.proxy.HttpProxyHandler$HttpProxyConnectException: http, none, proxy.corp.example/10.0.0.3:3128 => a.example/<unresolved>:443, status: 407 Proxy Authentication Required ⇒ PROXY_AUTH_REQUIRED PROXY_REFUSED_REQUEST ⇒ a.example:443 ⇒ PROXY
                    java.util.concurrent.TimeoutException: Did not observe any item or terminal signal within 5000ms in 'flatMap' (and no fallback has been configured) ⇒ TIMEOUT_DEADLINE ⇒ - ⇒
                    software.amazon.awssdk.core.exception.SdkClientException: Unable to execute HTTP request: Acquire operation took longer than the configured maximum time. This indicates that a request cannot get a connection from the pool within the specified maximum time. ⇒ POOL_EXHAUSTED ⇒ - ⇒
                    software.amazon.awssdk.core.exception.SdkClientException: Unable to execute HTTP request: Connect to bucket.s3.example:443 [bucket.s3.example/192.0.2.7] failed: connect timed out ⇒ CONNECT_TIMEOUT ⇒ bucket.s3.example:443 ⇒ CONNECT
                    software.amazon.awssdk.core.exception.SdkClientException: Unable to execute HTTP request: bucket.s3.example: Name or service not known ⇒ NAME_NOT_FOUND ⇒ bucket.s3.example ⇒ RESOLVE
                    software.amazon.awssdk.core.exception.SdkClientException: Unable to execute HTTP request: The target server failed to respond ⇒ CONNECTION_CLOSED ⇒ - ⇒ *
                    com.amazonaws.services.s3.model.AmazonS3Exception: Slow Down (Service: Amazon S3; Status Code: 503; Error Code: SlowDown; Request ID: X) ⇒ HTTP_STATUS ⇒ - ⇒ RESPONSE
                    software.amazon.awssdk.core.exception.ApiCallTimeoutException: Client execution did not complete before the specified timeout configuration: 2000 millis ⇒ TIMEOUT_DEADLINE ⇒ - ⇒
                    """)
    void shouldUnderstand(String text, String complaints, String hostAndPort, String steps) {
        Expectation.check("java", text, complaints, hostAndPort, steps);
    }
}
