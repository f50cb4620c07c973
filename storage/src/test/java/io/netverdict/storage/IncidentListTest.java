package io.netverdict.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Incident;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncidentListTest {
    private static final IncidentQuery NEWEST = IncidentQuery.newest();

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

    private List<String> ids(IncidentQuery query) {
        return store.list(query).incidents().stream().map(Incident::id).toList();
    }

    private void saveThree() {
        save("first", Samples.NOON, Cause.TCP_SYN_NO_RESPONSE, "Datastore.example");
        save("second", Samples.NOON.plusNanos(1), Cause.TCP_REFUSED, "images.example");
        save("third", Samples.NOON.plusNanos(2), Cause.DNS_NXDOMAIN, "datastore.example");
    }

    @Test
    void shouldListTheNewestFirst() {
        saveThree();

        assertEquals(List.of("third", "second", "first"), ids(NEWEST));
        assertNull(store.list(NEWEST).nextCursor());
    }

    @Test
    void shouldFilterByEachField() {
        saveThree();

        assertEquals(List.of("second"), ids(NEWEST.withCause(Cause.TCP_REFUSED)));
        assertEquals(List.of("third"), ids(NEWEST.withBlame(Blame.RESOLVER)));
        assertEquals(List.of("third", "first"), ids(NEWEST.withHost("DATASTORE.example")));
        assertEquals(List.of("second", "first"), ids(NEWEST.withUntil(Samples.NOON.plusNanos(2))));
        assertEquals(List.of("third", "second"), ids(NEWEST.withSince(Samples.NOON.plusNanos(1))));
        assertEquals(List.of(), ids(NEWEST.withCause(Cause.TLS_ALERT)));
    }

    @Test
    void shouldFindAnIncidentByThePeersOfItsFlows() {
        saveThree();

        assertEquals(3, ids(NEWEST.withHost("fd00::2")).size());
        assertEquals(3, ids(NEWEST.withHost("10.77.0.9")).size());
        assertEquals(0, ids(NEWEST.withHost("10.77.0")).size());
    }

    @Test
    void shouldHoldAllFiltersTogether() {
        saveThree();

        assertEquals(
                List.of("first"),
                ids(NEWEST.withHost("datastore.example").withBlame(Blame.PATH).withText("SYNs")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DEADLINE exceeded",
                "images.example:8443/IMG",
                "4 SYNs to images",
                "size=50%25",
                "[fd00::1]:40112",
                "10.77.0.1:53124"
            })
    void shouldFindTextInMessageUrlHintAndAddresses(String text) {
        save("only", Samples.NOON, Cause.TCP_REFUSED, "images.example");

        assertEquals(List.of("only"), ids(NEWEST.withText(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"image_.example", "%", "4%SYNs", "\\", "'", "other.example"})
    void shouldTakeTextLiterally(String text) {
        save("only", Samples.NOON, Cause.TCP_REFUSED, "images.example");

        List<String> expected = text.equals("%") ? List.of("only") : List.of();
        assertEquals(expected, ids(NEWEST.withText(text)));
    }

    @Test
    void shouldNeitherRepeatNorLoseIncidentsThatArriveBetweenPages() {
        for (int count = 0; count < 25; count++) {
            // Five at a time in the same nanosecond.
            save("id" + (100 + count), Samples.NOON.plusNanos(count / 5), Cause.TCP_REFUSED, "h");
        }
        List<String> expected = ids(NEWEST);

        List<String> paged = new ArrayList<>();
        String cursor = null;
        int pages = 0;
        do {
            IncidentPage page = store.list(NEWEST.withLimit(4).withCursor(cursor));
            page.incidents().forEach(incident -> paged.add(incident.id()));
            cursor = page.nextCursor();
            save("new" + pages, Samples.NOON.plusSeconds(1 + pages), Cause.TCP_REFUSED, "h");
            pages++;
        } while (cursor != null);

        assertEquals(expected, paged);
        assertEquals(7, pages);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "AAAA", "MjAyNg", "IGlk"})
    void shouldRefuseACursorThatIsNotOurs(String cursor) {
        IncidentQuery query = NEWEST.withCursor(cursor);

        assertThrows(IllegalArgumentException.class, () -> store.list(query));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 501})
    void shouldRefuseALimitOutOfRange(int limit) {
        assertThrows(IllegalArgumentException.class, () -> NEWEST.withLimit(limit));
    }
}
