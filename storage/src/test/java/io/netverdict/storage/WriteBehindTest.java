package io.netverdict.storage;

import static io.netverdict.storage.Samples.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.IncidentStatus;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Incidents that are acknowledged before the database has them; see also {@link CrashTest}. */
class WriteBehindTest {
    @TempDir Path directory;

    private IncidentStore open() {
        return IncidentStore.open(directory, Retention.DEFAULT);
    }

    private static Incident decided(String id, String key) {
        return Samples.incident(id, NOON, Cause.TCP_REFUSED, "shop.example", key);
    }

    @Test
    void shouldFindAndListWhatWasAcknowledgedAtOnce() throws Exception {
        try (IncidentStore store = open()) {
            Incident collecting = store.acknowledge(Samples.collecting("a", NOON, "key"));
            assertEquals(collecting, store.find("a").orElseThrow());
            Incident kept = store.acknowledge(decided("a", "key"), Samples.slice("packets"));
            assertEquals(IncidentStatus.DECIDED, store.findByKey("key").orElseThrow().status());
            assertEquals(List.of(kept), store.list(IncidentQuery.newest()).incidents());
            try (InputStream slice = store.slice("a").orElseThrow()) {
                assertEquals(kept.slice().bytes(), slice.readAllBytes().length);
            }
            assertEquals(kept, store.find("a").orElseThrow());
        }
    }

    @Test
    void shouldHoldTheSameKeyForOneIncident() {
        try (IncidentStore store = open()) {
            assertEquals("a", store.acknowledge(Samples.collecting("a", NOON, "key")).id());
            assertEquals("a", store.acknowledge(Samples.collecting("b", NOON, "key")).id());
            store.list(IncidentQuery.newest());
            assertEquals("a", store.acknowledge(Samples.collecting("c", NOON, "key")).id());
            assertEquals("a", store.acknowledge(decided("d", "key"), out -> 0).id());
        }
    }

    @Test
    void shouldLetTheFirstDecisionStand() {
        try (IncidentStore store = open()) {
            store.acknowledge(Samples.collecting("a", NOON, null));
            store.acknowledge(decided("a", null), out -> 0);
            Incident second = Samples.incident("a", NOON, Cause.DNS_NXDOMAIN, "b.example");
            assertEquals(Cause.TCP_REFUSED, store.acknowledge(second, out -> 0).verdict().cause());
        }
    }

    @Test
    void shouldReadTheJournalUpToACutEntry() throws Exception {
        Path file = directory.resolve("journal");
        long end;
        try (Journal journal = new Journal(file.toFile())) {
            journal.append(List.of(Journal.Entry.of(decided("a", null), 1, new byte[] {1, 2})));
            journal.append(List.of(Journal.Entry.of(decided("b", null), 1, new byte[] {3})));
            end = journal.bytes();
        }
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(end - 1);
        }
        try (Journal journal = new Journal(file.toFile())) {
            List<Journal.Entry> entries = journal.read();
            assertEquals(1, entries.size());
            assertEquals(decided("a", null), entries.get(0).incident());
            assertEquals(2, entries.get(0).slice().length);
        }
    }

    @Test
    void shouldKeepWhatTheDatabaseCannotTakeForTheNextStart() throws Exception {
        Path file = directory.resolve("journal");
        CountDownLatch tried = new CountDownLatch(1);
        WriteBehind failing =
                new WriteBehind(
                        new Journal(file.toFile()),
                        entries -> {
                            tried.countDown();
                            throw new StorageException("no space");
                        },
                        Thread::new);
        failing.take(
                Journal.Entry.of(decided("a", null), 0, new byte[0]), java.util.Optional.empty());
        tried.await();
        failing.close();
        List<String> replayed = new java.util.ArrayList<>();
        WriteBehind next =
                new WriteBehind(
                        new Journal(file.toFile()),
                        entries -> entries.forEach(each -> replayed.add(each.incident().id())),
                        Thread::new);
        next.close();
        assertEquals(List.of("a"), replayed);
        try (Journal journal = new Journal(file.toFile())) {
            assertTrue(journal.read().isEmpty());
        }
    }

    @Test
    void shouldNotTakeWhatLiesBehindItsEndForEntries() throws Exception {
        Path file = directory.resolve("journal");
        try (Journal journal = new Journal(file.toFile())) {
            for (String id : List.of("a", "b", "c")) {
                journal.append(List.of(Journal.Entry.of(decided(id, null), 0, new byte[0])));
            }
            journal.clear();
            // As long as the first was, so that the next one of before begins right behind it.
            journal.append(List.of(Journal.Entry.of(decided("d", null), 0, new byte[0])));
        }
        try (Journal journal = new Journal(file.toFile())) {
            List<Journal.Entry> entries = journal.read();
            assertEquals(1, entries.size());
            assertEquals("d", entries.get(0).incident().id());
        }
    }
}
