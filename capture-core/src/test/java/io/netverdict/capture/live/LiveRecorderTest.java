package io.netverdict.capture.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.packet.PacketDecoder;
import io.netverdict.capture.recording.Coverage;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.recording.Recording;
import io.netverdict.nativelib.PcapException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Records real packets on the loopback interface; skipped where that is not allowed. */
class LiveRecorderTest {
    private static final byte[] REQUEST = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8);

    /** How long a packet may take from the wire to the recording before the test fails. */
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private static final RecorderConfig CONFIG =
            RecorderConfig.defaults()
                    .withRingBytes(16 << 20)
                    .withKernelBufferBytes(8 << 20)
                    .withInterfaces(List.of("lo"));

    private static LiveRecorder start(RecorderConfig config) {
        try {
            return LiveRecorder.start(config);
        } catch (PcapException e) {
            Assumptions.abort("live capture is not possible here: " + e.getMessage());
            throw new AssertionError(e);
        }
    }

    /** One request over one connection; the key of its flow. */
    private static FlowKey exchange() throws IOException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (ServerSocket server = new ServerSocket(0, 1, loopback);
                Socket client = new Socket(loopback, server.getLocalPort());
                Socket accepted = server.accept()) {
            client.getOutputStream().write(REQUEST);
            client.shutdownOutput();
            assertEquals(REQUEST.length, accepted.getInputStream().readAllBytes().length);
            IpAddress address = IpAddress.ofV4(0x7F00_0001);
            return FlowKey.of(
                    IpProtocol.TCP,
                    new Endpoint(address, client.getLocalPort()),
                    new Endpoint(address, server.getLocalPort()));
        }
    }

    /** The flow's packets, as soon as both FINs are recorded. */
    private static List<DecodedPacket> awaitClosed(LiveRecorder recorder, FlowKey key) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        PacketDecoder decoder = new PacketDecoder();
        List<DecodedPacket> packets = List.of();
        while (System.nanoTime() < deadline) {
            try (Recording recording = recorder.snapshot()) {
                packets =
                        recording.packets(Set.of(key), 0, Long.MAX_VALUE).stream()
                                .map(decoder::decode)
                                .toList();
            }
            if (packets.stream().filter(packet -> packet.tcp().fin()).count() >= 2) {
                return packets;
            }
            Thread.onSpinWait();
        }
        return packets;
    }

    @Test
    void shouldFindThePacketsOfARealExchange() throws IOException {
        try (LiveRecorder recorder = start(CONFIG)) {
            FlowKey key = exchange();
            List<DecodedPacket> packets = awaitClosed(recorder, key);

            assertTrue(packets.get(0).tcp().syn());
            assertFalse(packets.get(0).tcp().ack());
            assertTrue(packets.get(1).tcp().syn());
            assertTrue(packets.get(1).tcp().ack());
            assertTrue(
                    packets.stream()
                            .map(packet -> packet.tcp().payload())
                            .anyMatch(ByteBuffer.wrap(REQUEST)::equals),
                    "request in " + packets);
            for (int i = 1; i < packets.size(); i++) {
                assertTrue(packets.get(i - 1).number() < packets.get(i).number());
            }
        }
    }

    @Test
    void shouldListTheFlowInItsWindowOnly() throws IOException {
        try (LiveRecorder recorder = start(CONFIG)) {
            FlowKey key = exchange();
            List<DecodedPacket> packets = awaitClosed(recorder, key);
            long first = packets.get(0).timeNanos();
            try (Recording recording = recorder.snapshot()) {
                RecordedFlow flow =
                        recording.flows(first, first).stream()
                                .filter(each -> each.key().equals(key))
                                .findFirst()
                                .orElseThrow();
                assertEquals(first, flow.firstNanos());
                assertEquals(
                        packets.size(),
                        recording.packets(List.of(key, key), 0, Long.MAX_VALUE).size());
                assertEquals(
                        List.of(),
                        recording.flows(0, first - 1).stream()
                                .filter(each -> each.key().equals(key))
                                .toList());
                assertEquals(
                        List.of(packets.get(0).captured().number()),
                        recording.packets(Set.of(key), first, first).stream()
                                .map(CapturedPacket::number)
                                .toList());
            }
        }
    }

    @Test
    void shouldTellWhatWasSeenAndMissed() throws IOException {
        try (LiveRecorder recorder = start(CONFIG)) {
            FlowKey key = exchange();
            List<DecodedPacket> packets = awaitClosed(recorder, key);
            try (Recording recording = recorder.snapshot()) {
                Coverage coverage = recording.coverage();
                assertTrue(coverage.live());
                assertTrue(coverage.packets() >= packets.size());
                assertTrue(coverage.firstNanos() <= packets.get(0).timeNanos());
                assertTrue(coverage.lastNanos() >= packets.get(packets.size() - 1).timeNanos());
                assertEquals("lo", coverage.interfaces().get(0).name());
            }
            RecorderStatus status = recorder.status();
            assertEquals(1, status.interfaces().size());
            assertTrue(status.interfaces().get(0).recording());
            assertTrue(status.interfaces().get(0).packets() >= packets.size());
            assertEquals("", status.interfaces().get(0).problem());
        }
    }

    @Test
    void shouldReadASnapshotAfterTheRecorderIsClosed() throws IOException {
        LiveRecorder recorder = start(CONFIG);
        FlowKey key = exchange();
        int packets = awaitClosed(recorder, key).size();
        try (Recording recording = recorder.snapshot()) {
            recorder.close();
            assertEquals(packets, recording.packets(Set.of(key), 0, Long.MAX_VALUE).size());
        }
        assertThrows(IllegalStateException.class, recorder::snapshot);
        assertThrows(IllegalStateException.class, recorder::status);
    }

    @Test
    void shouldFollowAnInterfaceThatIsNotThereYet() {
        try (LiveRecorder recorder =
                start(CONFIG.withInterfaces(List.of("lo", "nvcapture-none")))) {
            RecorderStatus.InterfaceStatus missing = recorder.status().interfaces().get(1);
            assertEquals("nvcapture-none", missing.name());
            assertFalse(missing.recording());
            assertTrue(missing.problem().contains("no interface nvcapture-none"));
        }
    }

    @Test
    void shouldRefuseToStartWhenNoInterfaceCanBeOpened() {
        start(CONFIG).close();
        PcapException problem =
                assertThrows(
                        PcapException.class,
                        () -> LiveRecorder.start(CONFIG.withInterfaces(List.of("nvcapture-none"))));
        assertEquals(PcapException.Reason.NO_SUCH_DEVICE, problem.reason());
    }
}
