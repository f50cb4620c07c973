package io.netverdict.service.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.netverdict.service.RunningService;
import io.netverdict.service.incident.IncidentDesk;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that send too much, too slowly, too often, or where the disk is full. */
@Timeout(120)
class BadInputTest {
    private static final String REPORT = "{\"message\":\"m\"}";

    @TempDir private Path directory;
    private RunningService service;

    private void start(Duration settle) throws IOException {
        service = new RunningService(directory, settle);
    }

    @AfterEach
    void stop() {
        if (service != null) {
            service.close();
        }
    }

    @Test
    void shouldRefuseReportsOfTenMegabytesThatAreAnnouncedAndThatAreNot() throws Exception {
        start(Duration.ofMillis(60));
        byte[] body = ("{\"message\":\"" + "x".repeat(10_000_000) + "\"}").getBytes();
        HttpResponse<byte[]> chunked =
                service.send(
                        HttpRequest.newBuilder(service.url("/api/v1/errors"))
                                .header("Content-Type", "application/json")
                                .POST(
                                        BodyPublishers.ofInputStream(
                                                () -> new java.io.ByteArrayInputStream(body)))
                                .build());

        assertEquals(413, service.post("/api/v1/errors", "application/json", body).statusCode());
        assertEquals(413, chunked.statusCode());
        assertEquals("Report too large", RunningService.json(chunked).path("title").asText());
    }

    @Test
    void shouldServeOthersWhileManySendSlowly() throws Exception {
        start(Duration.ofMillis(60));
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                Socket socket = new Socket("127.0.0.1", service.port());
                slow.add(socket);
                String beginning =
                        "POST /api/v1/errors HTTP/1.1\r\nHost: localhost\r\n"
                                + (i % 2 == 0 ? "Content-Length: 1000\r\n\r\n{" : "X: ");
                socket.getOutputStream().write(beginning.getBytes());
            }

            assertEquals(201, service.report("?wait=20s", REPORT).statusCode());
            String answer =
                    new String(slow.get(0).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void shouldRefuseReportsBeyondThoseThatWaitAndCountThem() throws Exception {
        start(Duration.ofHours(1));
        ExecutorService clients = Executors.newFixedThreadPool(16);
        Map<Integer, Integer> answers = new TreeMap<>();
        int reports = IncidentDesk.MAX_PENDING + 200;
        long startNanos = System.nanoTime();
        try {
            List<Callable<HttpResponse<byte[]>>> calls = new ArrayList<>();
            for (int i = 0; i < reports; i++) {
                calls.add(() -> service.report("", REPORT));
            }
            for (Future<HttpResponse<byte[]>> call : clients.invokeAll(calls)) {
                answers.merge(call.get().statusCode(), 1, Integer::sum);
                if (call.get().statusCode() == 503) {
                    assertEquals("1", call.get().headers().firstValue("Retry-After").orElseThrow());
                }
            }
        } finally {
            clients.shutdownNow();
        }
        System.out.printf(
                "%d reports in %d ms: %s%n",
                reports, (System.nanoTime() - startNanos) / 1_000_000, answers);

        int refused = answers.getOrDefault(503, 0);
        assertEquals(reports, answers.get(202) + refused);
        assertTrue(refused >= 200 - 16, answers.toString());
        String metrics = new String(service.get("/metrics").body(), StandardCharsets.UTF_8);
        assertTrue(
                metrics.contains("netverdict_reports_refused_total " + (double) refused + "\n"),
                metrics);
        JsonNode health = RunningService.json(service.get("/api/v1/health"));
        assertEquals("failing", health.path("status").asText());
    }

    @Test
    void shouldSayThatTheDiskIsFullAndGoOnWhenItIsNotAnyMore() throws Exception {
        assumeTrue(
                "root".equals(System.getProperty("user.name"))
                        && mount("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs"),
                "a small file system cannot be mounted: not root, or not allowed");
        try {
            start(Duration.ofMillis(60));
            assertEquals(201, service.report("?wait=20s", REPORT).statusCode());
            Path ballast = directory.resolve("ballast");
            try (OutputStream out = Files.newOutputStream(ballast)) {
                byte[] block = new byte[4096];
                while (directory.toFile().getUsableSpace() > 32 << 10) {
                    out.write(block);
                }
            }

            HttpResponse<byte[]> refused = service.report("?wait=20s", REPORT);
            for (int i = 0; i < 1000 && refused.statusCode() < 500; i++) {
                refused = service.report("?wait=20s", REPORT);
            }
            HttpResponse<byte[]> health = service.get("/api/v1/health");
            Files.delete(ballast);

            assertEquals(507, refused.statusCode());
            assertEquals("Disk full", RunningService.json(refused).path("title").asText());
            assertEquals(503, health.statusCode());
            JsonNode checks = RunningService.json(health).path("checks");
            assertEquals("store", checks.path(1).path("name").asText());
            assertEquals(false, checks.path(1).path("ok").asBoolean());
            assertEquals(false, checks.path(2).path("ok").asBoolean());

            assertEquals(201, service.report("?wait=20s", REPORT).statusCode());
            assertEquals(200, service.get("/api/v1/health").statusCode());
            awaitDecisions();
        } finally {
            service.close();
            mount("umount", "--lazy");
        }
    }

    /** Reports that were acknowledged while verdicts could not be kept. */
    private void awaitDecisions() throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        int collecting;
        do {
            JsonNode status = RunningService.json(service.get("/api/v1/status"));
            collecting = status.path("incidentsCollecting").asInt();
        } while (collecting > 0 && System.nanoTime() < deadline);
        assertEquals(0, collecting, "are still collecting");
        for (JsonNode incident :
                RunningService.json(service.get("/api/v1/incidents?limit=500")).path("incidents")) {
            assertEquals("decided", incident.path("status").asText());
        }
    }

    private boolean mount(String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(command));
        line.add(directory.toString());
        return new ProcessBuilder(line).inheritIO().start().waitFor() == 0;
    }

    @Test
    void shouldRefuseGarbageWithoutAFault() throws Exception {
        start(Duration.ofMillis(60));
        for (String body :
                List.of(
                        "",
                        "null",
                        "[]",
                        "\"m\"",
                        "{",
                        "{\"message\":1}",
                        "{\"message\":\"\"}",
                        "{\"message\":\"m\"} trailing",
                        "[".repeat(100_000),
                        "{\"a\":".repeat(5000),
                        "\u0000\u0001\ufffe",
                        "{\"message\":\"m\",\"attributes\":{\"a\":{}}}")) {
            HttpResponse<byte[]> response = service.report("", body);
            assertEquals(
                    400, response.statusCode(), body.substring(0, Math.min(40, body.length())));
            assertNotEquals("", RunningService.json(response).path("detail").asText());
        }
    }
}
