package io.netverdict.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class IncidentIdsTest {
    @Test
    void shouldWriteTheTimeAsUlidDoes() {
        // The time of the specification's own example, 01ARZ3NDEKTSV4RRFFQ69G5FAV.
        String id = new IncidentIds(() -> 0).next(Instant.ofEpochMilli(1469922850259L));

        assertEquals("01arz3ndek0000000000000000", id.substring(0, 26));
        assertEquals(26, id.length());
    }

    @Test
    void shouldSortByTimeOfReceipt() {
        IncidentIds ids = new IncidentIds();
        List<String> made = new ArrayList<>();
        for (long millis = 1; millis < 1L << 47; millis *= 3) {
            made.add(ids.next(Instant.ofEpochMilli(millis)));
        }

        assertEquals(made.stream().sorted().toList(), made);
    }

    @Test
    void shouldGrowInOneMillisecondAndWhenTheClockIsSetBack() {
        IncidentIds ids = new IncidentIds();
        List<String> made = new ArrayList<>();
        for (int count = 0; count < 10_000; count++) {
            made.add(ids.next(Samples.NOON.minusMillis(count % 3)));
        }

        assertEquals(made.stream().sorted().toList(), made);
        assertEquals(made.size(), new HashSet<>(made).size());
    }

    @Test
    void shouldCarryWhenChanceIsUsedUp() {
        RandomGenerator ones = () -> -1;
        IncidentIds ids = new IncidentIds(ones);

        String first = ids.next(Samples.NOON);
        String second = ids.next(Samples.NOON);

        assertTrue(first.endsWith("zzzzzzzzzzzzzzzz"), first);
        assertTrue(second.endsWith("0000000000000000"), second);
        assertTrue(first.compareTo(second) < 0);
    }

    @Test
    void shouldRefuseTimesBefore1970() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new IncidentIds().next(Instant.ofEpochMilli(-1)));
    }
}
