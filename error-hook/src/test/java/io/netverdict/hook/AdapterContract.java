package io.netverdict.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.hook.support.LoggedFailures;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every adapter does; run against each real client library by the tests that extend it. */
public abstract class AdapterContract {
    protected static final Duration READ_TIMEOUT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(30);

    protected StandInService service;
    protected BrokenServer server;
    protected NetverdictReporter reporter;

    @BeforeEach
    void start() throws IOException {
        service = new StandInService();
        server = new BrokenServer();
        reporter = reporter(LONG);
    }

    @AfterEach
    void stop() {
        reporter.close();
        server.close();
        service.close();
    }

    private NetverdictReporter reporter(Duration waitForHint) {
        return NetverdictReporter.builder()
                .serviceUrl(service.url())
                .waitForHint(waitForHint)
                .build();
    }

    /** Gets a URL through the adapter and reads the body to its end; gives up after a time-out. */
    protected abstract void get(String url, NetverdictReporter through) throws Exception;

    /** How the reports name the client. */
    protected abstract String client();

    /** Whether the adapter makes the application wait for the hint where the reporter says so. */
    protected boolean waits() {
        return true;
    }

    /** What the client makes of a URL; the same unless it speaks a protocol of its own. */
    protected String asked(String url) {
        return url;
    }

    protected final Exception failureOf(String url) throws InterruptedException {
        Exception failure = assertThrows(Exception.class, () -> get(url, reporter));
        if (!waits()) {
            service.awaitReport();
            reporter.close();
        }
        return failure;
    }

    private void assertReported(String url, Exception failure) {
        Map<?, ?> report = service.onlyReport();
        assertEquals(asked(url), report.get("url"));
        assertEquals("GET", report.get("method"));
        assertTrue(report.get("client").toString().startsWith(client()), report.toString());
        Instant startedAt = Instant.parse((String) report.get("startedAt"));
        assertFalse(Instant.parse((String) report.get("occurredAt")).isBefore(startedAt));
        assertTrue(LoggedFailures.hintOf(failure).isPresent(), () -> "no hint in " + failure);
    }

    @Test
    void shouldReportARefusedConnectionAndThrowItsOwnException() throws Exception {
        String url = BrokenServer.refusedUrl();
        assertReported(url, failureOf(url));
    }

    @Test
    void shouldReportASilentServer() throws Exception {
        String url = server.url(BrokenServer.SILENT);
        assertReported(url, failureOf(url));
    }

    @Test
    void shouldReportABodyThatIsResetWhileItIsRead() throws Exception {
        String url = server.url(BrokenServer.RESET_IN_BODY);
        assertReported(url, failureOf(url));
    }

    @Test
    void shouldReturnAnswersOfAnyStatusWithoutReport() throws Exception {
        get(server.url(BrokenServer.FINE), reporter);
        try {
            get(server.url(BrokenServer.MISSING), reporter);
        } catch (Exception somethingThatTheLibraryMakesOfIt) {
            assertFalse(LoggedFailures.hintOf(somethingThatTheLibraryMakesOfIt).isPresent());
        }
        reporter.close();
        assertEquals(0, service.reports.size(), service.reports::toString);
    }

    @Test
    void shouldThrowTheSameWithTheServiceAway() throws Exception {
        String url = BrokenServer.refusedUrl();
        Exception reported = failureOf(url);
        service.close();
        try (NetverdictReporter away = reporter(LONG)) {
            Exception unreported = assertThrows(Exception.class, () -> get(url, away));
            assertEquals(reported.getClass(), unreported.getClass());
            assertFalse(LoggedFailures.hintOf(unreported).isPresent());
        }
    }

    @Test
    void shouldNotMakeTheApplicationWaitUnlessAsked() throws Exception {
        service.open = new java.util.concurrent.CountDownLatch(1);
        String url = BrokenServer.refusedUrl();
        Exception failure;
        try (NetverdictReporter patient = reporter(Duration.ZERO)) {
            // Would hang here: the service does not answer before this has returned.
            failure = assertThrows(Exception.class, () -> get(url, patient));
            service.open.countDown();
        }
        service.awaitReport();
        assertEquals(asked(url), service.onlyReport().get("url"), failure::toString);
    }
}
