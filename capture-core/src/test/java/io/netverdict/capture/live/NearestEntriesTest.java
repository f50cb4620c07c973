package io.netverdict.capture.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NearestEntriesTest {
    @Test
    void shouldKeepTheSmallestInWhateverOrderTheyCome() {
        long seed = Long.getLong("netverdict.seed", System.nanoTime());
        System.out.println("nearest entries: -Dnetverdict.seed=" + seed);
        Random random = new Random(seed);
        for (int limit : new int[] {1, 2, 40, 100, 1_000}) {
            long[] numbers = random.longs(500, 0, 1L << 40).toArray();
            NearestEntries nearest = new NearestEntries(limit);
            for (long number : numbers) {
                if (nearest.wants(number)) {
                    nearest.add(number);
                }
            }
            assertArrayEquals(
                    LongStream.of(numbers).sorted().limit(limit).toArray(), nearest.toArray());
        }
    }
}
