package io.netverdict.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Incident;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand incidents: listing, filtering, paging, letting go. Figures are printed. */
class ManyIncidentsTest {
    private static final int INCIDENTS = 10_000;
    private static final int WRITERS = 32;
    private static final Cause[] CAUSES = {
        Cause.TCP_SYN_NO_RESPONSE, Cause.TCP_REFUSED, Cause.DNS_NXDOMAIN, Cause.TLS_ALERT
    };

    @TempDir Path directory;

    @Test
    void shouldListAndFilterTenThousand() throws Exception {
        Retention half = new Retention(Duration.ofSeconds(INCIDENTS / 2), 1L << 40);
        try (IncidentStore store = IncidentStore.open(directory, half)) {
            long start = System.nanoTime();
            saveAll(store);
            print("save 10,000 from " + WRITERS + " threads", start);

            StorageUse use = store.use();
            assertEquals(INCIDENTS, use.incidents());
            System.out.println(use);

            IncidentQuery newest = IncidentQuery.newest();
            start = System.nanoTime();
            List<Incident> page = store.list(newest).incidents();
            print("newest 50", start);
            assertEquals("id9999", page.get(0).id());
            assertEquals(IncidentQuery.DEFAULT_LIMIT, page.size());

            start = System.nanoTime();
            page =
                    store.list(newest.withCause(Cause.DNS_NXDOMAIN).withHost("host7.example"))
                            .incidents();
            print("by cause and host", start);
            assertTrue(page.isEmpty(), "host7 has only causes of odd numbers");

            start = System.nanoTime();
            page = store.list(newest.withText("host77.EXAMPLE")).incidents();
            print("by text", start);
            assertEquals(IncidentQuery.DEFAULT_LIMIT, page.size());

            start = System.nanoTime();
            assertEquals(INCIDENTS, countPages(store, newest.withLimit(500)));
            print("all, in pages of 500", start);

            start = System.nanoTime();
            RetentionReport report = store.enforce(Samples.NOON.plusSeconds(INCIDENTS));
            print("remove 5,000", start);
            assertEquals(INCIDENTS / 2, report.removedByAge());
            System.out.println(report);
        }
        long closedBytes = directory.resolve("incidents.mv.db").toFile().length();
        System.out.println("database closed: " + closedBytes + " bytes");
        try (IncidentStore store = IncidentStore.open(directory, half)) {
            StorageUse use = store.use();
            assertEquals(INCIDENTS / 2, use.incidents());
            assertTrue(closedBytes < 3 * use.storedBytes(), use.toString());
        }
    }

    private static void saveAll(IncidentStore store) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Callable<Incident>> saves = new ArrayList<>();
            for (int count = 0; count < INCIDENTS; count++) {
                Incident incident =
                        Samples.incident(
                                "id" + count,
                                Samples.NOON.plusSeconds(count),
                                CAUSES[count % CAUSES.length],
                                "host" + count % 100 + ".example");
                saves.add(() -> store.save(incident, SliceSource.NONE));
            }
            for (Future<Incident> save : threads.invokeAll(saves)) {
                save.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static int countPages(IncidentStore store, IncidentQuery query) {
        int count = 0;
        IncidentPage page;
        String cursor = null;
        do {
            page = store.list(query.withCursor(cursor));
            count += page.incidents().size();
            cursor = page.nextCursor();
        } while (cursor != null);
        return count;
    }

    private static void print(String what, long startNanos) {
        System.out.printf("%s: %.1f ms%n", what, (System.nanoTime() - startNanos) / 1e6);
    }
}
