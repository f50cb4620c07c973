package io.netverdict.storage;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KnownKeysTest {
    @Test
    void anyKeyMayBeHeldUntilTheDatabasesAreTold() {
        KnownKeys keys = new KnownKeys();
        assertTrue(keys.mayHold("order-1"));

        keys.complete(List.of("order-2"));

        assertFalse(keys.mayHold("order-1"));
        assertTrue(keys.mayHold("order-2"));
    }

    @Test
    void aKeyAddedBeforeThatIsHeldAfterwards() {
        KnownKeys keys = new KnownKeys();
        keys.add(Samples.collecting("a", Instant.parse("2026-01-02T03:04:05Z"), "order-1"));
        keys.complete(List.of());
        assertTrue(keys.mayHold("order-1"));
    }

    @Test
    void ofManyKeysFewOthersAreTakenForHeld() {
        KnownKeys keys = new KnownKeys();
        keys.complete(IntStream.range(0, 100_000).mapToObj(i -> "held-" + i).toList());
        long mistaken = IntStream.range(0, 100_000).filter(i -> keys.mayHold("other-" + i)).count();
        assertTrue(mistaken < 3_000, mistaken + " of 100,000");
        assertTrue(IntStream.range(0, 100_000).allMatch(i -> keys.mayHold("held-" + i)));
    }
}
