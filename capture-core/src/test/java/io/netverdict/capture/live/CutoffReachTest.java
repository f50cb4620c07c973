package io.netverdict.capture.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.index.PayloadCutoff;
import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.packet.PacketBytes;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.nativelib.NativeMemory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * How much further back a ring reaches with the cutoff, for two loads as a web server sees them,
 * with packets of an Ethernet (offloads off, timestamps).
 */
class CutoffReachTest {
    private static final String TIMESTAMPS = "01 01 08 0A 00 00 00 01 00 00 00 02";
    private static final int SEGMENT = 1448;
    private static final int SYN = 0x02;
    private static final int SYN_ACK = 0x12;
    private static final int ACK = 0x10;
    private static final int FIN_ACK = 0x11;
    private static final int FIRST_PORT = 10_000;
    private static final int PORTS = 50_000;
    private static final long NANOS_PER_PACKET = 1_000;
    private static final int MEBIBYTES = 64;

    private static final byte[] REQUEST =
            "GET /bulk HTTP/1.1\r\nHost: origin.example\r\nAccept: */*\r\n\r\n".getBytes();

    /** Packets of a client and a web server, recorded one after the other. */
    private static final class Traffic {
        private final PacketRecorder recorder;
        private final ByteBuffer memory = ByteBuffer.allocateDirect(4096);
        private long nanos = RecorderHarness.EPOCH;

        private Traffic(RecorderHarness harness) {
            this.recorder = harness.recorder(0);
        }

        private void upstream(int port, int flags, byte[] payload) {
            record(
                    new PacketBytes()
                            .ethernet(0x0800)
                            .ipv4(IpProtocol.TCP, "10.0.0.1", "10.0.0.9")
                            .tcp(port, 80, 1, flags, TIMESTAMPS)
                            .payload(payload)
                            .build());
        }

        private void downstream(int port, int flags, int payloadBytes) {
            record(
                    new PacketBytes()
                            .ethernet(0x0800)
                            .ipv4(IpProtocol.TCP, "10.0.0.9", "10.0.0.1")
                            .tcp(80, port, 1, flags, TIMESTAMPS)
                            .zeros(payloadBytes)
                            .build());
        }

        private void record(byte[] packet) {
            memory.clear().put(packet);
            nanos += NANOS_PER_PACKET;
            recorder.record(NativeMemory.addressOf(memory), packet.length, packet.length, nanos);
        }

        /** A response of 27 KB on a connection that lives on. */
        private void bulkResponse(int port) {
            upstream(port, ACK, REQUEST);
            int left = 27_000;
            while (left > 0) {
                downstream(port, ACK, Math.min(left, SEGMENT));
                left -= SEGMENT;
            }
            upstream(port, ACK, new byte[0]);
        }

        /** A response of 2 KB with a connection of its own. */
        private void shortConnection(int port) {
            upstream(port, SYN, new byte[0]);
            downstream(port, SYN_ACK, 0);
            upstream(port, ACK, new byte[0]);
            upstream(port, ACK, REQUEST);
            downstream(port, ACK, 0);
            downstream(port, ACK, SEGMENT);
            downstream(port, ACK, 2048 + 240 - SEGMENT);
            upstream(port, ACK, new byte[0]);
            upstream(port, FIN_ACK, new byte[0]);
            downstream(port, FIN_ACK, 0);
            upstream(port, ACK, new byte[0]);
        }
    }

    private interface Load {
        void turn(Traffic traffic, int number);
    }

    private static double reachNanos(long cutoffBytes, Load load) {
        try (RecorderHarness harness =
                new RecorderHarness((long) MEBIBYTES << 20, 1, cutoffBytes)) {
            Traffic traffic = new Traffic(harness);
            int turn = 0;
            while (harness.slots.get(0).ring().counters().overwritten() == 0) {
                load.turn(traffic, turn++);
            }
            return traffic.nanos - harness.pool.horizonNanos();
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
        assertTrue(ratio > 8, () -> "ratio=" + ratio);
        assertTrue(ratio("27 KB responses", 0, bulk) >= 10);
    }

    @Test
    void shouldReachBackTwiceAsFarUnderShortConnections() {
        Load load = (traffic, number) -> traffic.shortConnection(FIRST_PORT + number % PORTS);
        assertTrue(ratio("2 KB responses", 0, load) >= 2);
    }

    @Test
    void shouldTellWireLengthsExactly() {
        try (RecorderHarness harness = new RecorderHarness((long) MEBIBYTES << 20, 1, 0)) {
            new Traffic(harness).bulkResponse(FIRST_PORT);
            List<FlowKey> keys =
                    harness.snapshot().flows(0, Long.MAX_VALUE).stream()
                            .map(RecordedFlow::key)
                            .toList();
            List<CapturedPacket> packets = harness.snapshot().packets(keys, 0, Long.MAX_VALUE);
            assertEquals(
                    27_000L + REQUEST.length + packets.size() * 66L,
                    packets.stream().mapToLong(CapturedPacket::wireLength).sum());
            assertTrue(packets.stream().mapToLong(CapturedPacket::capturedLength).sum() < 4_000);
        }
    }
}
