package io.netverdict.service.api;

import io.netverdict.service.api.http.Json;
import io.netverdict.storage.IncidentChange;
import io.netverdict.storage.IncidentStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One client's stream of events, written by the thread that runs it.
 *
 * <p>An event's id is the number of the change; its name is the incident's status, {@code
 * collecting} or {@code decided}; its data is the incident as one line of JSON. {@code reset} says
 * that the client's position is not of this store: what it knows is to be read anew.
 */
final class EventStream {
    private static final int PAGE = 50;
    private static final byte[] RETRY = ascii("retry: 2000\n\n");
    private static final byte[] HEARTBEAT = ascii(":\n\n");

    private final IncidentStore store;
    private final OutputStream out;
    private final Duration heartbeat;
    private final BooleanSupplier closing;
    private final Runnable abort;
    private long position;

    /** When the write under way began; 0 while none is. */
    private volatile long writingSinceNanos;

    EventStream(
            IncidentStore store,
            OutputStream out,
            long position,
            Duration heartbeat,
            BooleanSupplier closing,
            Runnable abort) {
        this.store = store;
        this.out = out;
        this.position = position;
        this.heartbeat = heartbeat;
        this.closing = closing;
        this.abort = abort;
    }

    /** Writes events until the client is gone or the service closes. */
    void run() throws IOException, InterruptedException {
        write(RETRY);
        long newest = store.lastChange();
        if (position > newest) {
            position = newest;
            write(event(newest, "reset", ascii("{}")));
        }
        while (true) {
            // Asked first, so that the last events before the end are told.
            boolean last = closing.getAsBoolean();
            long seen = store.changes().count();
            List<IncidentChange> changes = store.changesAfter(position, PAGE);
            if (!changes.isEmpty()) {
                ByteArrayOutputStream page = new ByteArrayOutputStream();
                for (IncidentChange change : changes) {
                    page.writeBytes(
                            event(
                                    change.number(),
                                    change.incident().status().code(),
                                    Json.bytes(change.incident())));
                    position = change.number();
                }
                write(page.toByteArray());
            } else if (last) {
                return;
            } else if (!store.changes().await(seen, heartbeat)) {
                write(HEARTBEAT);
            }
        }
    }

    private void write(byte[] bytes) throws IOException {
        writingSinceNanos = Math.max(1, System.nanoTime());
        out.write(bytes);
        out.flush();
        writingSinceNanos = 0;
    }

    private static byte[] event(long id, String name, byte[] data) {
        ByteArrayOutputStream event = new ByteArrayOutputStream(data.length + 64);
        event.writeBytes(ascii("id: " + id + "\nevent: " + name + "\ndata: "));
        event.writeBytes(data);
        event.writeBytes(ascii("\n\n"));
        return event.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** How long the client has not taken what is being written; 0 while nothing is. */
    long stuckNanos() {
        long since = writingSinceNanos;
        return since == 0 ? 0 : System.nanoTime() - since;
    }

    /** Ends the connection, from any thread. */
    void abort() {
        abort.run();
    }
}
