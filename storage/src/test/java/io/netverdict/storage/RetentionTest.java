package io.netverdict.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Incident;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private static final long MANY_BYTES = 1L << 40;
    private static final Duration MANY_DAYS = Duration.ofDays(10_000);

    @TempDir Path directory;

    private static void save(IncidentStore store, int number) {
        store.save(
                Samples.incident(
                        "id" + number,
                        Samples.NOON.plusSeconds(number),
                        Cause.TCP_REFUSED,
                        "datastore.example"),
                Samples.slice("x".repeat(100_000)));
    }

    private List<String> kept(IncidentStore store) throws IOException {
        List<String> listed =
                store.list(IncidentQuery.newest()).incidents().stream()
                        .map(Incident::id)
                        .sorted()
                        .toList();
        try (var files = Files.list(directory.resolve("slices"))) {
            assertEquals(
                    listed,
                    files.map(file -> file.getFileName().toString().replace(".pcapng", ""))
                            .sorted()
                            .toList());
        }
        return listed;
    }

    @Test
    void shouldRemoveIncidentsPastTheirTimeWithTheirSlices() throws Exception {
        Retention tenSeconds = new Retention(Duration.ofSeconds(10), MANY_BYTES);
        try (IncidentStore store = IncidentStore.open(directory, tenSeconds)) {
            for (int number = 1; number <= 4; number++) {
                save(store, number);
            }
            RetentionReport report = store.enforce(Samples.NOON.plusSeconds(13));

            assertEquals(2, report.removedByAge());
            assertEquals(0, report.removedByBytes());
            assertTrue(report.freedBytes() > 200_000, report.toString());
            assertEquals(200_000, report.use().sliceBytes());
            assertEquals(List.of("id3", "id4"), kept(store));
        }
    }

    @Test
    void shouldRemoveTheOldestOverTheBytesAllowed() throws Exception {
        Retention twoSlices = new Retention(MANY_DAYS, 250_000);
        try (IncidentStore store = IncidentStore.open(directory, twoSlices)) {
            for (int number = 1; number <= 4; number++) {
                save(store, number);
            }
            RetentionReport report = store.enforce(Samples.NOON);

            assertEquals(0, report.removedByAge());
            assertEquals(2, report.removedByBytes());
            assertEquals(2, report.use().incidents());
            assertEquals(List.of("id3", "id4"), kept(store));
            assertEquals(0, store.enforce(Samples.NOON).freedBytes());
        }
    }

    @Test
    void shouldKeepTheNewestHoweverFewBytesAreAllowed() throws Exception {
        try (IncidentStore store = IncidentStore.open(directory, new Retention(MANY_DAYS, 1))) {
            save(store, 1);
            save(store, 2);
            store.enforce(Samples.NOON);

            assertEquals(List.of("id2"), kept(store));
        }
    }

    @Test
    void shouldRemoveMoreIncidentsThanOneBatchHolds() {
        Retention oneSecond = new Retention(Duration.ofSeconds(1), MANY_BYTES);
        try (IncidentStore store = IncidentStore.open(directory, oneSecond)) {
            for (int number = 0; number < 450; number++) {
                store.save(
                        Samples.incident("id" + number, Samples.NOON, Cause.TCP_REFUSED, "h"),
                        SliceSource.NONE);
            }
            RetentionReport report = store.enforce(Samples.NOON.plusSeconds(2));

            assertEquals(450, report.removedByAge());
            assertEquals(0, report.use().incidents());
            assertEquals(0, report.use().storedBytes());
        }
    }

    @Test
    void shouldLetAReaderFinishASliceThatIsRemoved() throws Exception {
        Retention oneSecond = new Retention(Duration.ofSeconds(1), MANY_BYTES);
        try (IncidentStore store = IncidentStore.open(directory, oneSecond)) {
            save(store, 1);
            try (InputStream slice = store.slice("id1").orElseThrow()) {
                byte[] start = slice.readNBytes(10);
                store.enforce(Samples.NOON.plusSeconds(100));

                assertEquals(Optional.empty(), store.slice("id1"));
                byte[] rest = slice.readAllBytes();
                assertEquals(
                        "x".repeat(100_000),
                        new String(start, StandardCharsets.UTF_8)
                                + new String(rest, StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void shouldRefuseARetentionThatKeepsNothing() {
        assertThrows(IllegalArgumentException.class, () -> new Retention(Duration.ZERO, 1));
        assertThrows(IllegalArgumentException.class, () -> new Retention(MANY_DAYS, 0));
    }
}
