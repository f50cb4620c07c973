package io.netverdict.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.IncidentStatus;
import io.netverdict.correlator.model.SliceInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentStoreTest {
    @TempDir Path directory;
    private IncidentStore store;

    @BeforeEach
    void open() {
        store = IncidentStore.open(directory, Retention.DEFAULT);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Incident incident(String id, String key) {
        return Samples.incident(
                id, Samples.NOON, Cause.TCP_SYN_NO_RESPONSE, "datastore.example", key);
    }

    private String sliceText(String id) throws IOException {
        try (InputStream slice = store.slice(id).orElseThrow()) {
            return new String(slice.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<String> sliceFiles() throws IOException {
        try (var files = Files.list(directory.resolve("slices"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void shouldReturnAnIncidentAsItWasSaved() throws Exception {
        Incident saved = store.save(incident("a", null), Samples.slice("packets"));

        String sha256 =
                HexFormat.of()
                        .formatHex(
                                MessageDigest.getInstance("SHA-256")
                                        .digest("packets".getBytes(StandardCharsets.UTF_8)));
        assertEquals(new SliceInfo(1, 7, sha256), saved.slice());
        assertEquals(Optional.of(saved), store.find("a"));
        assertEquals("packets", sliceText("a"));
    }

    @Test
    void shouldReturnAnIncidentAfterReopening() throws Exception {
        Incident saved = store.save(incident("a", "k"), Samples.slice("packets"));
        store.close();
        store = IncidentStore.open(directory, Retention.DEFAULT);

        assertEquals(Optional.of(saved), store.findByKey("k"));
        assertEquals("packets", sliceText("a"));
    }

    @Test
    void shouldKeepNoFileWhereNothingWasCaptured() throws Exception {
        Incident saved = store.save(incident("a", null), SliceSource.NONE);

        assertEquals(new SliceInfo(0, 0, null), saved.slice());
        assertEquals(Optional.empty(), store.slice("a"));
        assertEquals(List.of(), sliceFiles());
    }

    @Test
    void shouldHoldTheSameKeyForOneIncident() throws Exception {
        Incident first = store.save(incident("a", "k"), Samples.slice("first"));
        Incident second = store.save(incident("b", "k"), Samples.slice("second"));

        assertEquals(first, second);
        assertEquals(Optional.empty(), store.find("b"));
        assertEquals(List.of("a.pcapng"), sliceFiles());
    }

    @Test
    void shouldHoldTheSameKeyForOneIncidentWhenSavedAtOnce() throws Exception {
        int writers = 8;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Callable<Incident>> saves = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                String id = "w" + writer;
                saves.add(() -> store.save(incident(id, "k"), Samples.slice(id)));
            }
            Set<String> ids = new HashSet<>();
            for (Future<Incident> save : threads.invokeAll(saves)) {
                ids.add(save.get().id());
            }
            assertEquals(1, ids.size());
            String id = ids.iterator().next();
            assertEquals(id, sliceText(id));
            assertEquals(List.of(id + ".pcapng"), sliceFiles());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void shouldDecideACollectingIncidentOnce() throws Exception {
        store.saveCollecting(Samples.collecting("a", Samples.NOON, "k"));
        assertEquals(IncidentStatus.COLLECTING, store.find("a").orElseThrow().status());
        assertEquals(1, store.collecting().size());

        Incident decided = store.decide(incident("a", "k"), Samples.slice("first"));
        Incident again = store.decide(incident("a", "k"), Samples.slice("second"));

        assertEquals(decided, again);
        assertEquals(IncidentStatus.DECIDED, store.find("a").orElseThrow().status());
        assertEquals("first", sliceText("a"));
        assertEquals(List.of(), store.collecting());
    }

    @Test
    void shouldReturnTheCollectingIncidentToASecondReportOfItsKey() {
        Incident first = store.saveCollecting(Samples.collecting("a", Samples.NOON, "k"));

        assertEquals(first, store.saveCollecting(Samples.collecting("b", Samples.NOON, "k")));
        assertEquals(first, store.save(incident("c", "k"), Samples.slice("c")));
    }

    @Test
    void shouldKeepAVerdictWhoseCollectingIncidentIsGone() {
        Incident decided = store.decide(incident("a", null), SliceSource.NONE);

        assertEquals(Optional.of(decided), store.find("a"));
    }

    @Test
    void shouldLeaveNothingWhenThePacketsCannotBeWritten() throws Exception {
        SliceSource broken =
                out -> {
                    out.write(1);
                    throw new IOException("No space left on device");
                };

        StorageException failure =
                assertThrows(StorageException.class, () -> store.save(incident("a", null), broken));

        assertTrue(failure.getMessage().contains("No space left on device"));
        assertEquals(Optional.empty(), store.find("a"));
        assertEquals(List.of(), sliceFiles());
    }

    @Test
    void shouldKeepAMessageOfAMebibyteWhole() {
        String message = "x".repeat(1 << 20);
        Incident sample = incident("a", null);
        ErrorReport error = ErrorReport.of(message);
        Incident saved =
                store.save(
                        new Incident(
                                "a",
                                sample.receivedAt(),
                                sample.status(),
                                error,
                                sample.verdict(),
                                sample.operations(),
                                sample.flows(),
                                sample.context(),
                                null),
                        SliceSource.NONE);

        assertEquals(Optional.of(saved), store.find("a"));
    }

    @Test
    void shouldRefuseAnIdThatIsNoFileName() {
        for (String id : List.of("", "../a", "a/b", "a.b", "a b")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> store.save(incident(id, null), SliceSource.NONE));
            assertEquals(Optional.empty(), store.slice(id));
            assertEquals(Optional.empty(), store.find(id));
        }
    }

    @Test
    void shouldSurviveAnInterruptedCaller() throws Exception {
        AtomicReference<Throwable> failed = new AtomicReference<>();
        Thread interrupted =
                new Thread(
                        () -> {
                            try {
                                for (int round = 0; round < 20; round++) {
                                    Thread.currentThread().interrupt();
                                    store.save(incident("i" + round, null), Samples.slice("i"));
                                }
                            } catch (RuntimeException failure) {
                                failed.set(failure);
                            }
                        });
        interrupted.start();
        interrupted.join();

        store.save(incident("after", null), Samples.slice("after"));
        assertEquals("after", sliceText("after"));
        if (failed.get() != null) {
            throw new AssertionError("interrupted caller failed", failed.get());
        }
    }

    @Test
    void shouldKeepSlicesFromOtherUsers() throws Exception {
        store.save(incident("a", null), Samples.slice("secret"));

        Path file = directory.resolve("slices").resolve("a.pcapng");
        assertArrayEquals(
                new String[] {"OWNER_READ", "OWNER_WRITE"},
                Files.getPosixFilePermissions(file).stream()
                        .map(Enum::name)
                        .sorted()
                        .toArray(String[]::new));
    }
}
