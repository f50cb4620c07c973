package io.netverdict.capture.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.index.PayloadCutoff;
import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.RecordedFlow;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * How much further back a ring reaches with the cutoff, for two loads as a web server sees them,
 * with packets of an Ethernet (offloads off, timestamps).
 */
class CutoffReachTest {
    private static final int FIRST_PORT = 10_000;
    private static final int PORTS = 50_000;
    private static final int MEBIBYTES = 64;

    private interface Load {
        void turn(WebTraffic traffic, int number);
    }

    private static double reachNanos(long cutoffBytes, Load load) {
        try (RecorderHarness harness =
                new RecorderHarness((long) MEBIBYTES << 20, 1, cutoffBytes)) {
            WebTraffic traffic = new WebTraffic(harness);
            int turn = 0;
            while (harness.slots.get(0).ring().counters().overwritten() == 0) {
                load.turn(traffic, turn++);
            }
            return traffic.nanos() - harness.pool.horizonNanos();
        }
    }

    private static double ratio(String what, long cutoffBytes, Load load) {
        double ratio = reachNanos(cutoffBytes, load) / reachNanos(PayloadCutoff.OFF, load);
        System.out.printf(
                Locale.ROOT, "cutoff %6d: %s reach back %.1f x%n", cutoffBytes, what, ratio);
        return ratio;
    }

    @Test
    void shouldReachBackTenTimesAsFarUnderBulk() {
        Load bulk = (traffic, number) -> traffic.bulkResponse(FIRST_PORT + number % 64);
        double ratio = ratio("27 KB responses", RecorderConfig.DEFAULT_CUTOFF_BYTES, bulk);
        assertTrue(ratio >= 10, () -> "ratio=" + ratio);
    }

    @Test
    void shouldReachBackTwiceAsFarUnderShortConnections() {
        Load load = (traffic, number) -> traffic.shortConnection(FIRST_PORT + number % PORTS);
        double ratio = ratio("2 KB responses", RecorderConfig.DEFAULT_CUTOFF_BYTES, load);
        assertTrue(ratio >= 2, () -> "ratio=" + ratio);
    }

    @Test
    void shouldTellWireLengthsExactly() {
        try (RecorderHarness harness = new RecorderHarness((long) MEBIBYTES << 20, 1, 0)) {
            new WebTraffic(harness).bulkResponse(FIRST_PORT);
            List<FlowKey> keys =
                    harness.snapshot().flows(0, Long.MAX_VALUE).stream()
                            .map(RecordedFlow::key)
                            .toList();
            List<CapturedPacket> packets = harness.snapshot().packets(keys, 0, Long.MAX_VALUE);
            assertEquals(
                    WebTraffic.BULK_BYTES + packets.size() * 66L,
                    packets.stream().mapToLong(CapturedPacket::wireLength).sum());
            assertTrue(packets.stream().mapToLong(CapturedPacket::capturedLength).sum() < 4_000);
        }
    }
}
