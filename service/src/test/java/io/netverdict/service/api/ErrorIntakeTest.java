package io.netverdict.service.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.netverdict.service.RunningService;
import io.netverdict.service.SampleCapture;
import io.netverdict.storage.IncidentStore;
import io.netverdict.storage.Retention;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorIntakeTest {
    private static final String REPORT =
            """
            {"message":"dial tcp 192.0.2.80:8443: i/o timeout","url":"%s",
             "occurredAt":"%s","key":"%s","attributes":{"device":"d7"}}""";

    @TempDir private Path directory;
    private RunningService service;

    @BeforeEach
    void start() throws IOException {
        service = new RunningService(directory, Duration.ofMillis(100));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private static String report(String key) {
        return REPORT.formatted(SampleCapture.URL, SampleCapture.ERROR_AT, key);
    }

    @Test
    void shouldAnswerWithTheDecidedIncidentWhenWaitedFor() throws Exception {
        HttpResponse<byte[]> response = service.report("?wait=20s", report("k1"));

        JsonNode incident = RunningService.json(response);
        assertEquals(201, response.statusCode());
        assertEquals("decided", incident.path("status").asText());
        assertEquals("k1", incident.path("error").path("key").asText());
        assertEquals("d7", incident.path("error").path("attributes").path("device").asText());
        assertEquals("tcp.syn-no-response", incident.path("verdict").path("cause").asText());
        assertEquals(4, incident.path("slice").path("packets").asInt());
        assertEquals(
                "/api/v1/incidents/" + incident.path("id").asText(),
                response.headers().firstValue("Location").orElseThrow());
    }

    @Test
    void shouldAcknowledgeAtOnceWithoutWait() throws Exception {
        HttpResponse<byte[]> response = service.report("", report("k2"));

        assertEquals(202, response.statusCode());
        assertEquals("collecting", RunningService.json(response).path("status").asText());
        String location = response.headers().firstValue("Location").orElseThrow();
        assertEquals(200, service.get(location).statusCode());
    }

    @Test
    void shouldKeepOneIncidentForOneKey() throws Exception {
        HttpResponse<byte[]> first = service.report("?wait=20s", report("same"));
        HttpResponse<byte[]> second = service.report("?wait=20s", report("same"));

        assertEquals(201, first.statusCode());
        assertEquals(200, second.statusCode());
        assertEquals(RunningService.json(first), RunningService.json(second));
        JsonNode all = RunningService.json(service.get("/api/v1/incidents"));
        assertEquals(1, all.path("incidents").size());
    }

    @Test
    void shouldLetTheSecondOfOneKeyWaitForTheFirst() throws Exception {
        HttpResponse<byte[]> first = service.report("", report("same"));
        HttpResponse<byte[]> second = service.report("?wait=20s", report("same"));

        JsonNode decided = RunningService.json(second);
        assertEquals("decided", decided.path("status").asText());
        assertEquals(RunningService.json(first).path("id"), decided.path("id"));
    }

    @Test
    void shouldTakeTheTimeOfReceiptWhereNoneIsReported() throws Exception {
        JsonNode incident =
                RunningService.json(service.report("?wait=20s", "{\"message\":\"boom\"}"));

        assertEquals(incident.path("receivedAt"), incident.path("error").path("occurredAt"));
    }

    @Test
    void shouldNameTheFieldOfAMalformedReport() throws Exception {
        HttpResponse<byte[]> response =
                service.report("", "{\"message\":\"m\",\"occurredAt\":\"noon\"}");

        JsonNode problem = problem(400, response);
        assertEquals("occurredAt", problem.path("field").asText());
        assertEquals("/occurredAt", problem.path("pointer").asText());
        assertEquals("#/occurredAt", problem.at("/errors/0/pointer").asText());
        assertFalse(problem.at("/errors/0/detail").asText().isEmpty());
    }

    @Test
    void shouldRefuseWhatIsNoJson() throws Exception {
        problem(400, service.report("", "{\"message\""));
        problem(400, service.report("?wait=soon", "{\"message\":\"m\"}"));
        problem(
                415,
                service.post(
                        "/api/v1/errors", "application/x-www-form-urlencoded", new byte[] {'m'}));
    }

    @Test
    void shouldRefuseReportsOverOneMebibyte() throws Exception {
        String padding = "x".repeat(1 << 20);

        HttpResponse<byte[]> response = service.report("", "{\"message\":\"" + padding + "\"}");

        problem(413, response);
    }

    @Test
    void shouldDecideReportsOfAlmostOneMebibyte() throws Exception {
        String padding = "x".repeat((1 << 20) - 100);

        HttpResponse<byte[]> response =
                service.report("?wait=20s", "{\"message\":\"" + padding + "\"}");

        assertEquals(201, response.statusCode());
        assertEquals("decided", RunningService.json(response).path("status").asText());
    }

    @Test
    void shouldDecideWhatIsPendingWhenItStops() throws Exception {
        service.close();
        service = new RunningService(directory, Duration.ofHours(1));
        String location =
                service.report("", "{\"message\":\"nothing of this is recorded\"}")
                        .headers()
                        .firstValue("Location")
                        .orElseThrow();

        service.close();
        service = new RunningService(directory, Duration.ofHours(1));

        JsonNode incident = RunningService.json(service.get(location));
        assertEquals("decided", incident.path("status").asText());
    }

    @Test
    void shouldDecideWhatItIsLookingAtWhenItStops() throws Exception {
        // Takes long enough to be looked at for the end to come meanwhile.
        String padding = "x".repeat((1 << 20) - 100);
        for (int round = 0; round < 5; round++) {
            service.report("", "{\"message\":\"" + padding + "\"}");
            Thread.sleep(round * 20L);
            service.close();
            try (IncidentStore store =
                    IncidentStore.open(directory.resolve("data"), Retention.DEFAULT)) {
                assertEquals(List.of(), store.collecting());
            }
            service = new RunningService(directory, Duration.ofMillis(100));
        }
    }

    private static JsonNode problem(int status, HttpResponse<byte[]> response) throws IOException {
        assertEquals(status, response.statusCode());
        assertEquals(
                "application/problem+json",
                response.headers().firstValue("Content-Type").orElseThrow());
        JsonNode problem = RunningService.json(response);
        assertEquals(status, problem.path("status").asInt());
        assertFalse(problem.path("title").asText().isEmpty());
        assertFalse(problem.path("detail").asText().isEmpty());
        return problem;
    }
}
