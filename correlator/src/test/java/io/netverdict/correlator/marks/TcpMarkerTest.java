package io.netverdict.correlator.marks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.packet.DecodedPacket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TcpMarkerTest {
    @Test
    void shouldNumberConnectionsAndCountAReusedPortAsANewOne() {
        TcpMarker marker = new TcpMarker();
        List<DecodedPacket> packets =
                SegmentTable.packets(
                        SegmentTable.HANDSHAKE,
                        "c 5000 SYN 9000 0 0 8000 |",
                        "c 5001 ACK 9001 1 0 8000 |");
        List<Integer> streams =
                packets.stream().map(packet -> marker.mark(packet).stream()).toList();
        assertEquals(List.of(0, 0, 0, 1, 1), streams);
    }

    @Test
    void shouldForgetTheConversationLongestUnused() {
        TcpMarker marker = new TcpMarker(1);
        List<DecodedPacket> packets =
                SegmentTable.packets("c 0 PSH,ACK 1 1 100 8000 |", "c 900 PSH,ACK 1 1 100 8000 |");
        marker.mark(packets.get(0));
        assertEquals(
                Set.of(Mark.RETRANSMISSION), marker.mark(packets.get(1)).marks(), "remembered");
        assertTrue(new TcpMarker(0).mark(packets.get(1)).marks().isEmpty(), "never seen");
    }

    @Test
    void shouldKeepRangesBeyondAGapWithinBounds() {
        CapturedRanges ranges = new CapturedRanges();
        ranges.add(0, 10);
        for (int i = 1; i <= 10 * CapturedRanges.MAX_RANGES; i++) {
            ranges.add(20 * i, 20 * i + 10);
        }
        for (int i = 0; i < CapturedRanges.MAX_RANGES; i++) {
            ranges.add(20 * i + 10, 20 * i + 20);
        }
        assertEquals(20 * CapturedRanges.MAX_RANGES + 10, ranges.edge());
    }

    @Test
    void shouldReachTheEndOfAStreamInWhateverOrderItsPartsCome() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            CapturedRanges ranges = new CapturedRanges();
            int base = random.nextInt();
            ranges.add(base, base);
            List<Integer> parts = new ArrayList<>(IntStream.range(0, 60).boxed().toList());
            Collections.shuffle(parts, random);
            for (int part : parts) {
                ranges.add(base + 100 * part, base + 100 * part + 100 + random.nextInt(50));
            }
            assertTrue(ranges.edge() - base >= 6000, "seed=" + seed + " edge=" + ranges.edge());
        }
    }
}
