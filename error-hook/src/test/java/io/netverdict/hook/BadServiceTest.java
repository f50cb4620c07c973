package io.netverdict.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that is away, hangs, answers garbage or is overrun costs its application nothing. */
class BadServiceTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(1);

    /** What listens where the service should, and answers every connection with these bytes. */
    private static final class Listener implements AutoCloseable {
        private final ServerSocket socket;
        private final AtomicInteger connections = new AtomicInteger();
        private final List<Socket> open = new CopyOnWriteArrayList<>();

        Listener(byte[] answer) throws IOException {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            Thread thread = new Thread(() -> accept(answer), "listener");
            thread.setDaemon(true);
            thread.start();
        }

        private void accept(byte[] answer) {
            try {
                while (true) {
                    Socket connection = socket.accept();
                    connections.incrementAndGet();
                    open.add(connection);
                    if (answer.length > 0) {
                        connection.getOutputStream().write(answer);
                        connection.shutdownOutput();
                    }
                }
            } catch (IOException closed) {
                // The end of the test.
            }
        }

        String url() {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            socket.close();
            for (Socket connection : open) {
                connection.close();
            }
        }
    }

    private static NetverdictReporter reporter(String url, Duration waitForHint) {
        return NetverdictReporter.builder()
                .serviceUrl(url)
                .waitForHint(waitForHint)
                .hintDeadline(SHORT)
                .build();
    }

    @Test
    void shouldAskAServiceThatIsAwayOnceAndThenPause() throws IOException {
        try (Listener listener =
                        new Listener("no HTTP\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                NetverdictReporter reporter = reporter(listener.url(), LONG)) {
            reporter.report(FailedRequest.of("m"));
            int first = listener.connections.get();
            for (int count = 0; count < 50; count++) {
                assertEquals(Optional.empty(), reporter.report(FailedRequest.of("m")));
            }
            assertTrue(first >= 1);
            // Within the first pause, of a second, or at most the one attempt after it.
            assertTrue(listener.connections.get() <= 2 * first, listener.connections::toString);
            assertEquals(51, reporter.failed());
        }
    }

    @Test
    void shouldNotHoldTheCallerLongerThanItsSettingWhenTheServiceHangs() throws IOException {
        try (Listener hanging = new Listener(new byte[0]);
                NetverdictReporter patient = reporter(hanging.url(), Duration.ofMillis(50));
                NetverdictReporter hasty = reporter(hanging.url(), Duration.ZERO)) {
            // Both return while the service still holds the connections.
            assertEquals(Optional.empty(), patient.report(FailedRequest.of("m")));
            assertEquals(Optional.empty(), hasty.report(FailedRequest.of("m")));
            assertEquals(0, patient.failed() + patient.delivered());
            assertEquals(0, hasty.failed() + hasty.delivered());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\n\0\1\2",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{",
                "HTTP/9.9 xyz\r\n\r\n",
                "\r\n\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n",
                "HTTP/1.1 202 Accepted\r\nLocation: ::::\r\nContent-Length: 2\r\n\r\n{}",
            })
    void shouldTakeGarbageForNoHint(String answer) throws IOException {
        try (Listener garbage = new Listener(answer.getBytes(StandardCharsets.ISO_8859_1));
                NetverdictReporter reporter = reporter(garbage.url(), LONG)) {
            assertEquals(Optional.empty(), reporter.report(FailedRequest.of("m")));
            assertEquals(1, reporter.failed() + reporter.delivered());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 507})
    void shouldPauseWhenTheServicesDiskIsFull(int status) throws IOException {
        try (StandInService service = new StandInService()) {
            service.status = status;
            try (NetverdictReporter reporter = reporter(service.url(), LONG)) {
                for (int count = 0; count < 20; count++) {
                    assertEquals(Optional.empty(), reporter.report(FailedRequest.of("m")));
                }
                assertEquals(20, reporter.failed());
            }
            assertTrue(service.reports.size() <= 2, service.reports::toString);
        }
    }

    @Test
    void shouldGoOnReportingAfterARefusedReport() throws IOException {
        try (StandInService service = new StandInService();
                NetverdictReporter reporter = reporter(service.url(), LONG)) {
            service.status = 400;
            assertEquals(Optional.empty(), reporter.report(FailedRequest.of("m")));
            service.status = 201;
            assertTrue(reporter.report(FailedRequest.of("m")).isPresent());
        }
    }

    @Test
    void shouldCutAReportOfTenMegabytesAndSaySo() throws IOException {
        try (StandInService service = new StandInService();
                NetverdictReporter reporter = reporter(service.url(), LONG)) {
            String message = "beginning" + "x".repeat(10_000_000) + "\u00e9nd";
            FailedRequest request =
                    FailedRequest.of(message)
                            .withRequest("GET", URI.create("http://h/" + "y".repeat(1_000_000)))
                            .withAttribute("trace", "z".repeat(1_000_000));

            assertTrue(reporter.report(request).isPresent());

            assertTrue(service.reports.get(0).length() < 64_000);
            Map<?, ?> report = service.onlyReport();
            String sent = report.get("message").toString();
            assertTrue(sent.startsWith("beginning") && sent.endsWith("\u00e9nd"), "both ends");
            assertTrue(sent.contains("characters left out"), "says so");
            assertEquals(
                    "message of 10000012, trace of 1000000, url of 1000009",
                    ((Map<?, ?>) report.get("attributes")).get("netverdict.truncated"));
        }
    }

    @Test
    void shouldSampleAndCountAStormOfFailures() throws Exception {
        try (StandInService service = new StandInService();
                NetverdictReporter reporter = reporter(service.url(), Duration.ZERO)) {
            int failures = 50_000;
            for (int count = 0; count < failures; count++) {
                reporter.report(
                        () ->
                                FailedRequest.of(new IOException("timed out"))
                                        .withRequest("GET", URI.create("http://store/a")));
            }
            // Another host's one failure does not drown in it.
            while (reporter.delivered() + reporter.dropped() + reporter.leftOut() < failures) {
                Thread.sleep(10);
            }
            reporter.reportAsync(
                            FailedRequest.of("other")
                                    .withRequest("GET", URI.create("http://other/b")))
                    .join();

            assertTrue(service.reports.stream().anyMatch(it -> it.contains("http://other/b")));
            assertTrue(reporter.leftOut() > failures / 2, "left out " + reporter.leftOut());
            assertEquals(
                    failures + 1, reporter.delivered() + reporter.dropped() + reporter.leftOut());
        }
    }

    @Test
    void shouldKeepWhatAnExceptionThrowsWhenItIsAskedForItsText() throws IOException {
        try (StandInService service = new StandInService();
                NetverdictReporter reporter = reporter(service.url(), LONG)) {
            IOException hostile =
                    new IOException() {
                        private static final long serialVersionUID = 1L;

                        @Override
                        public String toString() {
                            throw new IllegalStateException("no text");
                        }
                    };
            assertEquals(Optional.empty(), reporter.report(() -> FailedRequest.of(hostile)));
            assertEquals(1, reporter.dropped());
        }
    }
}
