package io.netverdict.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SmallNumbersTest {
    @Test
    void shouldKeepNumbersSmallAndLarge() {
        int[] kept = {7, 65_535, 0, 65_536, 3, Integer.MAX_VALUE, 9};
        SmallNumbers numbers = new SmallNumbers(kept.length);
        for (int row = 0; row < kept.length; row++) {
            assertEquals(0, numbers.get(row));
            numbers.set(row, kept[row]);
            for (int before = 0; before <= row; before++) {
                assertEquals(kept[before], numbers.get(before), "row " + before);
            }
        }
    }
}
