package io.netverdict.capture.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.index.PayloadCutoff;
import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.recording.Coverage;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.recording.Recording;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How much longer the packets that decide verdicts are remembered than data. */
class DecidingReachTest {
    private static final long BUDGET = 16 << 20;
    private static final int REFUSED_PORT = 60_000;
    private static final int BULK_PORT = 10_000;
    private static final int BULK_CONNECTIONS = 64;
    private static final int OTHER_PORTS = 20_000;
    private static final int PORTS = 30_000;

    private static FlowKey tcp(int port) {
        return FlowKey.of(
                IpProtocol.TCP,
                new Endpoint(IpAddress.ofV4(0x0A00_0001), port),
                new Endpoint(IpAddress.ofV4(0x0A00_0009), 80));
    }

    private static void turn(WebTraffic traffic, int turn, int responses) {
        for (int i = 0; i < responses; i++) {
            traffic.bulkResponse(BULK_PORT + i % BULK_CONNECTIONS);
        }
        traffic.lookup(OTHER_PORTS + turn % PORTS);
        traffic.shortConnection(OTHER_PORTS + turn % PORTS);
    }

    /**
     * @param responses of the bulk load for each name looked up and connection made
     */
    private static void checkReach(long cutoffBytes, int responses) {
        try (RecorderHarness harness = new RecorderHarness(BUDGET, 1, cutoffBytes)) {
            WebTraffic traffic = new WebTraffic(harness);
            for (int i = 0; harness.pool.decidingHorizonNanos() == 0; i++) {
                turn(traffic, i, responses);
            }
            double data = traffic.nanos() - harness.pool.horizonNanos();
            double ratio = (traffic.nanos() - harness.pool.decidingHorizonNanos()) / data;
            System.out.printf(
                    Locale.ROOT,
                    "cutoff %s: deciding packets reach back %.1f x as far as data under bulk%n",
                    cutoffBytes == PayloadCutoff.OFF ? "off" : cutoffBytes,
                    ratio);
            assertTrue(ratio >= 10, () -> "ratio=" + ratio);
        }
    }

    @Test
    void shouldRememberWhatDecidesTenTimesAsLongAsBulk() {
        checkReach(PayloadCutoff.OFF, 10);
        checkReach(RecorderConfig.DEFAULT_CUTOFF_BYTES, 60);
    }

    @Test
    void shouldFindARefusedConnectionAfterTheBulkHasOverwrittenItsTime() {
        try (RecorderHarness harness =
                new RecorderHarness(BUDGET, 1, RecorderConfig.DEFAULT_CUTOFF_BYTES)) {
            WebTraffic traffic = new WebTraffic(harness);
            traffic.refused(REFUSED_PORT);
            final long refusedNanos = traffic.nanos();
            traffic.shortConnection(REFUSED_PORT + 1);
            while (harness.pool.horizonNanos() < refusedNanos + 1_000_000) {
                traffic.bulkResponse(BULK_PORT);
            }
            try (Recording recording = harness.snapshot()) {
                Coverage coverage = recording.coverage();
                assertTrue(coverage.firstNanos() > refusedNanos);
                assertTrue(coverage.decidingSinceNanos() < refusedNanos);
                List<CapturedPacket> packets =
                        recording.packets(Set.of(tcp(REFUSED_PORT)), 0, refusedNanos);
                assertEquals(2, packets.size());
                // Of a connection with data: SYN, SYN-ACK and two FINs, each once.
                List<RecordedFlow> flows = recording.flows(0, refusedNanos + 100_000);
                assertEquals(
                        List.of(tcp(REFUSED_PORT), tcp(REFUSED_PORT + 1)),
                        flows.stream().map(RecordedFlow::key).toList().subList(0, 2));
                assertEquals(4, flows.get(1).packets());
                assertEquals(
                        4,
                        recording.packets(Set.of(tcp(REFUSED_PORT + 1)), 0, Long.MAX_VALUE).size());
            }
        }
    }

    @Test
    void shouldGiveAConnectionWhoseSegmentsAreInBothKindsOnceAndInOrder() {
        try (RecorderHarness harness = new RecorderHarness(BUDGET, 1, PayloadCutoff.OFF)) {
            WebTraffic traffic = new WebTraffic(harness);
            traffic.shortConnection(REFUSED_PORT);
            try (Recording recording = harness.snapshot()) {
                List<CapturedPacket> packets =
                        recording.packets(Set.of(tcp(REFUSED_PORT)), 0, Long.MAX_VALUE);
                assertEquals(11, packets.size());
                assertEquals(11, recording.flows(0, Long.MAX_VALUE).get(0).packets());
                for (int i = 1; i < packets.size(); i++) {
                    assertTrue(packets.get(i - 1).timeNanos() < packets.get(i).timeNanos());
                }
            }
        }
    }

    @Test
    void shouldNotShowTheEndOfAConnectionWithoutWhatWasSaidBefore() {
        try (RecorderHarness harness = new RecorderHarness(BUDGET, 1, PayloadCutoff.OFF)) {
            WebTraffic traffic = new WebTraffic(harness);
            traffic.refused(REFUSED_PORT);
            try (Recording recording = harness.snapshot()) {
                // Its data goes to a segment that the snapshot has not seen, its FINs to one it
                // has.
                traffic.shortConnection(REFUSED_PORT + 1);
                assertEquals(
                        List.of(),
                        recording.packets(Set.of(tcp(REFUSED_PORT + 1)), 0, Long.MAX_VALUE));
                assertEquals(
                        2, recording.packets(Set.of(tcp(REFUSED_PORT)), 0, Long.MAX_VALUE).size());
            }
        }
    }

    @Test
    void shouldLetAFloodOfDecidingPacketsHaveTheMemoryThatNobodyElseNeeds() {
        try (RecorderHarness harness = new RecorderHarness(BUDGET, 1, PayloadCutoff.OFF)) {
            WebTraffic traffic = new WebTraffic(harness);
            for (int i = 0; harness.pool.decidingHorizonNanos() == 0; i++) {
                traffic.refused(i % 65_000);
            }
            try (Recording recording = harness.snapshot()) {
                long segment = harness.pool.segmentBytes();
                assertTrue(harness.slots.get(0).ring().bytesHeld() > BUDGET - 2 * segment);
                assertEquals(
                        recording.coverage().firstNanos(),
                        recording.coverage().decidingSinceNanos());
            }
        }
    }
}
