package io.netverdict.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Incident;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file system of 8 MiB that is full, as root only: nobody else can mount one. */
@Timeout(120)
class FullDiskTest {
    private static final int MAX_INCIDENTS = 20_000;

    @TempDir Path directory;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        mounted =
                "root".equals(System.getProperty("user.name"))
                        && run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs");
        assumeTrue(mounted, "a small file system cannot be mounted: not root, or not allowed");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            run("umount", "--lazy");
        }
    }

    private boolean run(String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(command));
        line.add(directory.toString());
        return new ProcessBuilder(line).inheritIO().start().waitFor() == 0;
    }

    private static Incident incident(int number) {
        return Samples.incident(
                "incident-" + number,
                Samples.NOON.plusMillis(number),
                Cause.TCP_REFUSED,
                "host" + number + ".example");
    }

    /** Takes all room but a little. */
    private Path ballast(int leftBytes) throws IOException {
        Path ballast = directory.resolve("ballast");
        try (OutputStream out = Files.newOutputStream(ballast)) {
            byte[] block = new byte[4096];
            while (Files.getFileStore(directory).getUsableSpace() > leftBytes) {
                out.write(block);
            }
        }
        return ballast;
    }

    @Test
    void shouldSayThatTheDiskIsFullAndGoOnWhenItIsNotAnyMore() throws Exception {
        try (IncidentStore store = IncidentStore.open(directory, Retention.DEFAULT)) {
            store.save(incident(0), SliceSource.NONE);
            Path ballast = ballast(64 << 10);

            int saved = 1;
            StorageException failure = null;
            for (; failure == null && saved < MAX_INCIDENTS; saved++) {
                try {
                    store.save(incident(saved), SliceSource.NONE);
                } catch (StorageException e) {
                    failure = e;
                }
            }
            assertTrue(failure.isDiskFull(), failure.toString());
            assertTrue(store.health().failures() > 0);
            assertTrue(store.health().problem().orElseThrow().isDiskFull());
            StorageException again =
                    assertThrows(
                            StorageException.class,
                            () -> store.save(incident(MAX_INCIDENTS), SliceSource.NONE));
            System.out.println(saved + " incidents fitted; then: " + again.getMessage());

            Files.delete(ballast);
            store.save(incident(MAX_INCIDENTS + 1), SliceSource.NONE);

            assertTrue(store.health().problem().isEmpty());
            int kept = saved - 1;
            assertEquals(incident(0).error(), store.find("incident-0").orElseThrow().error());
            assertTrue(store.use().incidents() >= kept, store.use() + " of " + kept);
        }
    }

    @Test
    void shouldTellReadersNothingWorseThanThatTheDatabaseFailed() throws Exception {
        try (IncidentStore store = IncidentStore.open(directory, Retention.DEFAULT)) {
            AtomicBoolean over = new AtomicBoolean();
            List<Callable<Integer>> readers = Collections.nCopies(3, () -> read(store, over));
            ExecutorService threads = Executors.newFixedThreadPool(readers.size());
            try {
                List<Future<Integer>> reads = readers.stream().map(threads::submit).toList();
                for (int round = 0; round < 5; round++) {
                    Path ballast = ballast(64 << 10);
                    saveUntilFull(store, round * MAX_INCIDENTS);
                    Files.delete(ballast);
                    saveSoon(store, (round + 1) * MAX_INCIDENTS - 1);
                }
                over.set(true);
                for (Future<Integer> read : reads) {
                    assertTrue(read.get() > 0);
                }
            } finally {
                over.set(true);
                threads.shutdownNow();
            }
        }
    }

    private static void saveUntilFull(IncidentStore store, int first) {
        assertThrows(
                StorageException.class,
                () -> {
                    for (int number = first; number < first + MAX_INCIDENTS - 1; number++) {
                        store.save(incident(number), SliceSource.NONE);
                    }
                });
    }

    /** Until readers have let go of the closed database's file, it cannot be opened again. */
    private static void saveSoon(IncidentStore store, int number) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        boolean saved = false;
        while (!saved) {
            try {
                store.save(incident(number), SliceSource.NONE);
                saved = true;
            } catch (StorageException notYet) {
                if (System.nanoTime() > deadline) {
                    throw notYet;
                }
            }
        }
    }

    private static int read(IncidentStore store, AtomicBoolean over) {
        int answers = 0;
        while (!over.get()) {
            try {
                store.use();
                answers++;
            } catch (StorageException expected) {
                // As good as an answer: it says what is wrong.
                answers++;
            }
        }
        return answers;
    }
}
