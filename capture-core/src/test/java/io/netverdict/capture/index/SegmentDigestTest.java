package io.netverdict.capture.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.packet.PacketDirection;
import io.netverdict.capture.recording.FlowFilter;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.FlowTuple;
import io.netverdict.capture.ring.PacketRing;
import io.netverdict.capture.ring.RecordReader;
import io.netverdict.capture.ring.SegmentPool;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SegmentDigestTest {
    private static final int FLOWS = 1_500;
    private static final int STRANGERS = 100_000;
    private static final int CLIENT = 0x0A00_0001;
    private static final IpAddress SERVER = IpAddress.ofV4(0x0A63_0702);
    private static final long EPOCH = 1_000_000_000_000L;

    private final SegmentPool pool = new SegmentPool(SegmentPool.MIN_BUDGET_BYTES);
    private final PacketRing ring =
            new PacketRing(pool, 0, 1, EPOCH, FlowEntryDescriptor.ENTRY_BYTES);
    private final FlowTuple tuple = new FlowTuple();
    private SegmentDigest digest;

    @BeforeEach
    void fill() {
        FlowTable table = new FlowTable();
        for (int flow = 0; flow < FLOWS; flow++) {
            ring.claim(0, EPOCH);
            tuple.set(key(flow));
            table.wrap(ring.segment()).findOrAdd(tuple, ring);
            ring.commit(0, 60, EPOCH, PacketDirection.UNKNOWN, 0);
        }
        digest = SegmentDigest.of(new RecordReader(ring.segment(), ring.segment().generation()));
    }

    @AfterEach
    void free() {
        pool.release();
    }

    private static Endpoint client(int flow) {
        return new Endpoint(IpAddress.ofV4(CLIENT + flow / 100), 1024 + flow % 100);
    }

    private static FlowKey key(int flow) {
        return FlowKey.of(IpProtocol.TCP, client(flow), new Endpoint(SERVER, 80));
    }

    private boolean mayMatch(FlowFilter filter) {
        return new FlowMatcher(filter).mayMatch(digest);
    }

    @Test
    void shouldKnowEveryFlowByAllThatItMayBeAskedFor() {
        for (int flow = 0; flow < FLOWS; flow++) {
            tuple.set(key(flow));
            assertTrue(digest.mayHold(tuple));
            assertTrue(mayMatch(FlowFilter.ofEnds(Set.of(client(flow)))));
            assertTrue(mayMatch(FlowFilter.ofAddresses(Set.of(client(flow).address()))));
        }
        assertTrue(mayMatch(FlowFilter.ofEnds(Set.of(new Endpoint(SERVER, 80)))));
        assertTrue(mayMatch(FlowFilter.ofPorts(Set.of(80))));
        assertTrue(mayMatch(FlowFilter.ALL));
        assertFalse(mayMatch(FlowFilter.ofPorts(Set.of(81))));
        assertFalse(mayMatch(FlowFilter.WITHOUT_PORTS));
    }

    @Test
    void shouldTakeFewOthersForTheFlowsThatAreThere() {
        long flows =
                IntStream.range(FLOWS, FLOWS + STRANGERS)
                        .filter(
                                flow -> {
                                    tuple.set(key(flow));
                                    return digest.mayHold(tuple);
                                })
                        .count();
        long ends =
                IntStream.range(FLOWS, FLOWS + STRANGERS)
                        .filter(flow -> mayMatch(FlowFilter.ofEnds(Set.of(client(flow)))))
                        .count();
        assertTrue(flows < STRANGERS / 50, () -> flows + " flows");
        assertTrue(ends < STRANGERS / 50, () -> ends + " ends");
    }

    @Test
    void shouldNeverPassOverByItsPortsAFlowThatMatches() {
        List<FlowFilter> filters =
                List.of(
                        FlowFilter.ALL,
                        FlowFilter.WITHOUT_PORTS,
                        FlowFilter.ofPorts(Set.of(80)),
                        FlowFilter.ofPorts(Set.of(81)),
                        FlowFilter.ofEnds(Set.of(new Endpoint(SERVER, 80))),
                        FlowFilter.ofEnds(Set.of(client(7), new Endpoint(SERVER, 81))),
                        FlowFilter.ofAddresses(Set.of(client(7).address())));
        int passedOver = 0;
        for (FlowFilter filter : filters) {
            FlowMatcher matcher = new FlowMatcher(filter);
            for (int flow = 0; flow < FLOWS; flow++) {
                tuple.set(key(flow));
                boolean may = matcher.mayMatchPorts(tuple.ports());
                assertTrue(may || !filter.matches(key(flow)), () -> filter.toString());
                assertEquals(filter.matches(key(flow)), matcher.matches(tuple));
                passedOver += may ? 0 : 1;
            }
        }
        assertTrue(passedOver > FLOWS, "flows passed over: " + passedOver);
    }
}
