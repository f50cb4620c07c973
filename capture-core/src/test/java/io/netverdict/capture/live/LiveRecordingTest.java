package io.netverdict.capture.live;

import static io.netverdict.capture.live.RecorderHarness.EPOCH;
import static io.netverdict.capture.live.RecorderHarness.PAYLOAD_OFFSET;
import static io.netverdict.capture.live.RecorderHarness.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.packet.PacketBytes;
import io.netverdict.capture.recording.Coverage;
import io.netverdict.capture.recording.FlowFilter;
import io.netverdict.capture.recording.FlowSearch;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.recording.Recording;
import io.netverdict.capture.ring.SegmentPool;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveRecordingTest {
    private static final int PAYLOAD_BYTES = 1000;
    private static final int LENGTH = PAYLOAD_OFFSET + PAYLOAD_BYTES;

    private final RecorderHarness harness = new RecorderHarness(SegmentPool.MIN_BUDGET_BYTES, 2);
    private final ByteBuffer datagram = RecorderHarness.datagram(PAYLOAD_BYTES);

    @AfterEach
    void free() {
        harness.close();
    }

    private void record(int index, int flow, long timeNanos) {
        RecorderHarness.aim(datagram, flow);
        harness.record(index, datagram, LENGTH, timeNanos);
    }

    private static List<Long> times(List<CapturedPacket> packets) {
        return packets.stream().map(packet -> packet.timeNanos() - EPOCH).toList();
    }

    @Test
    void shouldMergeInterfacesByTime() {
        record(0, 7, EPOCH + 1);
        record(0, 7, EPOCH + 4);
        record(1, 7, EPOCH + 2);
        record(1, 8, EPOCH + 3);
        try (Recording recording = harness.snapshot()) {
            List<CapturedPacket> packets =
                    recording.packets(Set.of(key(7), key(8)), EPOCH, EPOCH + 10);
            assertEquals(List.of(1L, 2L, 3L, 4L), times(packets));
            assertEquals(
                    List.of(0, 1, 1, 0),
                    packets.stream().map(CapturedPacket::interfaceIndex).toList());
            assertEquals("test1", recording.interfaces().get(1).name());
            assertEquals(
                    List.of(2L), times(recording.packets(Set.of(key(7)), EPOCH + 2, EPOCH + 3)));
            assertEquals(List.of(), recording.packets(Set.of(key(9)), 0, Long.MAX_VALUE));
        }
    }

    @Test
    void shouldJoinAFlowOverSegmentsAndInterfaces() {
        int packets = 5000;
        for (int i = 0; i < packets; i++) {
            record(i & 1, i % 100, EPOCH + i);
        }
        try (Recording recording = harness.snapshot()) {
            List<RecordedFlow> flows = recording.flows(EPOCH + 2000, EPOCH + 2049);
            assertEquals(50, flows.size());
            assertEquals(new RecordedFlow(key(0), EPOCH, EPOCH + 4900, 50), flows.get(0));
            assertEquals(
                    LongStream.range(0, 50).map(i -> i * 100 + 7).boxed().toList(),
                    times(recording.packets(Set.of(key(7)), 0, Long.MAX_VALUE)));
            assertEquals(100, recording.flows(0, Long.MAX_VALUE).size());
            assertEquals(packets, recording.coverage().packets());
        }
    }

    @Test
    void shouldForgetFlowsWithTheirPackets() {
        record(0, 1_000_000, EPOCH);
        int packets = 20_000;
        for (int i = 0; i < packets; i++) {
            record(0, i, EPOCH + 1 + i);
        }
        try (Recording recording = harness.snapshot()) {
            assertEquals(List.of(), recording.packets(Set.of(key(1_000_000)), 0, Long.MAX_VALUE));
            List<RecordedFlow> flows = recording.flows(0, Long.MAX_VALUE);
            Coverage coverage = recording.coverage();
            assertEquals(flows.size(), coverage.packets());
            assertEquals(packets + 1, coverage.packets() + coverage.overwritten());
            assertEquals(flows.get(0).firstNanos(), coverage.firstNanos() + 1);
            assertTrue(coverage.live());
        }
    }

    @Test
    void shouldHoldAFloodOfFlows() {
        ByteBuffer small = RecorderHarness.datagram(18);
        int flows = 30_000;
        for (int i = 0; i < flows; i++) {
            RecorderHarness.aim(small, i);
            harness.record(0, small, PAYLOAD_OFFSET + 18, EPOCH + i);
        }
        try (Recording recording = harness.snapshot()) {
            assertEquals(flows, recording.flows(0, Long.MAX_VALUE).size());
            assertEquals(
                    List.of(12_345L),
                    times(recording.packets(Set.of(key(12_345)), 0, Long.MAX_VALUE)));
        }
    }

    private static FlowSearch search(FlowFilter filter, long from, long to, long near, int limit) {
        return new FlowSearch(filter, EPOCH + from, EPOCH + to, EPOCH + near, limit);
    }

    @Test
    void shouldFindWhatAFilterAsksForAsListingDoes() {
        for (int i = 0; i < 5000; i++) {
            record(i & 1, i % 700, EPOCH + i);
        }
        Set<IpAddress> addresses = Set.of(key(0).low().address());
        List<FlowFilter> filters =
                List.of(
                        FlowFilter.ALL,
                        FlowFilter.WITHOUT_PORTS,
                        FlowFilter.ofAddresses(addresses),
                        FlowFilter.ofPorts(Set.of(1024 + 77, 1024 + 699)),
                        FlowFilter.ofEnds(Set.of(key(5).low(), key(900).low())));
        try (Recording recording = harness.snapshot()) {
            for (FlowFilter filter : filters) {
                FlowSearch all = search(filter, 1000, 4000, 2000, 100_000);
                List<RecordedFlow> listed = recording.flows(EPOCH + 1000, EPOCH + 4000);
                assertEquals(all.select(listed), recording.flows(all), () -> "filter=" + filter);
            }
        }
    }

    @Test
    void shouldFindTheFlowsNearestToAMoment() {
        for (int i = 0; i < 5000; i++) {
            record(0, i, EPOCH + i * 1_000_000L);
        }
        try (Recording recording = harness.snapshot()) {
            long near = 3_000_000_000L;
            List<RecordedFlow> flows =
                    recording.flows(search(FlowFilter.ALL, 0, 5_000_000_000L, near, 3));
            assertEquals(
                    List.of(key(2999), key(3000), key(3001)),
                    flows.stream().map(RecordedFlow::key).toList());
        }
    }

    @Test
    void shouldFindAnOldFlowAmongManyNewOnesWhereItIsNearest() {
        int flows = 3000;
        ByteBuffer small = RecorderHarness.datagram(10);
        for (int flow = 0; flow < flows; flow++) {
            RecorderHarness.aim(small, flow);
            harness.record(0, small, PAYLOAD_OFFSET + 10, EPOCH + flow * 10_000L);
        }
        RecorderHarness.aim(small, 5);
        harness.record(0, small, PAYLOAD_OFFSET + 10, EPOCH + flows * 10_000L);
        try (Recording recording = harness.snapshot()) {
            List<RecordedFlow> all = recording.flows(Long.MIN_VALUE, Long.MAX_VALUE);
            assertEquals(flows, all.size());
            for (long near : new long[] {0, 7, 1000, 2995, flows, 2 * flows}) {
                for (int limit : new int[] {1, 3, 40}) {
                    FlowSearch search =
                            search(
                                    FlowFilter.ALL,
                                    0,
                                    Long.MAX_VALUE / 2,
                                    near * 10_000L + 3_000,
                                    limit);
                    assertEquals(search.select(all), recording.flows(search), search::toString);
                }
            }
            FlowSearch last = search(FlowFilter.ALL, 0, Long.MAX_VALUE / 2, flows * 10_000L, 1);
            assertEquals(key(5), recording.flows(last).get(0).key());
        }
    }

    private void ping(int number, long timeNanos) {
        byte[] packet =
                new PacketBytes()
                        .ethernet(0x0800)
                        .ipv4(
                                IpProtocol.ICMP,
                                "10.0.0.1",
                                "10.1." + number / 250 + "." + number % 250)
                        .zeros(8)
                        .build();
        ByteBuffer frame = ByteBuffer.allocateDirect(packet.length).put(packet);
        harness.record(0, frame, packet.length, timeNanos);
    }

    @Test
    void shouldFindTheFewFlowsWithoutPortsAmongManyOthers() {
        // Few are listed by the digest, many are walked for, later ones are not in it.
        for (int pings : new int[] {20, 2000}) {
            long start = EPOCH + pings * 10_000_000L;
            for (int i = 0; i < pings; i++) {
                record(0, i, start + i * 2_000L);
                ping(i, start + i * 2_000L + 1_000);
            }
            harness.snapshot().close();
            ping(pings, start + pings * 2_000L);
            record(0, pings, start + pings * 2_000L + 1);
            try (Recording recording = harness.snapshot()) {
                List<RecordedFlow> all = recording.flows(Long.MIN_VALUE, Long.MAX_VALUE);
                for (int limit : new int[] {1, 10, 100_000}) {
                    FlowSearch search =
                            new FlowSearch(
                                    FlowFilter.WITHOUT_PORTS,
                                    0,
                                    Long.MAX_VALUE,
                                    start + 9_300,
                                    limit);
                    List<RecordedFlow> found = recording.flows(search);
                    assertEquals(search.select(all), found, search::toString);
                    assertTrue(limit < 100_000 || found.size() == pings + 1);
                }
            }
        }
    }

    @Test
    void shouldFindFlowsThatBeganAfterTheDigestWasMade() {
        record(0, 1, EPOCH);
        harness.snapshot().close();
        record(0, 2, EPOCH + 1);
        try (Recording recording = harness.snapshot()) {
            FlowFilter filter = FlowFilter.ofEnds(Set.of(key(2).low()));
            assertEquals(1, recording.flows(search(filter, 0, 10, 0, 10)).size());
            assertEquals(1, recording.packets(Set.of(key(2)), 0, Long.MAX_VALUE).size());
        }
    }

    @Test
    void shouldLeaveOutPacketsThatComeAfterTheSnapshot() {
        record(0, 1, EPOCH);
        try (Recording recording = harness.snapshot()) {
            record(0, 1, EPOCH + 1);
            record(1, 1, EPOCH + 2);
            assertEquals(List.of(0L), times(recording.packets(Set.of(key(1)), 0, Long.MAX_VALUE)));
            assertEquals(
                    List.of(0L),
                    times(recording.newestPackets(Set.of(key(1)), 0, Long.MAX_VALUE, 2)));
        }
    }

    @Test
    void shouldTakeTheNewestPackets() {
        for (int i = 0; i < 5000; i++) {
            record(0, i % 2, EPOCH + i);
        }
        try (Recording recording = harness.snapshot()) {
            assertEquals(
                    List.of(4994L, 4996L, 4998L),
                    times(recording.newestPackets(Set.of(key(0)), 0, Long.MAX_VALUE, 3)));
        }
    }

    @Test
    void shouldLeaveOutWhatIsOverwrittenAfterTheSnapshot() {
        record(0, 1, EPOCH);
        record(0, 1, EPOCH + 1);
        try (Recording recording = harness.snapshot()) {
            for (int i = 0; i < 20_000; i++) {
                record(0, 2, EPOCH + 2 + i);
            }
            assertEquals(List.of(), recording.packets(Set.of(key(1)), 0, Long.MAX_VALUE));
            assertEquals(List.of(), recording.flows(0, EPOCH + 1));
        }
    }

    @Test
    void shouldBoundTheAnswerAndKeepItsNewestPart() {
        try (RecorderHarness large = new RecorderHarness(64 << 20, 1)) {
            ByteBuffer small = RecorderHarness.datagram(18);
            RecorderHarness.aim(small, 1);
            int packets = PacketQuery.MAX_PACKETS + 50_000;
            for (int i = 0; i < packets; i++) {
                large.record(0, small, PAYLOAD_OFFSET + 18, EPOCH + i);
            }
            try (Recording recording = large.snapshot()) {
                List<CapturedPacket> answer = recording.packets(Set.of(key(1)), 0, Long.MAX_VALUE);
                assertEquals(PacketQuery.MAX_PACKETS, answer.size());
                assertEquals(EPOCH + packets - 1, answer.get(answer.size() - 1).timeNanos());
            }
        }
    }

    @Test
    void shouldCutTheBulkOfAnAnswerThatIsTooLarge() {
        try (RecorderHarness large = new RecorderHarness(96 << 20, 1)) {
            RecorderHarness.aim(datagram, 1);
            int packets = (int) (PacketQuery.MAX_WHOLE_BYTES / LENGTH) + 1000;
            for (int i = 0; i < packets; i++) {
                large.record(0, datagram, LENGTH, EPOCH + i);
            }
            try (Recording recording = large.snapshot()) {
                List<CapturedPacket> answer = recording.packets(Set.of(key(1)), 0, Long.MAX_VALUE);
                assertEquals(packets, answer.size());
                assertEquals(LENGTH, answer.get(0).capturedLength());
                CapturedPacket last = answer.get(answer.size() - 1);
                assertEquals(PacketQuery.HEADER_BYTES, last.capturedLength());
                assertEquals(LENGTH, last.wireLength());
            }
        }
    }

    @Test
    void shouldCountPacketsThatBelongToNoFlow() {
        datagram.putShort(12, (short) 0x88CC);
        harness.record(0, datagram, LENGTH, EPOCH);
        try (Recording recording = harness.snapshot()) {
            assertEquals(1, recording.coverage().packets());
            assertEquals(List.of(), recording.flows(0, Long.MAX_VALUE));
            assertFalse(recording.coverage().undecodable() > 0);
        }
    }
}
