package io.netverdict.correlator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectTargetTest {

    @ParameterizedTest
    @CsvSource({
        "/a/b, http://h.example/c?x=1, /c?x=1",
        "/a/b, http://h.example, /",
        "/a/b, http://h.example?x, /?x",
        "/a/b, //h.example/c, /c",
        "/a/b, /c, /c",
        "/a/b, c, /a/c",
        "/a/b?q, c?x, /a/c?x",
        "/a/b, ./c, /a/c",
        "/a/b/d, ../c, /a/c",
        "/a/b/d, .., /a/",
        "/a, ../../c, /c",
        "/a/b?q, ?x=/y, /a/b?x=/y",
        "/a/b, c#part, /a/c",
        "http://proxied.example/a/b, c, /a/c",
        "*, c, /c",
        "/a/b, login?back=http://h.example/z, /a/login?back=http://h.example/z",
    })
    void shouldResolveALocationAgainstTheRequestsTarget(
            String target, String location, String path) {
        assertEquals(path, RedirectTarget.pathOf(target, location));
    }

    @ParameterizedTest
    @CsvSource({"'', '', ''", "'', ., /", "/, ://, /://", "/a, ' ', /a", "/a, '#', /a"})
    void shouldGiveAPathForOddText(String target, String location, String path) {
        assertEquals(path, RedirectTarget.pathOf(target, location));
    }
}
