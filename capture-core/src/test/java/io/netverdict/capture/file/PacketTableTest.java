package io.netverdict.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketTableTest {
    @Test
    void shouldKeepOffsetsHoweverFarApartTheyAre() {
        long seed = Long.getLong("netverdict.seed", System.nanoTime());
        System.out.println("packet table: -Dnetverdict.seed=" + seed);
        Random random = new Random(seed);
        int packets = 3 * 4096 + 17;
        long[] offsets = new long[packets];
        PacketTable table = new PacketTable();
        long offset = 24;
        for (int i = 0; i < packets; i++) {
            offsets[i] = offset;
            table.add(offset, i, i % 7 - 1);
            // Also just at and beyond what fits a distance.
            offset +=
                    switch (random.nextInt(8)) {
                        case 0 -> 0xFFFE;
                        case 1 -> 0xFFFF;
                        case 2 -> 1L << 33;
                        default -> 16 + random.nextInt(1600);
                    };
        }
        for (int i = 0; i < packets; i++) {
            assertEquals(offsets[i], table.recordOffset(i), "packet " + i);
            assertEquals(i % 7 - 1, table.flow(i));
        }
    }

    @Test
    void shouldKeepFlowsHoweverFarFromTheNewest() {
        // Each packet is a new flow's, one in three the first flow's, one in fifty of none.
        int packets = 200_000;
        int[] flows = new int[packets];
        PacketTable table = new PacketTable();
        int newest = 0;
        for (int i = 0; i < packets; i++) {
            flows[i] = i % 50 == 7 ? FlowTable.NO_FLOW : i % 3 == 1 ? 0 : newest++;
            table.add(24 + 100L * i, i, flows[i]);
        }
        assertTrue(newest > Character.MAX_VALUE, newest + " flows");
        for (int i = 0; i < packets; i++) {
            assertEquals(flows[i], table.flow(i), "packet " + i);
        }
    }

    @Test
    void shouldTellWhichGroupsAreWithinATimeAlsoOutOfOrder() {
        PacketTable table = new PacketTable();
        for (int i = 0; i < 2 * PacketTable.GROUP_PACKETS; i++) {
            long nanos = i == 5 ? 1_000 : i;
            table.add(24 + 100L * i, nanos, 0);
        }
        int second = PacketTable.GROUP_PACKETS;
        assertTrue(table.isWithin(0, 900, 1_100));
        assertFalse(table.isWithin(second, 900, 1_100));
        assertTrue(table.isWithin(second, second, second));
        assertFalse(table.isWithin(second, 0, second - 1));
        assertEquals(second, PacketTable.groupStart(second + 9));
    }
}
