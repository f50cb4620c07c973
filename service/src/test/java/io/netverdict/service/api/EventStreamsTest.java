package io.netverdict.service.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.netverdict.service.RunningService;
import io.netverdict.service.api.EventListener.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EventStreamsTest {
    private static final String EVENTS = "/api/v1/events";

    @TempDir private Path directory;
    private RunningService service;

    @BeforeEach
    void start() throws IOException {
        service = new RunningService(directory, Duration.ofMillis(200));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private EventListener listen(String query, String lastEventId) throws Exception {
        return new EventListener(service.url(EVENTS + query), lastEventId);
    }

    private JsonNode report(String query, String message) throws Exception {
        return RunningService.json(service.report(query, "{\"message\":\"" + message + "\"}"));
    }

    @Test
    void shouldTellAnIncidentWhenItIsKeptAndWhenItIsDecided() throws Exception {
        try (EventListener listener = listen("", null)) {
            assertEquals(200, listener.response().statusCode());
            assertEquals(
                    "text/event-stream",
                    listener.response().headers().firstValue("Content-Type").orElseThrow());
            String id = report("", "one").path("id").asText();

            Event kept = listener.next();
            Event decided = listener.next();

            assertEquals("collecting", kept.name());
            assertEquals(id, kept.data().path("id").asText());
            assertEquals("decided", decided.name());
            assertEquals(
                    RunningService.json(service.get("/api/v1/incidents/" + id)), decided.data());
            assertTrue(Long.parseLong(decided.id()) > Long.parseLong(kept.id()));
        }
    }

    @Test
    void shouldGoOnWhereAClientStoppedListening() throws Exception {
        String first;
        try (EventListener listener = listen("", null)) {
            report("?wait=20s", "one");
            listener.next();
            first = listener.next().id();
        }
        JsonNode second = report("?wait=20s", "two");
        JsonNode third = report("?wait=20s", "three");

        for (EventListener resumed : List.of(listen("", first), listen("?after=" + first, null))) {
            assertEquals(second, resumed.next().data());
            assertEquals(third, resumed.next().data());
            resumed.close();
        }
    }

    @Test
    void shouldGoOnFromAListAlsoAfterAStart() throws Exception {
        report("?wait=20s", "one");
        String last =
                RunningService.json(service.get("/api/v1/incidents")).path("lastEventId").asText();
        service.close();
        service = new RunningService(directory, Duration.ofMillis(200));
        JsonNode second = report("?wait=20s", "two");

        try (EventListener listener = listen("?after=" + last, null)) {
            assertEquals(second, listener.next().data());
        }
    }

    @Test
    void shouldTellAClientOfAnotherStoreToReadAnew() throws Exception {
        try (EventListener listener = listen("", "123456789")) {
            assertEquals("reset", listener.next().name());
            JsonNode one = report("?wait=20s", "one");
            assertEquals(one.path("id"), listener.next().data().path("id"));
        }
    }

    @Test
    void shouldRefuseAPositionThatIsNone() throws Exception {
        assertEquals(400, service.get(EVENTS + "?after=-1").statusCode());
        assertEquals(400, service.get(EVENTS + "?after=yesterday").statusCode());
    }

    @Test
    void shouldTurnAwayListenersBeyondTheLimitAndTakeThemWhenOthersHaveGone() throws Exception {
        List<EventListener> listeners = new ArrayList<>();
        try {
            for (int i = 0; i < EventStreams.MAX_CLIENTS; i++) {
                listeners.add(listen("", null));
                assertEquals(200, listeners.get(i).response().statusCode());
            }
            try (EventListener oneTooMany = listen("", null)) {
                assertEquals(503, oneTooMany.response().statusCode());
                assertEquals(
                        "1",
                        oneTooMany.response().headers().firstValue("Retry-After").orElseThrow());
            }
        } finally {
            for (EventListener listener : listeners) {
                listener.close();
            }
        }
        // A write finds that they have gone.
        int status = 503;
        while (status != 200) {
            report("?wait=20s", "more");
            try (EventListener listener = listen("", null)) {
                status = listener.response().statusCode();
            }
        }
    }

    @Test
    void shouldEndStreamsWhenItStops() throws Exception {
        try (EventListener listener = listen("", null)) {
            report("", "decided at the end");
            service.close();

            Event last = null;
            for (Event event = listener.next(); event != null; event = listener.next()) {
                last = event;
            }

            assertEquals("decided", last.name());
            assertNull(listener.next());
        }
    }
}
