package io.netverdict.service.api;

import io.javalin.http.Context;
import io.netverdict.service.api.http.ApiProblem;
import io.netverdict.service.api.http.Connections;
import io.netverdict.service.api.route.Parameter;
import io.netverdict.service.api.route.Route;
import io.netverdict.service.metrics.ServiceMetrics;
import io.netverdict.storage.IncidentStore;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * {@code GET /api/v1/events}: incidents as they are kept and decided, as server-sent events.
 *
 * <p>Each client has a thread that reads the store from where the client is, so that nothing is
 * queued, and a slow client costs one page of incidents, holds up nobody and misses nothing. A
 * client that takes no byte for the server's idle time is dropped; when all places are taken, the
 * one that has been stuck the longest is.
 *
 * <p>Thread-safe. Threads: {@code events}, at most {@link #MAX_CLIENTS}.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">the format</a>
 */
final class EventStreams implements AutoCloseable {
    static final String PATH = "/api/v1/events";
    static final String MEDIA_TYPE = "text/event-stream";
    static final int MAX_CLIENTS = 32;
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration STUCK = Duration.ofSeconds(5);
    private static final long STOP_MILLIS = 100;

    /** So long what was decided at the end may take to be told. */
    private static final Duration LAST_EVENTS = Duration.ofMillis(400);

    private final IncidentStore store;
    private final Set<EventStream> clients = ConcurrentHashMap.newKeySet();
    private final LongAdder refused = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final Semaphore places = new Semaphore(MAX_CLIENTS);
    private final ExecutorService threads;
    private volatile boolean closing;

    EventStreams(IncidentStore store) {
        this.store = store;
        threads =
                Executors.newCachedThreadPool(
                        task -> {
                            Thread made = new Thread(task, "events");
                            made.setDaemon(true);
                            return made;
                        });
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                                PATH,
                                "listenToEvents",
                                "Incidents as they are kept and decided, as server-sent events.")
                        .takes(
                                Parameter.header(
                                        "Last-Event-ID",
                                        "Go on after this event; browsers send it."))
                        .takes(
                                Parameter.query(
                                        "after",
                                        String.class,
                                        "The same, for the first request; lastEventId of a list"
                                                + " has it."))
                        .answersFile(
                                200,
                                "Events named collecting and decided, whose data is the incident;"
                                        + " reset: read the list anew.",
                                MEDIA_TYPE)
                        .refuses(400, "The position is none.")
                        .refuses(503, "Too many listen already; Retry-After says when.")
                        .handledBy(this::open));
    }

    private void open(Context context) throws IOException {
        long after = position(context);
        if (!places.tryAcquire()) {
            refused.increment();
            dropOneThatIsStuck();
            throw ApiProblem.busy(
                    503, "Too many listeners", "at most " + MAX_CLIENTS + " listen at a time");
        }
        context.status(200)
                .contentType(MEDIA_TYPE)
                .header("Cache-Control", "no-store")
                // Reverse proxies that buffer would hold events back.
                .header("X-Accel-Buffering", "no")
                .disableCompression();
        OutputStream out = context.res().getOutputStream();
        Runnable abort = () -> Connections.end(context);
        EventStream client = new EventStream(store, out, after, HEARTBEAT, () -> closing, abort);
        context.future(() -> CompletableFuture.runAsync(() -> serve(client), threads));
    }

    private void serve(EventStream client) {
        clients.add(client);
        try {
            client.run();
        } catch (IOException gone) {
            // The client went away or took nothing for too long; that is all there is to it.
            dropped.increment();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            clients.remove(client);
            places.release();
        }
    }

    private void dropOneThatIsStuck() {
        clients.stream()
                .filter(client -> client.stuckNanos() > STUCK.toNanos())
                .max(java.util.Comparator.comparingLong(EventStream::stuckNanos))
                .ifPresent(EventStream::abort);
    }

    /** Where the client wants to go on: the header browsers send, else a parameter, else now. */
    private long position(Context context) {
        String header = context.header("Last-Event-ID");
        String text = header != null ? header : context.queryParam("after");
        if (text == null || text.isBlank()) {
            return store.lastChange();
        }
        try {
            long number = Long.parseLong(text.strip());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw ApiProblem.ofParameter(
                header != null ? "Last-Event-ID" : "after", "must be the id of an event");
    }

    /** Adds who listens to the figures. */
    void addTo(MetricSnapshots.Builder metrics) {
        ServiceMetrics.addGauge(metrics, "event_listeners", "Clients that listen.", clients.size());
        ServiceMetrics.addCounter(
                metrics,
                "event_listeners_refused",
                "Clients turned away for lack of a place.",
                refused.sum());
        ServiceMetrics.addCounter(
                metrics,
                "event_listeners_gone",
                "Streams that ended because their client was gone or took nothing.",
                dropped.sum());
    }

    /** Ends all streams; clients find them closed, and come back to the next start. */
    @Override
    public void close() {
        store.settle(LAST_EVENTS);
        closing = true;
        store.changes().signal();
        threads.shutdown();
        try {
            threads.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
