package io.netverdict.storage;

import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Incident;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A process that saves incidents, decided ones and collected ones, from two threads until it is
 * killed. It prints the id of each once the store has returned it.
 */
final class CrashingWriter {
    private static final int WRITERS = 2;

    private CrashingWriter() {}

    public static void main(String[] arguments) {
        IncidentStore store = IncidentStore.open(Path.of(arguments[0]), Retention.DEFAULT);
        IncidentIds ids = new IncidentIds();
        for (int writer = 0; writer < WRITERS; writer++) {
            boolean collectsFirst = writer % 2 == 0;
            new Thread(() -> write(store, ids, collectsFirst)).start();
        }
    }

    private static void write(IncidentStore store, IncidentIds ids, boolean collectsFirst) {
        while (true) {
            Instant now = Instant.now();
            String id = ids.next(now);
            Incident decided = Samples.incident(id, now, Cause.TCP_REFUSED, "crash.example", id);
            SliceSource slice = Samples.slice(id.repeat(1000));
            Incident saved;
            if (collectsFirst) {
                store.acknowledge(Samples.collecting(id, now, id));
                saved = store.acknowledge(decided, slice);
            } else {
                saved = store.decide(decided, slice);
            }
            System.out.println(saved.id());
        }
    }
}
