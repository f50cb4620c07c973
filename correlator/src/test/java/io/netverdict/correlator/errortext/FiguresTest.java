package io.netverdict.correlator.errortext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    private final ErrorTextReader reader = new ErrorTextReader();

    @ParameterizedTest
    @CsvSource(
            delimiter = '⇒',
            textBlock =
                    """
                    curl: (28) Operation timed out after 5001 milliseconds ⇒ 5001
                    HTTPSConnectionPool(host='h', port=443): Read timed out. (read timeout=7) ⇒ 7000
                    (Caused by ConnectTimeoutError(<x>, 'Connection to h timed out. (connect timeout=3.05)')) ⇒ 3050
                    AxiosError: timeout of 5000ms exceeded ⇒ 5000
                    Connect Timeout Error (attempted address: h:443, timeout: 10000ms) ⇒ 10000
                    RequestError: Timeout awaiting 'request' for 250ms ⇒ 250
                    the configured HttpClient.Timeout of 100 seconds elapsing. ⇒ 100000
                    Did not observe any item or terminal signal within 5000ms in 'map' ⇒ 5000
                    Timeout deadline: 180000 MILLISECONDS, actual: 180001 MILLISECONDS ⇒ 180000
                    quic: handshake with h did not complete in time (6s) ⇒ 6000
                    """)
    void shouldReadTheTimeout(String text, long millis) {
        assertEquals(
                Optional.of(Duration.ofMillis(millis)),
                reader.read(text, null).figures().timeout());
    }

    @Test
    void shouldReadTheElapsedTimeOfAFailedConnect() {
        ErrorFacts facts =
                reader.read("curl: (7) Failed to connect to h port 1 after 95 ms: Refused", null);
        assertEquals(Optional.of(Duration.ofMillis(95)), facts.figures().elapsed());
        assertEquals(Optional.empty(), facts.figures().timeout());
        assertEquals(OptionalInt.of(7), facts.figures().curlExitCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '⇒',
            textBlock =
                    """
                    timed out after 7000 milliseconds with 174000 out of 4000000 bytes received ⇒ 174000 ⇒ 4000000 ⇒ 3826000
                    IncompleteRead(1000 bytes read, 3000 more expected) ⇒ 1000 ⇒ 4000 ⇒ 3000
                    fixed content-length: 400, bytes received: 12 ⇒ 12 ⇒ 400 ⇒ 388
                    expected 26112 bytes, got 24000 ⇒ 24000 ⇒ 26112 ⇒ 2112
                    message body (received 10 bytes, expected 40) ⇒ 10 ⇒ 40 ⇒ 30
                    timed out after 1 milliseconds with 0 bytes received ⇒ 0 ⇒ -1 ⇒ -1
                    transfer closed with 280000 bytes remaining to read ⇒ -1 ⇒ -1 ⇒ 280000
                    body (expected: 4,000; received: 1,000) ⇒ 1000 ⇒ 4000 ⇒ 3000
                    """)
    void shouldReadSizes(String text, long received, long expected, long missing) {
        ErrorFigures figures = reader.read(text, null).figures();
        assertEquals(orNone(received), figures.bytesReceived());
        assertEquals(orNone(expected), figures.bytesExpected());
        assertEquals(orNone(missing), figures.bytesMissing());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '⇒',
            textBlock =
                    """
                    remote error: tls: handshake failure ⇒ 40
                    remote error: tls: unknown certificate authority ⇒ 48
                    remote error: tls: error decrypting message ⇒ 51
                    remote error: tls: protocol version not supported ⇒ 70
                    remote error: tls: no application protocol ⇒ 120
                    Received fatal alert: certificate_expired ⇒ 45
                    Received fatal alert: internal_error ⇒ 80
                    error:0A000438:SSL routines::tlsv1 alert internal error ⇒ 80
                    error:14094410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure ⇒ 40
                    curl: (35) TLS connect error: error:0A000458:SSL routines::reason(1112) ⇒ 112
                    [SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED] tlsv13 alert certificate required ⇒ 116
                    SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca:rec_layer_s3.c:1:SSL alert number 48 ⇒ 48
                    received fatal alert: HandshakeFailure ⇒ 40
                    the remote party sent a TLS alert: 'ProtocolVersion'. ⇒ 70
                    GnuTLS: received alert [112]: The server name sent was not recognized ⇒ 112
                    """)
    void shouldNumberTheAlert(String text, int number) {
        ErrorFacts facts = reader.read(text, null);
        assertTrue(facts.has(Complaint.TLS_ALERT), facts.complaints().toString());
        assertEquals(OptionalInt.of(number), facts.figures().tlsAlert());
    }

    @Test
    void shouldReadStatusesInOrder() {
        ErrorFacts facts =
                reader.read(
                        "status 503 Service Unavailable\nHTTP error 404\nHTTP/1.1 502 Bad", null);
        assertEquals(List.of(503, 404, 502), facts.figures().httpStatuses());
        assertEquals(OptionalInt.of(502), facts.figures().httpStatus());
    }

    @Test
    void shouldTakeFileNotFoundOfAUrlAsStatus404AndOfAPathAsContent() {
        ErrorFacts url = reader.read("java.io.FileNotFoundException: http://a.example/x", null);
        assertEquals(OptionalInt.of(404), url.figures().httpStatus());
        ErrorFacts path =
                reader.read("java.io.FileNotFoundException: /x (No such file or directory)", null);
        assertEquals(OptionalInt.empty(), path.figures().httpStatus());
        assertTrue(path.has(Complaint.CONTENT_COMPLAINT));
    }

    @Test
    void shouldReadTheDatesOfACertificate() {
        CertificateMention go =
                reader.read(
                                "x509: certificate has expired or is not yet valid: current time"
                                        + " 2026-11-23T12:13:04Z is after 2026-11-20T12:12:57Z",
                                null)
                        .certificate();
        assertEquals(Optional.of(Instant.parse("2026-11-23T12:13:04Z")), go.checkedAt());
        assertEquals(Optional.of(Instant.parse("2026-11-20T12:12:57Z")), go.notAfter());
        assertEquals(Optional.empty(), go.notBefore());
        CertificateMention java =
                reader.read(
                                "java.security.cert.CertificateNotYetValidException: NotBefore: Tue"
                                        + " Dec 01 12:12:57 UTC 2026",
                                null)
                        .certificate();
        assertEquals(Optional.of(Instant.parse("2026-12-01T12:12:57Z")), java.notBefore());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '⇒',
            quoteCharacter = '`',
            textBlock =
                    """
                    x509: certificate is valid for b.example, www.b.example, not a.example ⇒ b.example www.b.example
                    Certificate for <a.example> doesn't match any of the subject alternative names: [b.example, *.c.example] ⇒ b.example *.c.example
                    Host: a.example. is not in the cert's altnames: DNS:b.example, DNS:www.b.example ⇒ b.example www.b.example
                    hostname 'a.example' doesn't match either of 'b.example', 'c.example' ⇒ b.example c.example
                    """)
    void shouldReadTheNamesOfACertificate(String text, String names) {
        ErrorFacts facts = reader.read(text, null);
        assertEquals(List.of(names.split(" ")), facts.certificate().names());
        assertEquals(Optional.of("a.example"), facts.host());
    }

    private static OptionalLong orNone(long value) {
        return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
