package io.netverdict.hook.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.netverdict.hook.CauseHint;
import io.netverdict.hook.NetverdictReporter;
import io.netverdict.hook.StandInService;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReportingHttpClientTest {
    private StandInService service;
    private NetverdictReporter reporter;

    @BeforeEach
    void start() throws IOException {
        service = new StandInService();
        reporter =
                NetverdictReporter.builder()
                        .serviceUrl(service.url())
                        .waitForHint(Duration.ofSeconds(30))
                        .build();
    }

    @AfterEach
    void stop() {
        reporter.close();
        service.close();
    }

    private static HttpRequest get(String url) {
        return HttpRequest.newBuilder(URI.create(url)).build();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void shouldReportAFailedRequestAndThrowItsOwnException() throws Exception {
        HttpClient client = ReportingHttpClient.wrap(HttpClient.newHttpClient(), reporter);
        String url = "http://127.0.0.1:" + closedPort() + "/img?x=1";
        Instant before = Instant.now();

        ConnectException failure =
                assertThrows(
                        ConnectException.class,
                        () -> client.send(get(url), BodyHandlers.discarding()));

        Map<?, ?> report = service.onlyReport();
        assertEquals(url, report.get("url"));
        assertEquals("GET", report.get("method"));
        assertTrue(report.get("message").toString().startsWith("java.net.ConnectException"));
        assertTrue(report.get("client").toString().startsWith("java.net.http "));
        Instant startedAt = Instant.parse((String) report.get("startedAt"));
        Instant occurredAt = Instant.parse((String) report.get("occurredAt"));
        assertTrue(!startedAt.isBefore(before) && !occurredAt.isBefore(startedAt));
        assertInstanceOf(CauseHint.class, failure.getSuppressed()[0]);
    }

    @Test
    void shouldReportAFailedAsynchronousRequest() throws Exception {
        HttpClient client = ReportingHttpClient.wrap(HttpClient.newHttpClient(), reporter);
        String url = "http://127.0.0.1:" + closedPort() + "/";

        var response = client.sendAsync(get(url), BodyHandlers.discarding());
        CompletionException failure = assertThrows(CompletionException.class, response::join);
        // The client's own thread reports; the caller may see the failure a moment earlier.
        service.awaitReport();
        reporter.close();

        assertInstanceOf(ConnectException.class, failure.getCause());
        assertEquals(url, service.onlyReport().get("url"));
    }

    @Test
    void shouldNameTheProxyOfTheRequest() throws Exception {
        int proxyPort = closedPort();
        HttpClient client =
                ReportingHttpClient.wrap(
                        HttpClient.newBuilder()
                                .proxy(
                                        ProxySelector.of(
                                                new InetSocketAddress("127.0.0.1", proxyPort)))
                                .build(),
                        reporter);

        assertThrows(
                IOException.class,
                () -> client.send(get("http://store.example/"), BodyHandlers.discarding()));

        assertEquals("http://127.0.0.1:" + proxyPort, service.onlyReport().get("proxy"));
    }

    @Test
    void shouldReturnAnswersOfAnyStatusWithoutReport() throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(503, -1);
                    exchange.close();
                });
        server.start();
        try {
            HttpClient client = ReportingHttpClient.wrap(HttpClient.newHttpClient(), reporter);
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";

            assertEquals(503, client.send(get(url), BodyHandlers.discarding()).statusCode());
        } finally {
            server.stop(0);
        }
        reporter.close();
        assertTrue(service.reports.isEmpty());
    }

    @Test
    void shouldNotReportACancelledRequest() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    arrived.countDown();
                    try {
                        release.await();
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                    exchange.close();
                });
        server.start();
        try {
            HttpClient client = ReportingHttpClient.wrap(HttpClient.newHttpClient(), reporter);
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            var response = client.sendAsync(get(url), BodyHandlers.discarding());
            arrived.await();
            assertTrue(response.cancel(true));
        } finally {
            release.countDown();
            server.stop(0);
        }
        reporter.close();
        assertTrue(service.reports.isEmpty());
    }

    @Test
    void shouldBeTheClientItWraps() {
        HttpClient wrapped =
                HttpClient.newBuilder()
                        .connectTimeout(Duration.ofSeconds(3))
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
        HttpClient client = ReportingHttpClient.wrap(wrapped, reporter);

        assertEquals(wrapped.connectTimeout(), client.connectTimeout());
        assertEquals(wrapped.followRedirects(), client.followRedirects());
        assertEquals(wrapped.version(), client.version());
        assertEquals(wrapped.executor(), client.executor());
        assertEquals(wrapped.proxy(), client.proxy());
        assertEquals(wrapped.cookieHandler(), client.cookieHandler());
        assertEquals(wrapped.authenticator(), client.authenticator());
        assertSame(wrapped.sslContext(), client.sslContext());
    }
}
