package io.netverdict.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
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
            table.add(record, end, i, FlowTable.NO_FLOW);
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

    /** Adds packets of flows, as the index does. */
    private static final class Adding {
        private final PacketTable table = new PacketTable();
        private final FlowSpans spans = new FlowSpans();
        private final Map<Integer, Set<Integer>> expected = new HashMap<>();

        void add(int flow) {
            int packet = table.size();
            int newFlow = FlowTable.NO_FLOW;
            if (flow != FlowTable.NO_FLOW) {
                newFlow = spans.add(flow, packet, packet) ? flow : FlowTable.NO_FLOW;
                expected.computeIfAbsent(PacketTable.groupStart(packet), g -> new TreeSet<>())
                        .add(flow);
            }
            table.add(24 + 100L * packet, 124 + 100L * packet, packet, newFlow);
        }

        void check() {
            table.finish();
            for (int packet = 0; packet < table.size(); packet += PacketTable.GROUP_PACKETS) {
                List<Integer> listed = new ArrayList<>();
                assertFalse(table.holdsAny(packet, flow -> !listed.add(flow)));
                Set<Integer> of = expected.getOrDefault(packet, Set.of());
                assertEquals(of.size(), listed.size(), "group of packet " + packet);
                assertEquals(of, new TreeSet<>(listed), "group of packet " + packet);
            }
        }
    }

    @Test
    void shouldKeepFlowsHoweverFarFromTheNewest() {
        // Each packet is a new flow's, one in three the first flow's, one in fifty of none.
        Adding adding = new Adding();
        int newest = 0;
        for (int i = 0; i < 200_000; i++) {
            adding.add(i % 50 == 7 ? FlowTable.NO_FLOW : i % 3 == 1 ? 0 : newest++);
        }
        assertTrue(newest > Character.MAX_VALUE, newest + " flows");
        adding.check();
    }

    @Test
    void shouldKeepTheFlowsOfGroupsWithFewAndWithMany() {
        int group = PacketTable.GROUP_PACKETS;
        for (int flows : new int[] {1, 2, 31, 32, 33, group - 1, group, 3 * group}) {
            for (int packets : new int[] {1, group - 1, group, group + 1, 16_384, 16_385, 40_001}) {
                Adding adding = new Adding();
                for (int i = 0; i < packets; i++) {
                    adding.add(7 * (i % flows));
                }
                adding.check();
            }
        }
    }

    @Test
    void shouldTellWhetherAGroupHoldsWhatIsWanted() {
        Adding adding = new Adding();
        for (int i = 0; i < 3 * PacketTable.GROUP_PACKETS; i++) {
            // Near each other, far from each other, and some of none.
            int group = i / PacketTable.GROUP_PACKETS;
            adding.add(i % 9 == 0 ? FlowTable.NO_FLOW : 10 * group + i % 2 * group * 100_000);
        }
        adding.check();
        int third = 2 * PacketTable.GROUP_PACKETS + 9;
        assertTrue(adding.table.holdsAny(third, flow -> flow == 200_020));
        assertFalse(adding.table.holdsAny(third, flow -> flow == 10));
        assertFalse(adding.table.holdsAny(0, flow -> flow == 200_020));
    }

    @Test
    void shouldTellWhichGroupsAreWithinATimeAlsoOutOfOrder() {
        PacketTable table = new PacketTable();
        for (int i = 0; i < 2 * PacketTable.GROUP_PACKETS; i++) {
            long nanos = i == 5 ? 100_000 : i;
            table.add(24 + 100L * i, 124 + 100L * i, nanos, 0);
        }
        int second = PacketTable.GROUP_PACKETS;
        assertTrue(table.isWithin(0, 90_000, 110_000));
        assertFalse(table.isWithin(second, 90_000, 110_000));
        assertTrue(table.isWithin(second, second, second));
        assertFalse(table.isWithin(second, 0, second - 1));
        assertEquals(second, PacketTable.groupStart(second + 9));
    }
}
