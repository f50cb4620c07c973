package io.netverdict.capture.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.packet.PacketDirection;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.FlowTuple;
import io.netverdict.capture.ring.PacketRing;
import io.netverdict.capture.ring.SegmentPool;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlowTableTest {
    private static final int FLOWS = 5000;
    private static final long EPOCH = 1_000_000_000_000L;

    private final SegmentPool pool = new SegmentPool(SegmentPool.MIN_BUDGET_BYTES);
    private final PacketRing ring =
            new PacketRing(pool, 0, 1, EPOCH, FlowEntryDescriptor.ENTRY_BYTES);
    private final FlowTable table = new FlowTable();
    private final FlowTuple tuple = new FlowTuple();

    @AfterEach
    void free() {
        pool.release();
    }

    private static FlowKey key(int flow) {
        IpAddress client = IpAddress.ofV6(0x2001_0DB8L << 32, flow / 100);
        IpAddress server = IpAddress.ofV6(0x2001_0DB8L << 32, 0x1_0000);
        return FlowKey.of(
                IpProtocol.TCP, new Endpoint(client, 1024 + flow % 100), new Endpoint(server, 443));
    }

    private int write(FlowKey key, long timeNanos, int wireLength) {
        ring.claim(0, timeNanos);
        tuple.set(key);
        int entry = table.wrap(ring.segment()).findOrAdd(tuple, ring);
        int record = ring.recordOffset();
        ring.commit(0, wireLength, timeNanos, PacketDirection.UNKNOWN, table.newestRecord(entry));
        table.touch(entry, record, timeNanos, wireLength);
        return record;
    }

    @Test
    void shouldCountAFlowsPacketsAndRememberTheNewest() {
        write(key(1), EPOCH + 1, 100);
        write(key(2), EPOCH + 2, 50);
        int newest = write(key(1), EPOCH + 3, 30);
        tuple.set(key(1));
        int entry = table.find(tuple);
        assertEquals(2, table.packets(entry));
        assertEquals(130, table.wireBytes(entry));
        assertEquals(EPOCH + 1, table.firstNanos(entry));
        assertEquals(EPOCH + 3, table.lastNanos(entry));
        assertEquals(newest, table.newestRecord(entry));
    }

    @Test
    void shouldFindAndListEveryFlow() {
        for (int round = 0; round < 2; round++) {
            for (int flow = 0; flow < FLOWS; flow++) {
                write(key(flow), EPOCH + 1, 60);
            }
        }
        assertEquals(FLOWS, table.entryCount());
        Map<FlowKey, Integer> listed = new HashMap<>();
        for (int entry = table.oldest(); entry != 0; entry = table.newer(entry)) {
            table.read(entry, tuple);
            listed.put(tuple.toKey(), table.packets(entry));
        }
        assertEquals(FLOWS, listed.size());
        for (int flow = 0; flow < FLOWS; flow++) {
            tuple.set(key(flow));
            assertNotEquals(0, table.find(tuple));
            assertEquals(2, listed.get(key(flow)));
        }
        tuple.set(key(FLOWS));
        assertEquals(0, table.find(tuple));
    }
}
