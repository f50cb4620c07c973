package io.netverdict.service.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProbeLimitsTest {
    private final AtomicLong clock = new AtomicLong();
    private final ProbeLimits limits =
            new ProbeLimits(
                    new ProbeSettings(
                            true,
                            Duration.ofSeconds(10),
                            3,
                            Duration.ofSeconds(30),
                            ProbeSettings.OFF.resolverFile(),
                            ProbeSettings.OFF.roots()),
                    clock::get);

    private void pass(long seconds) {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    private Optional<String> probe(String host) {
        Optional<String> refused = limits.begin(List.of(host));
        if (refused.isEmpty()) {
            limits.end();
        }
        return refused;
    }

    @Test
    void shouldProbeAHostOnlyOnceInAWhile() {
        assertEquals(Optional.empty(), probe("a"));
        pass(29);
        assertTrue(probe("a").orElseThrow().contains("a was probed 29 s ago"));
        assertEquals(Optional.empty(), probe("b"));
        pass(1);
        assertEquals(Optional.empty(), probe("a"));
    }

    @Test
    void shouldProbeFewIncidentsInAMinute() {
        probe("a");
        probe("b");
        probe("c");
        assertTrue(probe("d").orElseThrow().contains("3 incidents were probed"));
        pass(60);
        assertEquals(Optional.empty(), probe("d"));
    }

    @Test
    void shouldProbeFewIncidentsAtOneTime() {
        limits.begin(List.of("a"));
        limits.begin(List.of("b"));
        assertTrue(limits.begin(List.of("c")).orElseThrow().contains("are running"));
        limits.end();
        assertEquals(Optional.empty(), limits.begin(List.of("c")));
    }
}
