package io.netverdict.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.correlator.model.Cause;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupAppendTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final int THREADS = 8;
    private static final int EACH = 40;

    @TempDir private Path directory;

    private static Journal.Entry entry(String id) {
        return Journal.Entry.of(
                Samples.incident(id, NOON, Cause.TCP_REFUSED, "a.example"), 0, new byte[0]);
    }

    @Test
    void shouldHaveWrittenEveryEntryOnceItReturns() throws Exception {
        Path file = directory.resolve("journal");
        Set<String> acknowledged = new TreeSet<>();
        try (Journal journal = new Journal(file.toFile())) {
            GroupAppend appender = new GroupAppend(journal);
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            List<Callable<List<String>>> tasks = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                String prefix = "t" + thread + "-";
                tasks.add(() -> appendAll(appender, prefix));
            }
            for (Future<List<String>> done : threads.invokeAll(tasks)) {
                acknowledged.addAll(done.get());
            }
            threads.shutdown();
        }
        try (Journal journal = new Journal(file.toFile())) {
            List<Journal.Entry> read = journal.read();
            assertEquals(THREADS * EACH, read.size());
            assertEquals(
                    acknowledged,
                    read.stream()
                            .map(each -> each.incident().id())
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    private static List<String> appendAll(GroupAppend appender, String prefix) throws IOException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            appender.append(entry(prefix + i));
            ids.add(prefix + i);
        }
        return ids;
    }

    @Test
    void shouldTellEveryoneOfAGroupThatItFailed() throws Exception {
        Journal journal = new Journal(directory.resolve("journal").toFile());
        journal.close();
        GroupAppend appender = new GroupAppend(journal);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<Object>> all = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            String id = "t" + thread;
            all.add(
                    threads.submit(
                            () -> {
                                assertThrows(IOException.class, () -> appender.append(entry(id)));
                                return null;
                            }));
        }
        for (Future<Object> each : all) {
            each.get();
        }
        threads.shutdown();
        assertTrue(all.size() == THREADS);
    }

    @Test
    void shouldAppendForAThreadThatIsInterrupted() throws Exception {
        Path file = directory.resolve("journal");
        try (Journal journal = new Journal(file.toFile())) {
            GroupAppend appender = new GroupAppend(journal);
            Thread.currentThread().interrupt();
            appender.append(entry("a"));
            assertTrue(Thread.interrupted());
        }
        try (Journal journal = new Journal(file.toFile())) {
            assertEquals(1, journal.read().size());
        }
    }
}
