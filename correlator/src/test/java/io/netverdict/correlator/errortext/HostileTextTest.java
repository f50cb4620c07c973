package io.netverdict.correlator.errortext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileTextTest {

    /** Far above what any text takes, far below what backtracking without bounds would. */
    private static final Duration BOUND = Duration.ofSeconds(20);

    private final ErrorTextReader reader = new ErrorTextReader();

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "\n\n", "\0\0\u0007\u001B[31m", "\uD800", "⏎", "%s%n", "\\", "\""})
    void shouldCallAnythingElseUnknown(String text) {
        assertEquals(Set.of(Complaint.UNKNOWN), reader.read(text, null).complaints());
    }

    @Test
    void shouldSayOfTheEmptyTextWhatNoTextSays() {
        assertEquals(ErrorFacts.NONE, reader.read("", null));
    }

    @Test
    void shouldKeepHeadAndTailOfALongMessage() {
        String text =
                "Get \"https://a.example/x\": failed\n"
                        + "y".repeat(ErrorTextReader.MAX_MESSAGE_CHARS)
                        + "\nCaused by: connection refused";
        ErrorFacts facts = reader.read(text, null);
        assertTrue(facts.cut());
        assertEquals(Optional.of("a.example"), facts.host());
        assertTrue(facts.has(Complaint.CONNECTION_REFUSED));
        assertFalse(reader.read("short", null).cut());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a.",
                "1.",
                "1:",
                ":",
                "http://",
                "https://a.",
                "https://[::",
                "lookup ",
                "lookup a: ",
                "connect to a ",
                "dial tcp ",
                "1.1.1.1:",
                "('",
                "certificate is valid for a, ",
                "'a', ",
                "doesn't match 'a', ",
                "failed to connect to ",
                "tunnel ",
                "read tcp ",
                "->",
                "a/1.1.1.1:1",
                "a/1:",
                "ssl_connect ",
                "quic ",
                "incomplete ",
                "alert ",
                "tlsv1 alert ",
                "1 of 1 bytes ",
                "status: ",
                "500 ",
                "with url: ",
                "address: '1'",
                "unexpected eof",
                "File \"a\", line 1\n",
                "\t",
                "\\\"",
                "\u001B[",
                "proxy proxy",
                "handshake ",
                "(a:1) ",
                "connect ",
                "localAddress: '1'",
                "execute http request: a"
            })
    void shouldFinishOnRepetition(String piece) {
        String text = piece.repeat(3 * ErrorTextReader.MAX_MESSAGE_CHARS / piece.length());
        assertTimeoutPreemptively(BOUND, () -> assertNotNull(reader.read(text, null)));
    }

    @Test
    void shouldSurviveMutatedTexts() {
        String[] seeds = {
            "Get \"https://a.example:99999/x\": dial tcp: lookup a.example on [::1]:53: read udp"
                    + " 1.2.3.4:99999->5.6.7.8:53: i/o timeout",
            "IncompleteRead(99999999999999999 bytes read, 99999999999999999 more expected) with 1"
                    + " out of 999999999999999999 bytes received (read timeout=999999999999.9)",
            "current time 9999-99-99T99:99:99Z is after 2026-13-01T00:00:00Z NotAfter: Fri Feb 31"
                    + " 12:12:57 UTC 2026 curl: (99) error:0A000FFF: SSL alert number 999",
        };
        long seed = 20_261_123L;
        Random random = new Random(seed);
        for (int round = 0; round < 600; round++) {
            StringBuilder text = new StringBuilder(seeds[round % seeds.length]);
            for (int change = random.nextInt(12); change > 0; change--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                    case 1 -> text.deleteCharAt(at);
                    default -> text.insert(at, text.substring(at / 2, at));
                }
            }
            ErrorFacts facts = reader.read(text.toString(), "client");
            assertFalse(facts.complaints().isEmpty(), "seed=" + seed + " round=" + round);
        }
    }

    @Test
    void shouldNotTakeTheWordsOfAUrlOrHostForTheClients() {
        ErrorFacts facts =
                reader.read(
                        "GET https://timeout.refused.example/connection-reset?x=tls-handshake-timeout"
                                + " returned status 503",
                        null);
        assertEquals(Set.of(Complaint.HTTP_STATUS), facts.complaints());
    }

    @Test
    void shouldNotTakeTheWordsOfStackFramesForTheClients() {
        ErrorFacts facts =
                reader.read(
                        """
                        java.net.SocketTimeoutException: Read timed out
                        \tat java.base/sun.nio.ch.NioSocketImpl.timedRead(NioSocketImpl.java:288)
                        \tat java.base/sun.security.ssl.SSLSocketImpl.startHandshake(SSLSocketImpl.java:449)
                        \tat a.CertificateExpiredException.broken_pipe(X.java:1)
                        """,
                        "java HttpURLConnection 17");
        assertEquals(Set.of(Complaint.READ_TIMEOUT), facts.complaints());
        assertEquals("[TLS]", facts.possibleSteps().toString());
    }
}
