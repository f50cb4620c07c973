package io.netverdict.service.context.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelCountersTest {
    private static final String SNMP = "Ip: A B\nIp: 1 2\nTcp: C D\nTcp: 3 4\n";

    private static List<String> changed(String theirs, String ours, int together) {
        return KernelCounters.changed(
                theirs.getBytes(StandardCharsets.US_ASCII),
                ours.getBytes(StandardCharsets.US_ASCII),
                together);
    }

    @Test
    void shouldTellOnlyWhatMoved() {
        assertEquals(List.of(), changed(SNMP, SNMP, 2));
        assertEquals(List.of("Tcp: C D", "Tcp: 3 5"), changed(SNMP, SNMP.replace("3 4", "3 5"), 2));
        assertEquals(List.of("b 10"), changed("a 1\nb 9\nc 3\n", "a 1\nb 10\nc 3\n", 1));
    }

    @Test
    void shouldTellAllThatTheOtherHasNot() {
        assertEquals(List.of("a 1", "b 2"), changed("", "a 1\nb 2\n", 1));
        assertEquals(List.of("b 2"), changed("a 1\n", "a 1\nb 2", 1));
        assertEquals(List.of(), changed(SNMP, "", 2));
        // A line of names whose values are missing.
        assertEquals(List.of("Tcp: C D"), changed(SNMP, "Ip: A B\nIp: 1 2\nTcp: C D\n", 2));
    }
}
