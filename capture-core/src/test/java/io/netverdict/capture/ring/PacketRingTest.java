package io.netverdict.capture.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.PacketDirection;
import io.netverdict.nativelib.NativeMemory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PacketRingTest {
    private static final int ETHERNET = 1;
    private static final long EPOCH = 1_000_000_000_000L;
    private static final int PACKET_BYTES = 1500;

    private final SegmentPool pool = new SegmentPool(SegmentPool.MIN_BUDGET_BYTES);
    private final ByteBuffer source = ByteBuffer.allocateDirect(PACKET_BYTES);

    @AfterEach
    void free() {
        pool.release();
    }

    private PacketRing ring(int index) {
        return new PacketRing(pool, index, ETHERNET, EPOCH, 0);
    }

    private void write(PacketRing ring, long timeNanos) {
        assertTrue(ring.claim(PACKET_BYTES, timeNanos));
        ring.copyFrom(NativeMemory.addressOf(source), PACKET_BYTES);
        ring.commit(
                PACKET_BYTES,
                PACKET_BYTES + 1,
                timeNanos,
                PacketDirection.OUTBOUND,
                RecordDescriptor.NO_PREVIOUS);
    }

    private static int packetsInASegment(PacketRing ring) {
        return ring.maxCapturedLength() / RecordDescriptor.recordLength(PACKET_BYTES);
    }

    private static List<CapturedPacket> readAll(Segment segment) {
        List<CapturedPacket> packets = new ArrayList<>();
        RecordReader reader = new RecordReader(segment, segment.generation());
        for (int at = segment.recordsOffset(); at < segment.committed(); at = reader.next(at)) {
            packets.add(reader.packet(at, Integer.MAX_VALUE));
        }
        return packets;
    }

    @Test
    void shouldGiveBackWhatWasWritten() {
        PacketRing ring = ring(3);
        source.putInt(0, 0xCAFE_BABE);
        write(ring, EPOCH + 5);
        List<CapturedPacket> packets = readAll(ring.segment());
        assertEquals(1, packets.size());
        CapturedPacket packet = packets.get(0);
        assertEquals(EPOCH + 5, packet.timeNanos());
        assertEquals(3, packet.interfaceIndex());
        assertEquals(PacketDirection.OUTBOUND, packet.direction());
        assertEquals(ETHERNET, packet.linkType());
        assertEquals(PACKET_BYTES, packet.capturedLength());
        assertEquals(PACKET_BYTES + 1, packet.wireLength());
        assertEquals(0xCAFE_BABE, packet.data().getInt(0));
    }

    @Test
    void shouldCutACopyLikeAShortSnapLength() {
        PacketRing ring = ring(0);
        write(ring, EPOCH);
        RecordReader reader = new RecordReader(ring.segment(), ring.segment().generation());
        CapturedPacket packet = reader.packet(ring.segment().recordsOffset(), 64);
        assertEquals(64, packet.capturedLength());
        assertEquals(PACKET_BYTES + 1, packet.wireLength());
    }

    @Test
    void shouldNumberInTimeOrderOverInterfaces() {
        PacketRing one = ring(0);
        PacketRing other = ring(1);
        write(one, EPOCH + 10);
        write(other, EPOCH + 9);
        write(other, EPOCH + 10);
        write(one, EPOCH + 10);
        List<CapturedPacket> packets = readAll(one.segment());
        packets.addAll(readAll(other.segment()));
        packets.sort((a, b) -> Long.compare(a.number(), b.number()));
        assertEquals(
                List.of(EPOCH + 9, EPOCH + 10, EPOCH + 10, EPOCH + 10),
                packets.stream().map(CapturedPacket::timeNanos).toList());
        assertEquals(4, packets.stream().map(CapturedPacket::number).distinct().count());
    }

    @Test
    void shouldKeepTheOrderOfArrivalWhenTheClockStepsBack() {
        PacketRing ring = ring(0);
        write(ring, EPOCH + 100);
        write(ring, EPOCH - 50);
        List<CapturedPacket> packets = readAll(ring.segment());
        assertTrue(packets.get(0).number() < packets.get(1).number());
        assertEquals(EPOCH - 50, ring.segment().firstNanos());
        assertEquals(EPOCH + 100, ring.segment().lastNanos());
    }

    @Test
    void shouldOverwriteTheOldestOfAllInterfaces() {
        PacketRing idle = ring(0);
        PacketRing busy = ring(1);
        int perSegment = packetsInASegment(idle);
        long time = EPOCH;
        for (int i = 0; i < 2 * perSegment + 1; i++) {
            write(idle, ++time);
        }
        int segments = pool.segments().size();
        assertEquals(0, pool.horizonNanos());
        for (int i = 0; i < perSegment * (segments - 2); i++) {
            write(busy, ++time);
        }
        assertEquals(perSegment, idle.counters().overwritten());
        assertEquals(EPOCH + perSegment, pool.horizonNanos());
        assertEquals(EPOCH + perSegment + 1, idle.firstNanos(SegmentKind.DATA));
        assertEquals(pool.bytes(), idle.bytesHeld() + busy.bytesHeld());
    }

    @Test
    void shouldKeepWhatAnIdleInterfaceIsWriting() {
        PacketRing idle = ring(0);
        PacketRing busy = ring(1);
        write(idle, EPOCH + 1);
        for (int i = 0; i < packetsInASegment(busy) * pool.segments().size() * 2; i++) {
            write(busy, EPOCH + 2 + i);
        }
        assertEquals(0, idle.counters().overwritten());
        assertTrue(busy.counters().overwritten() > 0);
        assertEquals(1, readAll(idle.segment()).size());
    }

    @Test
    void shouldRefuseAndCountWhenEverySegmentIsBeingWritten() {
        int segments = pool.segments().size();
        for (int i = 0; i < segments; i++) {
            write(ring(i), EPOCH + i);
        }
        PacketRing late = ring(segments);
        assertFalse(late.claim(PACKET_BYTES, EPOCH));
        assertEquals(1, late.counters().refused());
    }

    @Test
    void shouldRefuseAPacketLargerThanASegment() {
        PacketRing ring = ring(0);
        assertTrue(ring.claim(ring.maxCapturedLength(), EPOCH));
        assertFalse(ring.claim(ring.maxCapturedLength() + 1, EPOCH));
        assertFalse(ring.claim(-1, EPOCH));
    }

    @Test
    void shouldHaveRoomForTheLargestSnapLengthInTheSmallestBudget() {
        assertTrue(ring(0).maxCapturedLength() >= 262_144);
    }

    @Test
    void shouldGoOnInItsSegmentAfterAPause() {
        PacketRing ring = ring(0);
        write(ring, EPOCH + 1);
        Segment segment = ring.segment();
        ring.pause();
        ring.resume();
        write(ring, EPOCH + 2);
        assertEquals(segment, ring.segment());
        assertEquals(2, readAll(segment).size());
    }

    @Test
    void shouldTakeANewSegmentWhenItsOwnWasTakenDuringAPause() {
        PacketRing paused = ring(0);
        write(paused, EPOCH + 1);
        Segment segment = paused.segment();
        paused.pause();
        PacketRing busy = ring(1);
        for (int i = 0; i < packetsInASegment(busy) * pool.segments().size(); i++) {
            write(busy, EPOCH + 2 + i);
        }
        paused.resume();
        assertEquals(1, paused.counters().overwritten());
        write(paused, EPOCH * 2);
        assertNotEquals(segment.generation(), SegmentDescriptor.NO_GENERATION);
        assertEquals(0, readAll(paused.segment()).get(0).interfaceIndex());
    }

    @Test
    void shouldGiveNothingFromAnOverwrittenSegment() {
        PacketRing ring = ring(0);
        write(ring, EPOCH + 1);
        Segment segment = ring.segment();
        RecordReader reader = new RecordReader(segment, segment.generation());
        for (int i = 0; i < packetsInASegment(ring) * pool.segments().size(); i++) {
            write(ring, EPOCH + 2 + i);
        }
        assertFalse(reader.isValid());
        assertNull(reader.packet(segment.recordsOffset(), Integer.MAX_VALUE));
        assertEquals(RecordReader.LOST, reader.timeNanos(segment.recordsOffset()));
        assertEquals(RecordDescriptor.NO_PREVIOUS, reader.previous(segment.recordsOffset()));
    }

    @Test
    void shouldRefuseABudgetThatIsTooSmall() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new SegmentPool(SegmentPool.MIN_BUDGET_BYTES - 1));
    }
}
