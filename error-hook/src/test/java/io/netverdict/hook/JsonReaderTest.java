package io.netverdict.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonReaderTest {
    @Test
    void shouldReadEveryKindOfValue() {
        Map<String, Object> expected = new HashMap<>();
        expected.put("a", Arrays.asList(1.0, -2.5e3, true, false, null, List.of(), Map.of()));
        expected.put("b\"\\/\b\f\n\r\t\u00e9", "x");

        assertEquals(
                Optional.of(expected),
                JsonReader.object(
                        " {\"a\" : [1, -2.5e3,true,false,null,[],{}],\n"
                                + "\"b\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\":\"x\"} "));
    }

    @Test
    void shouldGiveNothingForAnyCutText() {
        String whole = "{\"a\":[1,{\"b\":\"c\\u00e9\"},true,null]}";
        for (int length = 0; length < whole.length(); length++) {
            assertEquals(Optional.empty(), JsonReader.object(whole.substring(0, length)));
        }
    }

    @Test
    void shouldGiveNothingForEndlessNesting() {
        assertEquals(Optional.empty(), JsonReader.object("{\"a\":" + "[".repeat(100_000)));
    }
}
