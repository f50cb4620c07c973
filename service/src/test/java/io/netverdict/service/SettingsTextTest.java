package io.netverdict.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTextTest {

    @ParameterizedTest
    @CsvSource({
        "1048576, 1048576",
        "256MiB, 268435456",
        "256m, 268435456",
        "2GiB, 2147483648",
        "500MB, 500000000",
        "7B, 7",
        "1 KiB, 1024",
        "1TiB, 1099511627776"
    })
    void shouldReadSizes(String text, long bytes) {
        assertEquals(bytes, ByteSizes.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MiB", "-1", "1.5GiB", "1 parsec", "9ib", "999999999999999TiB"})
    void shouldRefuseWhatIsNoSize(String text) {
        assertThrows(IllegalArgumentException.class, () -> ByteSizes.parse(text));
    }

    @Test
    void shouldFormatSizesInTheLargestUnitThatFits() {
        assertEquals("7 B", ByteSizes.format(7));
        assertEquals("1.5 KiB", ByteSizes.format(1536));
        assertEquals("256 MiB", ByteSizes.format(256L << 20));
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "5s, PT5S", "5, PT5S", "10m, PT10M", "12h, PT12H", "30d, PT720H"})
    void shouldReadDurations(String text, Duration duration) {
        assertEquals(duration, Durations.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-5s", "1.5s", "5 parsecs", "5ss"})
    void shouldRefuseWhatIsNoDuration(String text) {
        assertThrows(IllegalArgumentException.class, () -> Durations.parse(text));
    }
}
