package io.netverdict.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netverdict.correlator.model.Cause;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentSummaryTest {
    private static final IncidentQuery ALL = IncidentQuery.newest();

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

    private void save(String id, Instant receivedAt, Cause cause, String host) {
        store.save(Samples.incident(id, receivedAt, cause, host), SliceSource.NONE);
    }

    private void saveFour() {
        save("a", Samples.NOON, Cause.TCP_REFUSED, "one.example");
        save("b", Samples.NOON.plusSeconds(100), Cause.TCP_REFUSED, "one.example");
        save("c", Samples.NOON.plusSeconds(100), Cause.TCP_REFUSED, "two.example");
        save("d", Samples.NOON.plusSeconds(600), Cause.DNS_NXDOMAIN, "one.example");
    }

    @Test
    void shouldCountSameCauseAndHostTogetherTheMostFrequentFirst() {
        saveFour();

        IncidentSummary summary = store.summary(ALL, 10);

        assertEquals(4, summary.total());
        assertEquals(3, summary.groupsTotal());
        IncidentSummary.Group first = summary.groups().get(0);
        assertEquals("tcp.refused", first.cause());
        assertEquals("one.example", first.host());
        assertEquals(2, first.count());
        assertEquals(Samples.NOON, first.firstAt());
        assertEquals(Samples.NOON.plusSeconds(100), first.lastAt());
        assertEquals("b", first.latestId());
    }

    @Test
    void shouldCountEachCauseInEachStepOfTime() {
        saveFour();

        IncidentSummary summary = store.summary(ALL, 10);

        assertEquals(61, summary.bucketSeconds());
        assertEquals(
                List.of("tcp.refused 1", "tcp.refused 2", "dns.nxdomain 1"),
                summary.timeline().stream()
                        .map(step -> step.cause() + " " + step.count())
                        .toList());
    }

    @Test
    void shouldCountOnlyWhatTheQueryAsksFor() {
        saveFour();

        assertEquals(3, store.summary(ALL.withCause(Cause.TCP_REFUSED), 10).total());
        assertEquals(1, store.summary(ALL.withHost("two.example"), 10).total());
        assertEquals(3, store.summary(ALL.withSince(Samples.NOON.plusSeconds(60)), 10).total());
    }

    @Test
    void shouldSummarizeAnEmptyStore() {
        IncidentSummary summary = store.summary(ALL, 10);

        assertEquals(0, summary.total());
        assertNull(summary.firstAt());
        assertEquals(List.of(), summary.timeline());
    }

    @Test
    void shouldListInShortWhatTheListHas() {
        saveFour();
        List<String> seen = new ArrayList<>();

        String cursor = null;
        do {
            IncidentLines page = store.lines(ALL.withLimit(3).withCursor(cursor));
            page.incidents().forEach(line -> seen.add(line.id() + " " + line.cause()));
            cursor = page.nextCursor();
        } while (cursor != null);

        assertEquals(
                store.list(ALL).incidents().stream()
                        .map(incident -> incident.id() + " " + incident.verdict().cause().code())
                        .toList(),
                seen);
    }
}
