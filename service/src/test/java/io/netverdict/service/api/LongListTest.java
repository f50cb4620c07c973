package io.netverdict.service.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.IncidentStatus;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.model.Verdict;
import io.netverdict.service.RunningService;
import io.netverdict.storage.IncidentStore;
import io.netverdict.storage.Retention;
import io.netverdict.storage.SliceSource;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists and searches over ten thousand incidents. */
class LongListTest {
    private static final int INCIDENTS = 10_000;
    private static final int THREADS = 8;
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final String LIST = "/api/v1/incidents";

    @TempDir private static Path directory;
    private static RunningService service;

    @BeforeAll
    static void fill() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (IncidentStore store =
                IncidentStore.open(
                        directory.resolve("data"), new Retention(Duration.ofDays(30), 2L << 30))) {
            List<Callable<Incident>> saves =
                    IntStream.range(0, INCIDENTS)
                            .<Callable<Incident>>mapToObj(
                                    i -> () -> store.save(incident(i), SliceSource.NONE))
                            .toList();
            for (Future<Incident> saved : threads.invokeAll(saves)) {
                saved.get();
            }
        } finally {
            threads.shutdownNow();
        }
        service = new RunningService(directory, Duration.ofMillis(60));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Incident incident(int number) {
        Cause[] causes = Cause.values();
        Blame[] blames = Blame.values();
        String host = "host" + number % 100 + ".example";
        String url = "https://" + host + "/object/" + number;
        String message = "GET " + url + ": i/o timeout";
        return new Incident(
                String.format(Locale.ROOT, "i%05d", number),
                // A second each; ten share one, so that order needs the id too.
                NOON.plusSeconds(number / 10),
                IncidentStatus.DECIDED,
                new ErrorReport(message, url, null, null, null, null, null, null, null, null, null),
                new Verdict(
                        causes[number % causes.length],
                        0.9,
                        // Of each hundred another, so that every host has every blame.
                        blames[number / 100 % blames.length],
                        Phase.CONNECT,
                        "hint of " + number,
                        "Explanation.",
                        List.of("Check."),
                        List.of(),
                        List.of()),
                List.of(),
                List.of(),
                Map.of("filler", "x".repeat(500)),
                null);
    }

    private static JsonNode get(String query) throws Exception {
        long start = System.nanoTime();
        HttpResponse<byte[]> response = service.get(LIST + query);
        System.out.printf(
                Locale.ROOT,
                "%7.1f ms  %d bytes  %s%n",
                (System.nanoTime() - start) / 1e6,
                response.body().length,
                query);
        assertEquals(200, response.statusCode());
        return RunningService.json(response);
    }

    @Test
    void shouldFindTheFewAmongTheMany() throws Exception {
        get("?limit=50");
        assertEquals(50, get("?limit=50").path("incidents").size());
        assertEquals(1, get("?q=object/4711:").path("incidents").size());
        assertEquals(0, get("?q=nowhere").path("incidents").size());
        assertEquals(500, get("?limit=500").path("incidents").size());
        assertEquals(
                10,
                get("?since=2026-11-22T12:16:39Z&until=2026-11-22T13:00:00Z")
                        .path("incidents")
                        .size());
        JsonNode filtered = get("?host=host7.example&blame=server&limit=50&q=TIMEOUT");
        assertTrue(filtered.path("incidents").size() > 0);
        filtered.path("incidents")
                .forEach(
                        each ->
                                assertEquals(
                                        "server", each.path("verdict").path("blame").asText()));
        get("?cause=" + Cause.values()[0].code() + "&limit=50");
    }

    @Test
    void shouldNeitherRepeatNorLoseAnyWhileOthersArrive() throws Exception {
        Set<String> seen = new HashSet<>();
        String cursor = "";
        int arrived = 0;
        String last = "9";
        do {
            HttpResponse<byte[]> response =
                    service.get(LIST + "?limit=400&q=i/o%20timeout" + cursor);
            JsonNode page = RunningService.json(response);
            for (JsonNode incident : page.path("incidents")) {
                assertTrue(seen.add(incident.path("id").asText()), "repeated: " + incident);
                String time = incident.path("receivedAt").asText();
                assertTrue(time.compareTo(last) <= 0, "not newest first");
                last = time;
            }
            service.report("", "{\"message\":\"new " + arrived++ + ": i/o timeout\"}");
            cursor = page.has("nextCursor") ? "&cursor=" + page.path("nextCursor").asText() : null;
        } while (cursor != null);

        assertTrue(arrived >= INCIDENTS / 400, arrived + " pages");
        assertEquals(INCIDENTS, seen.stream().filter(id -> id.matches("i\\d{5}")).count());
    }
}
