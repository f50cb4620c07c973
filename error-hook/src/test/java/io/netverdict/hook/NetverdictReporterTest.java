package io.netverdict.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class NetverdictReporterTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private StandInService service;

    @BeforeEach
    void start() throws IOException {
        service = new StandInService();
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void stop() {
        logger().detachAppender(log);
        service.close();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(NetverdictReporter.class);
    }

    private List<String> logged() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private NetverdictReporter reporter(Duration waitForHint) {
        return NetverdictReporter.builder()
                .serviceUrl(service.url())
                .waitForHint(waitForHint)
                .build();
    }

    private static String closedPortUrl() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }
    }

    @Test
    void shouldReturnLogAndAttachTheHint() {
        IOException error = new IOException("timed out");
        try (NetverdictReporter reporter = reporter(LONG)) {
            FailedRequest request =
                    FailedRequest.of(error)
                            .withRequest("GET", URI.create("https://me:pw@store.example/img"));
            Hint hint = reporter.report(request).orElseThrow();

            assertEquals(
                    new Hint(
                            "01inc",
                            "tcp.refused",
                            0.97,
                            "server",
                            "10.77.0.2:8443 refused – \"RST\""),
                    hint);
            assertEquals(1, reporter.delivered());
            CauseHint attached = assertInstanceOf(CauseHint.class, error.getSuppressed()[0]);
            assertEquals(hint, attached.hint());
            assertEquals(0, attached.getStackTrace().length);
            assertEquals(
                    List.of(
                            "hint for https://store.example/img: 10.77.0.2:8443 refused – \"RST\""
                                    + " [tcp.refused, incident 01inc]"),
                    logged());
        }
    }

    @Test
    void shouldSendTheReportOfTheContract() {
        Instant startedAt = Instant.parse("2026-11-23T11:00:02.345Z");
        FailedRequest request =
                new FailedRequest(
                        "a \"quoted\"\n\tline \\ \u0001 é 😀",
                        "https://store.example/",
                        "PUT",
                        startedAt,
                        startedAt.plusSeconds(10),
                        "10.0.0.1:40112",
                        "[fd00::2]:8443",
                        "http://10.0.0.3:3128",
                        "test 1",
                        "k",
                        Map.of("traceId", "t"),
                        null);
        try (NetverdictReporter reporter = reporter(LONG)) {
            reporter.report(request);
        }

        Map<?, ?> sent = JsonReader.object(service.reports.get(0)).orElseThrow();
        assertEquals(
                Map.ofEntries(
                        Map.entry("message", request.message()),
                        Map.entry("url", "https://store.example/"),
                        Map.entry("method", "PUT"),
                        Map.entry("startedAt", "2026-11-23T11:00:02.345Z"),
                        Map.entry("occurredAt", "2026-11-23T11:00:12.345Z"),
                        Map.entry("local", "10.0.0.1:40112"),
                        Map.entry("remote", "[fd00::2]:8443"),
                        Map.entry("proxy", "http://10.0.0.3:3128"),
                        Map.entry("client", "test 1"),
                        Map.entry("key", "k"),
                        Map.entry("attributes", Map.of("traceId", "t"))),
                sent);
        assertEquals(List.of("wait=30s"), service.queries);
    }

    @Test
    void shouldAskAgainWhileTheIncidentIsCollecting() {
        service.status = 202;
        service.answer = StandInService.COLLECTING;
        service.pollsUntilDecided = 2;
        try (NetverdictReporter reporter = reporter(LONG)) {
            assertEquals(
                    "tcp.refused", reporter.report(FailedRequest.of("m")).orElseThrow().cause());
        }
    }

    @Test
    void shouldNotWaitForTheHintUnlessAsked() throws Exception {
        service.open = new CountDownLatch(1);
        IOException error = new IOException("timed out");
        try (NetverdictReporter reporter = reporter(Duration.ZERO)) {
            // Would hang here, as the service does not answer before this has returned.
            assertEquals(Optional.empty(), reporter.report(FailedRequest.of(error)));
            assertEquals(0, error.getSuppressed().length);
            service.open.countDown();
        }
        assertEquals(1, error.getSuppressed().length);
    }

    @Test
    void shouldGoOnWithoutTheHintAfterTheWait() {
        service.open = new CountDownLatch(1);
        try (NetverdictReporter reporter = reporter(Duration.ofMillis(20))) {
            assertEquals(Optional.empty(), reporter.report(FailedRequest.of("m")));
            service.open.countDown();
        }
    }

    @Test
    void shouldKeepTheInterruptionOfAWaitingCaller() {
        service.open = new CountDownLatch(1);
        try (NetverdictReporter reporter = reporter(LONG)) {
            Thread.currentThread().interrupt();
            assertEquals(Optional.empty(), reporter.report(FailedRequest.of("m")));
            assertTrue(Thread.interrupted());
            service.open.countDown();
        }
    }

    @Test
    void shouldSayOnceThatTheServiceIsAway() throws IOException {
        try (NetverdictReporter reporter =
                NetverdictReporter.builder()
                        .serviceUrl(closedPortUrl())
                        .waitForHint(LONG)
                        .build()) {
            for (int count = 0; count < 3; count++) {
                assertEquals(Optional.empty(), reporter.report(FailedRequest.of("m")));
            }
            assertEquals(3, reporter.failed());
        }
        assertEquals(1, logged().size(), logged().toString());
        assertTrue(logged().get(0).contains("go unreported"), logged().toString());
    }

    @Test
    void shouldDropAndCountWhatTheQueueDoesNotHold() {
        service.open = new CountDownLatch(1);
        int reports = 50;
        try (NetverdictReporter reporter =
                NetverdictReporter.builder().serviceUrl(service.url()).queueBound(2).build()) {
            List<CompletableFuture<Optional<Hint>>> answers =
                    IntStream.range(0, reports)
                            .mapToObj(n -> reporter.reportAsync(FailedRequest.of("m")))
                            .toList();
            // Four are being sent, two wait.
            assertEquals(reports - 6, reporter.dropped());
            service.open.countDown();
            long hints = answers.stream().filter(answer -> answer.join().isPresent()).count();
            assertEquals(6, hints);
        }
    }

    @Test
    void shouldDropReportsAfterClose() {
        NetverdictReporter reporter = reporter(LONG);
        reporter.close();

        assertEquals(Optional.empty(), reporter.report(FailedRequest.of("m")));
        assertEquals(1, reporter.dropped());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"id\": 1}",
                "{\"id\": \"x\", \"verdict\": null}",
                "{\"id\": \"x\", \"status\": \"decided\", \"verdict\": {\"cause\": \"c\"}}",
                "{\"id\": \"\\u12\"}",
                "{\"a\": tru",
                "<html>"
            })
    void shouldTakeAnyAnswerForNoHint(String answer) {
        service.answer = answer;
        service.pollsUntilDecided = Integer.MAX_VALUE;
        try (NetverdictReporter reporter =
                NetverdictReporter.builder()
                        .serviceUrl(service.url())
                        .hintDeadline(Duration.ofSeconds(1))
                        .waitForHint(Duration.ofSeconds(1))
                        .build()) {
            assertEquals(Optional.empty(), reporter.report(FailedRequest.of("m")));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 500, 503})
    void shouldCountARefusedReportAsFailed(int status) {
        service.status = status;
        try (NetverdictReporter reporter = reporter(LONG)) {
            assertEquals(Optional.empty(), reporter.report(FailedRequest.of("m")));
            assertEquals(1, reporter.failed());
        }
    }

    @Test
    void shouldTakeTheUrlOfTheEnvironment() {
        Map<String, String> environment = Map.of(NetverdictReporter.URL_VARIABLE, service.url());
        try (NetverdictReporter reporter =
                new ReporterBuilder(environment).waitForHint(LONG).build()) {
            assertTrue(reporter.report(FailedRequest.of("m")).isPresent());
        }
    }

    @Test
    void shouldNotFailOnAnUnusableUrlOfTheEnvironment() {
        for (String url : List.of("", "nonsense", "ftp://x/", "http://", "::")) {
            new ReporterBuilder(Map.of(NetverdictReporter.URL_VARIABLE, url)).build().close();
        }
        assertEquals(5, logged().size());
    }

    @Test
    void shouldRefuseSettingsThatCannotWork() {
        ReporterBuilder builder = NetverdictReporter.builder();

        assertThrows(IllegalArgumentException.class, () -> builder.serviceUrl("localhost:8321"));
        assertThrows(IllegalArgumentException.class, () -> builder.queueBound(0));
        assertThrows(
                IllegalArgumentException.class, () -> builder.waitForHint(Duration.ofMillis(-1)));
        assertThrows(
                IllegalArgumentException.class, () -> builder.hintDeadline(Duration.ofMillis(1)));
    }

    @Test
    void shouldTellTheCausesOfAnException() {
        Exception error = new IOException("send", new IllegalStateException("inner"));

        assertEquals(
                "java.io.IOException: send\nCaused by: java.lang.IllegalStateException: inner",
                FailedRequest.of(error).message());
        assertFalse(FailedRequest.of(error).occurredAt().isAfter(Instant.now()));
    }
}
