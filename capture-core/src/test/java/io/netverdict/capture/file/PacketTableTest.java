package io.netverdict.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketTableTest {
    @Test
    void shouldFindRecordsAlsoWhereTheyDoNotFollow() {
        long seed = Long.getLong("netverdict.seed", System.nanoTime());
        System.out.println("packet table: -Dnetverdict.seed=" + seed);
        Random random = new Random(seed);
        int packets = 3 * 4096 + 17;
        long[] records = new long[packets];
        Map<Long, Long> ends = new HashMap<>();
        PacketTable table = new PacketTable();
        long record = 24;
        for (int i = 0; i < packets; i++) {
            records[i] = record;
            long end = record + 16 + random.nextInt(1600);
            ends.put(record, end);
            table.add(record, end, i, i % 7 - 1);
            // Some begin elsewhere, near and far.
            record =
                    switch (random.nextInt(8)) {
                        case 0 -> end + 4;
                        case 1 -> end + (1L << 33);
                        default -> end;
                    };
        }
        table.finish();
        RecordCursor inOrder = new RecordCursor(table, new Ends(ends));
        RecordCursor anywhere = new RecordCursor(table, new Ends(ends));
        for (int i = 0; i < packets; i++) {
            assertEquals(records[i], inOrder.recordOf(i), "packet " + i);
            assertEquals(i % 7 - 1, table.flow(i));
            int other = random.nextInt(packets);
            assertEquals(records[other], anywhere.recordOf(other), "packet " + other);
        }
    }

    /** Knows where records end, and nothing else of them. */
    private record Ends(Map<Long, Long> ends) implements RecordFormat {
        @Override
        public void read(long record, RecordHeader header) {
            throw new IllegalStateException("record=" + record);
        }

        @Override
        public long endOf(long record) {
            return ends.get(record);
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
            table.add(24 + 100L * i, 124 + 100L * i, i, flows[i]);
        }
        assertTrue(newest > Character.MAX_VALUE, newest + " flows");
        table.finish();
        for (int i = 0; i < packets; i++) {
            assertEquals(flows[i], table.flow(i), "packet " + i);
        }
    }

    @Test
    void shouldKeepTheFlowsOfGroupsWithFewAndWithMany() {
        for (int flows : new int[] {1, 2, 3, 15, 16, 17, 64, 65, 127, 128}) {
            for (int packets : new int[] {1, 63, 64, 65, 127, 128, 129, 4_096, 4_097, 10_001}) {
                PacketTable table = new PacketTable();
                for (int i = 0; i < packets; i++) {
                    table.add(24 + 100L * i, 124 + 100L * i, i, 7 * (i % flows));
                }
                table.finish();
                for (int i = 0; i < packets; i++) {
                    assertEquals(7 * (i % flows), table.flow(i), flows + " flows, packet " + i);
                }
            }
        }
    }

    @Test
    void shouldTellWhichFlowsAGroupHolds() {
        PacketTable table = new PacketTable();
        for (int i = 0; i < 3 * PacketTable.GROUP_PACKETS; i++) {
            // Near each other, far from each other, and some of none.
            int group = i / PacketTable.GROUP_PACKETS;
            int flow = i % 9 == 0 ? FlowTable.NO_FLOW : 10 * group + i % 2 * group * 100_000;
            table.add(24 + 100L * i, 124 + 100L * i, i, flow);
        }
        table.finish();
        BitSet flows = new BitSet();
        assertFalse(table.holdsAny(0, flows));
        flows.set(200_020);
        assertTrue(table.holdsAny(2 * PacketTable.GROUP_PACKETS + 9, flows));
        assertFalse(table.holdsAny(PacketTable.GROUP_PACKETS, flows));
        flows.set(0);
        assertTrue(table.holdsAny(0, flows));
        assertFalse(table.holdsAny(PacketTable.GROUP_PACKETS, flows));
    }

    @Test
    void shouldTellWhichGroupsAreWithinATimeAlsoOutOfOrder() {
        PacketTable table = new PacketTable();
        for (int i = 0; i < 2 * PacketTable.GROUP_PACKETS; i++) {
            long nanos = i == 5 ? 1_000 : i;
            table.add(24 + 100L * i, 124 + 100L * i, nanos, 0);
        }
        int second = PacketTable.GROUP_PACKETS;
        assertTrue(table.isWithin(0, 900, 1_100));
        assertFalse(table.isWithin(second, 900, 1_100));
        assertTrue(table.isWithin(second, second, second));
        assertFalse(table.isWithin(second, 0, second - 1));
        assertEquals(second, PacketTable.groupStart(second + 9));
    }
}
