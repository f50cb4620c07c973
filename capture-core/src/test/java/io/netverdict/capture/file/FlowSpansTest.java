package io.netverdict.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FlowSpansTest {
    private static final long FROM_NANOS = 1_700_000_000_000_000_000L;

    private final FlowSpans spans = new FlowSpans();

    @Test
    void shouldCountTheManyPacketsOfALongFlow() {
        int packets = 3 * 65_536;
        for (int i = 0; i < packets; i++) {
            boolean first = i % PacketTable.GROUP_PACKETS == 0;
            assertEquals(first, spans.add(0, i, FROM_NANOS + i), "packet " + i);
            if (i == 65_535) {
                assertEquals(65_536, spans.count(0));
            }
        }
        assertEquals(packets, spans.count(0));
        assertEquals(PacketTable.groupOf(packets - 1), spans.lastGroup(0));
        assertTrue(spans.add(1, packets, FROM_NANOS));
        assertEquals(1, spans.count(1));
        assertEquals(packets, spans.count(0));
    }

    @Test
    void shouldTellTheEarliestAndTheLatestTimeWhateverTheOrder() {
        spans.add(0, 0, FROM_NANOS);
        spans.add(0, 1, FROM_NANOS + 9);
        spans.add(0, 2, FROM_NANOS - 5);
        spans.add(0, 3, FROM_NANOS + 3);
        assertEquals(FROM_NANOS - 5, spans.firstNanos(0));
        assertEquals(FROM_NANOS + 9, spans.lastNanos(0));
    }

    @Test
    void shouldStartNoFlowBehindItsFirstPacket() {
        int flows = 10_000;
        for (int flow = 0; flow < flows; flow++) {
            spans.add(flow, 2 * flow + 7, FROM_NANOS + flow);
        }
        for (int flow = 0; flow < flows; flow++) {
            int start = spans.startPacket(flow);
            assertTrue(start >= 7 && start <= 2 * flow + 7, "flow " + flow);
        }
    }
}
