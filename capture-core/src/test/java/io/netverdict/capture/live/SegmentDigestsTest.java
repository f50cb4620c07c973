package io.netverdict.capture.live;

import static io.netverdict.capture.live.RecorderHarness.EPOCH;
import static io.netverdict.capture.live.RecorderHarness.PAYLOAD_OFFSET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.ring.SegmentPool;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SegmentDigestsTest {
    private static final int PAYLOAD_BYTES = 18;

    /** Most of a segment's, and more than that. */
    private static final int SOME_FLOWS = 4_000;

    private static final int ALL_FLOWS = 10_000;

    private final RecorderHarness harness = new RecorderHarness(SegmentPool.MIN_BUDGET_BYTES, 1);
    private final SegmentDigests digests = new SegmentDigests();
    private final ByteBuffer datagram = RecorderHarness.datagram(PAYLOAD_BYTES);

    @AfterEach
    void free() {
        harness.close();
    }

    private List<IndexedSegment> indexed() {
        return digests.index(harness.pool.segments(), new long[0]);
    }

    @Test
    void shouldLeaveNothingToWalkOfSegmentsThatAreClosed() {
        for (int flow = 0; flow < ALL_FLOWS; flow++) {
            RecorderHarness.aim(datagram, flow);
            harness.record(0, datagram, PAYLOAD_OFFSET + PAYLOAD_BYTES, EPOCH + flow);
            if (flow == SOME_FLOWS) {
                digests.refresh(harness.pool.segments());
            }
        }
        // Made while they grew, some lack entries that came later.
        assertTrue(indexed().stream().anyMatch(each -> each.digest().missing(each.table()) > 0));

        digests.refresh(harness.pool.segments());

        List<IndexedSegment> closed = indexed().stream().filter(IndexedSegment::isClosed).toList();
        assertFalse(closed.isEmpty());
        for (IndexedSegment each : closed) {
            assertEquals(0, each.digest().missing(each.table()));
            assertEquals(0, each.firstMissing());
        }
        for (IndexedSegment each : indexed()) {
            assertTrue(each.digest().missing(each.table()) <= 1024);
        }
    }
}
