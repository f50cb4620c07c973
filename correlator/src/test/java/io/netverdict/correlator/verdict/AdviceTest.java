package io.netverdict.correlator.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.correlator.model.Cause;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every cause has advice that can be read. */
class AdviceTest {
    private static final int MAX_LINE = 160;

    @Test
    void shouldNameOneCauseByACode() {
        Set<String> codes =
                Arrays.stream(Cause.values()).map(Cause::code).collect(Collectors.toSet());

        assertEquals(Cause.values().length, codes.size());
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void shouldSayMoreThanOneThingInOneLineEach(Cause cause) {
        List<String> advice = Advice.of(cause);

        assertTrue(advice.size() >= 2, cause.code());
        assertEquals(advice.size(), new HashSet<>(advice).size(), "no line twice");
        for (String line : advice) {
            assertFalse(line.isBlank() || line.contains("\n"), line);
            assertTrue(line.length() <= MAX_LINE, line);
            assertTrue(Character.isUpperCase(line.charAt(0)) && !line.endsWith("."), line);
        }
    }
}
