package io.netverdict.correlator.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netverdict.correlator.model.Cause;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every code of the catalogue has advice, and only they have. */
class AdviceTest {
    private static final int MAX_LINE = 160;

    @Test
    void shouldAdviseOnEveryCauseOnceAndOnNothingElse() throws IOException {
        Set<String> codes =
                Arrays.stream(Cause.values())
                        .map(Cause::code)
                        .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(codes, new TreeSet<>(readStrictly().keySet()));
        assertEquals(codes.size(), Cause.values().length, "a code names one cause");
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

    /** A plain JSON reader takes the last of two equal keys without a word; this one does not. */
    private static Map<String, List<String>> readStrictly() throws IOException {
        ObjectMapper mapper =
                new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        try (InputStream resource = Advice.class.getResourceAsStream("advice.json")) {
            return mapper.readValue(resource, new TypeReference<>() {});
        }
    }
}
