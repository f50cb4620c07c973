package io.netverdict.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real HTTP server that speaks the part of the service's API that reporting uses. */
public final class StandInService implements AutoCloseable {
    public static final String DECIDED =
            """
            {"id": "01inc", "status": "decided", "error": {"message": "m"},
             "verdict": {"cause": "tcp.refused", "confidence": 9.7e-1, "blame": "server",
              "hint": "10.77.0.2:8443 refused \\u2013 \\"RST\\"", "evidence": [{"frames": [1, 2]}],
              "advice": []}, "slice": null}
            """;
    public static final String COLLECTING = "{\"id\": \"01inc\", \"status\": \"collecting\"}";

    public final List<String> reports = new CopyOnWriteArrayList<>();
    public final List<String> queries = new CopyOnWriteArrayList<>();

    /** Answers to POST wait for this. */
    public volatile CountDownLatch open = new CountDownLatch(0);

    public volatile int status = 201;
    public volatile String answer = DECIDED;

    /** How often the incident is asked for before it is decided. */
    public volatile int pollsUntilDecided;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    public StandInService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/api/v1/errors", this::takeReport);
        server.createContext("/api/v1/incidents/01inc", this::showIncident);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void takeReport(HttpExchange exchange) throws IOException {
        reports.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        queries.add(exchange.getRequestURI().getQuery());
        try {
            open.await();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
        exchange.getResponseHeaders().add("Location", "/api/v1/incidents/01inc");
        send(exchange, status, answer);
    }

    private void showIncident(HttpExchange exchange) throws IOException {
        send(exchange, 200, pollsUntilDecided-- > 1 ? COLLECTING : DECIDED);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        open.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    /** The only report that has come. */
    public Map<?, ?> onlyReport() {
        assertEquals(1, reports.size(), reports::toString);
        return JsonReader.object(reports.get(0)).orElseThrow();
    }

    /** Waits, ten seconds at most, until a first report has come. */
    public void awaitReport() throws InterruptedException {
        for (int i = 0; i < 1_000 && reports.isEmpty(); i++) {
            Thread.sleep(10);
        }
    }
}
