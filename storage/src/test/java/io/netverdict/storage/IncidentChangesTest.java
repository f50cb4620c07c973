package io.netverdict.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.IncidentStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentChangesTest {
    private static final int ALL = 100;

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

    private static Incident decided(String id) {
        return Samples.incident(id, Samples.NOON, Cause.TCP_REFUSED, "host.example");
    }

    private static Incident collecting(String id) {
        Incident decided = decided(id);
        return new Incident(
                id,
                decided.receivedAt(),
                IncidentStatus.COLLECTING,
                decided.error(),
                null,
                List.of(),
                List.of(),
                Map.of(),
                null);
    }

    private List<String> after(long number) {
        return store.changesAfter(number, ALL).stream()
                .map(each -> each.incident().id() + " " + each.incident().status().code())
                .toList();
    }

    @Test
    void shouldTellWhatWasKeptAndDecidedInTheOrderOfTheCommits() {
        store.saveCollecting(collecting("z"));
        store.saveCollecting(collecting("a"));
        assertEquals(List.of("z collecting", "a collecting"), after(0));

        long seen = store.lastChange();
        store.decide(decided("z"), SliceSource.NONE);

        assertEquals(List.of("z decided"), after(seen));
        assertEquals(List.of("a collecting", "z decided"), after(0));
        assertEquals(List.of(), after(store.lastChange()));
    }

    @Test
    void shouldGoOnCountingAfterAStart() {
        store.saveCollecting(collecting("a"));
        long seen = store.lastChange();
        store.close();
        store = IncidentStore.open(directory, Retention.DEFAULT);
        assertEquals(seen, store.lastChange());

        store.saveCollecting(collecting("b"));

        assertEquals(List.of("b collecting"), after(seen));
    }

    @Test
    void shouldWakeThoseWhoWaitForACommit() throws Exception {
        ChangeSignal changes = store.changes();
        long seen = changes.count();
        assertFalse(changes.await(seen, Duration.ZERO));

        store.saveCollecting(collecting("a"));

        assertTrue(changes.await(seen, Duration.ofMinutes(1)));
    }
}
