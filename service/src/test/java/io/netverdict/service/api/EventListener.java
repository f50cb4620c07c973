package io.netverdict.service.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.netverdict.correlator.model.ContractJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A client of the event stream that reads it as the standard says. */
final class EventListener implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    /** One event. */
    record Event(String id, String name, JsonNode data) {}

    EventListener(URI url, String lastEventId) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url).header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        response = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
        lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    HttpResponse<InputStream> response() {
        return response;
    }

    /**
     * The next event, comments passed over; null where the stream has ended. Fails where none
     * comes: reading itself heeds neither interrupts nor a test's time limit.
     */
    Event next() throws Exception {
        FutureTask<Event> event = new FutureTask<>(this::read);
        Thread reader = new Thread(event, "event-listener");
        reader.setDaemon(true);
        reader.start();
        try {
            return event.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("no event within " + PATIENCE_SECONDS + " s", e);
        }
    }

    private Event read() throws IOException {
        String id = null;
        String name = null;
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty() && !data.isEmpty()) {
                return new Event(id, name, ContractJson.mapper().readTree(data.toString()));
            } else if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data.append(line.substring(6));
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
