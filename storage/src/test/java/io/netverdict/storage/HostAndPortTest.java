package io.netverdict.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAndPortTest {
    @ParameterizedTest
    @CsvSource({
        "https://Store.Example:8443/img?a=b@c, store.example, 8443",
        "https://user:secret@store.example/x, store.example,",
        "http://[FD00::1]:8080/, fd00::1, 8080",
        "http://store.example?x=1, store.example,",
        "10.77.0.2:8443, 10.77.0.2, 8443",
        "[fe80::1%eth0]:53, fe80::1%eth0, 53",
        "fd00::2, fd00::2,",
        "store.example, store.example,",
        "store.example:99999, store.example,",
        "store.example:, store.example,",
    })
    void shouldReadWhatAnIncidentNames(String text, String host, Integer port) {
        assertEquals(new HostAndPort(host, port), HostAndPort.of(text));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "://", "[", "[fd00::1", "[]", ":80", "who has 10.0.0.1?"})
    void shouldFindNoHostInOtherText(String text) {
        assertEquals(new HostAndPort(null, null), HostAndPort.of(text));
    }
}
