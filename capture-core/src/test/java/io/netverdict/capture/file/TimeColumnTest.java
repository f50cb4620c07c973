package io.netverdict.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TimeColumnTest {
    private static final long BASE_NANOS = 1_700_000_000_123_456_789L;
    private static final long DAY_NANOS = 86_400_000_000_000L;

    private static void assertKept(long... nanos) {
        TimeColumn column = new TimeColumn(nanos.length, BASE_NANOS);
        for (int row = 0; row < nanos.length; row++) {
            column.set(row, nanos[row]);
            for (int before = 0; before <= row; before++) {
                assertEquals(nanos[before], column.get(before), "row " + before);
            }
        }
    }

    @Test
    void shouldKeepTimesNearToTheNanosecond() {
        assertKept(
                BASE_NANOS,
                BASE_NANOS + 1,
                BASE_NANOS - 1,
                BASE_NANOS + 0xFFFF_FFFFL,
                BASE_NANOS - 0x1_0000_0001L,
                BASE_NANOS + DAY_NANOS,
                BASE_NANOS - DAY_NANOS);
    }

    @Test
    void shouldKeepThemWhereOneIsFar() {
        assertKept(
                BASE_NANOS + 7,
                BASE_NANOS - DAY_NANOS,
                BASE_NANOS + 2 * DAY_NANOS,
                BASE_NANOS - 2,
                0,
                Long.MAX_VALUE,
                Long.MIN_VALUE);
    }
}
