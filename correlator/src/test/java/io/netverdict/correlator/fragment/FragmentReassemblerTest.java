package io.netverdict.correlator.fragment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.packet.PacketDecoder;
import io.netverdict.capture.packet.PacketDirection;
import io.netverdict.capture.packet.Transport.Udp;
import io.netverdict.correlator.fragment.FragmentReassembler.Outcome;
import io.netverdict.correlator.fragment.FragmentReassembler.Status;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FragmentReassemblerTest {
    private static final int PAYLOAD_BYTES = 3000;
    private static final int MORE_FRAGMENTS = 0x2000;
    private static final long SECOND = 1_000_000_000L;

    private final FragmentReassembler reassembler = new FragmentReassembler();
    private final PacketDecoder decoder = new PacketDecoder();
    private long number;

    /** A UDP datagram: eight bytes of header, then a counter. */
    private static byte[] datagram() {
        ByteBuffer bytes = ByteBuffer.allocate(8 + PAYLOAD_BYTES);
        bytes.putShort((short) 53).putShort((short) 40000);
        bytes.putShort((short) (8 + PAYLOAD_BYTES)).putShort((short) 0);
        for (int i = 0; i < PAYLOAD_BYTES; i++) {
            bytes.put((byte) (i * 31));
        }
        return bytes.array();
    }

    private DecodedPacket v4(int id, int offset, int length, long nanos) {
        byte[] whole = datagram();
        boolean last = offset + length == whole.length;
        ByteBuffer packet = ByteBuffer.allocate(20 + length);
        packet.put((byte) 0x45).put((byte) 0).putShort((short) (20 + length));
        packet.putShort((short) id);
        packet.putShort((short) (offset / 8 | (last ? 0 : MORE_FRAGMENTS)));
        packet.put((byte) 64).put((byte) IpProtocol.UDP).putShort((short) 0);
        packet.putInt(0x0A000001).putInt(0x0A000002);
        packet.put(whole, offset, length).flip();
        return decode(packet, 20 + length, nanos);
    }

    private DecodedPacket v6(long id, int offset, int length) {
        byte[] whole = datagram();
        boolean last = offset + length == whole.length;
        ByteBuffer packet = ByteBuffer.allocate(48 + length);
        packet.putInt(0x60000000).putShort((short) (8 + length));
        packet.put((byte) IpProtocol.FRAGMENT).put((byte) 64);
        packet.putLong(0x20010DB800000000L).putLong(1).putLong(0x20010DB800000000L).putLong(2);
        packet.put((byte) IpProtocol.UDP).put((byte) 0);
        packet.putShort((short) (offset | (last ? 0 : 1))).putInt((int) id);
        packet.put(whole, offset, length).flip();
        return decode(packet, 48 + length, 0);
    }

    private DecodedPacket decode(ByteBuffer packet, int wireLength, long nanos) {
        return decoder.decode(
                new CapturedPacket(
                        ++number,
                        nanos,
                        0,
                        PacketDirection.UNKNOWN,
                        LinkType.RAW.code(),
                        wireLength,
                        packet));
    }

    private static void assertWhole(Outcome outcome, Long... frames) {
        assertEquals(Status.COMPLETED, outcome.status());
        assertEquals(List.of(frames), outcome.datagram().frames());
        DecodedPacket packet = outcome.datagram().packet();
        assertEquals(DecodedPacket.Integrity.COMPLETE, packet.integrity());
        Udp udp = packet.udp();
        assertNotNull(udp);
        assertEquals(53, udp.sourcePort());
        assertFalse(udp.payloadCut());
        assertEquals(ByteBuffer.wrap(datagram(), 8, PAYLOAD_BYTES), udp.payload());
    }

    @Test
    void shouldPutFragmentsTogetherInWhateverOrderTheyCome() {
        for (int seed = 0; seed < 20; seed++) {
            List<DecodedPacket> fragments = new ArrayList<>();
            for (int offset = 0; offset < 3008; offset += 376) {
                fragments.add(v4(seed, offset, 376, 0));
            }
            Collections.shuffle(fragments, new Random(seed));
            for (int i = 0; i < 7; i++) {
                assertEquals(Status.PENDING, reassembler.add(fragments.get(i)).status());
            }
            Outcome outcome = reassembler.add(fragments.get(7));
            assertWhole(
                    outcome,
                    fragments.stream().map(DecodedPacket::number).sorted().toArray(Long[]::new));
        }
    }

    @Test
    void shouldPutIpv6FragmentsTogether() {
        assertEquals(Status.PENDING, reassembler.add(v6(0xFFFFFFFFL, 0, 1504)).status());
        Outcome outcome = reassembler.add(v6(0xFFFFFFFFL, 1504, 1504));
        assertWhole(outcome, 1L, 2L);
        assertEquals(6, outcome.datagram().packet().ip().version());
    }

    @Test
    void shouldKeepDatagramsOfDifferentIdentificationApart() {
        reassembler.add(v4(1, 0, 1504, 0));
        assertEquals(Status.PENDING, reassembler.add(v4(2, 1504, 1504, 0)).status());
        assertEquals(2, reassembler.incomplete().size());
    }

    @Test
    void shouldReportWhatIsMissing() {
        reassembler.add(v4(7, 0, 800, 5 * SECOND));
        reassembler.add(v4(7, 1600, 1408, 6 * SECOND));
        IncompleteDatagram incomplete = reassembler.incomplete().get(0);
        assertEquals(List.of(1L, 2L), incomplete.frames());
        assertEquals(2208, incomplete.receivedBytes());
        assertEquals(3008, incomplete.totalBytes());
        assertEquals(5 * SECOND, incomplete.firstNanos());
        assertEquals(6 * SECOND, incomplete.lastNanos());
    }

    @Test
    void shouldNotKnowTheTotalWithoutTheLastFragment() {
        reassembler.add(v4(7, 0, 800, 0));
        assertEquals(-1, reassembler.incomplete().get(0).totalBytes());
    }

    @Test
    void shouldPassOverFragmentsThatWereCapturedTwice() {
        reassembler.add(v4(7, 0, 1504, 0));
        assertEquals(Status.DUPLICATE, reassembler.add(v4(7, 0, 1504, 0)).status());
        assertWhole(reassembler.add(v4(7, 1504, 1504, 0)), 1L, 3L);
        assertEquals(Status.DUPLICATE, reassembler.add(v4(7, 1504, 1504, 0)).status());
        assertEquals(List.of(), reassembler.incomplete());
    }

    @Test
    void shouldGiveUpAfterAMinute() {
        reassembler.add(v4(7, 0, 1504, 0));
        Outcome late = reassembler.add(v4(7, 1504, 1504, 61 * SECOND));
        assertEquals(Status.PENDING, late.status());
        assertEquals(2, reassembler.incomplete().size());
    }

    @Test
    void shouldStillCompleteWithinAMinute() {
        reassembler.add(v4(7, 0, 1504, 0));
        assertWhole(reassembler.add(v4(7, 1504, 1504, 60 * SECOND)), 1L, 2L);
    }

    @Test
    void shouldTellOfOverlaps() {
        reassembler.add(v4(7, 0, 1504, 0));
        Outcome outcome = reassembler.add(v4(7, 1496, 1512, 0));
        assertTrue(outcome.datagram().overlapping());
    }

    @Test
    void shouldEndTheBytesWhereAFragmentWasCut() {
        DecodedPacket first = v4(7, 0, 1504, 0);
        ByteBuffer cut = first.captured().data().slice(0, 520);
        reassembler.add(decode(cut, 1524, 0));
        Outcome outcome = reassembler.add(v4(7, 1504, 1504, 0));
        assertEquals(Status.COMPLETED, outcome.status());
        Udp udp = outcome.datagram().packet().udp();
        assertEquals(492, udp.payload().remaining());
        assertTrue(udp.payloadCut());
    }

    @Test
    void shouldLetTheOldestDatagramsGiveWay() {
        for (int id = 0; id <= FragmentReassembler.MAX_PENDING; id++) {
            reassembler.add(v4(id, 0, 8, 0));
        }
        List<IncompleteDatagram> incomplete = reassembler.incomplete();
        assertEquals(FragmentReassembler.MAX_PENDING + 1, incomplete.size());
        assertEquals(0, incomplete.get(0).key().identification());
        assertEquals(Status.PENDING, reassembler.add(v4(0, 8, 3000, 0)).status(), "forgotten");
    }

    @Test
    void shouldHandOutWholePacketsAsTheyAre() {
        DecodedPacket packet = v4(7, 0, 3008, 0);
        Outcome outcome = reassembler.add(packet);
        assertEquals(Status.WHOLE, outcome.status());
        assertEquals(packet, outcome.whole(packet));
        DecodedPacket fragment = v4(8, 0, 8, 0);
        assertNull(reassembler.add(fragment).whole(fragment));
    }

    @Test
    void shouldSurviveAnyBytes() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            DecodedPacket model = i % 2 == 0 ? v4(7, 0, 800, 0) : v6(7, 0, 800);
            byte[] bytes = new byte[random.nextInt(848)];
            model.captured().data().get(0, bytes, 0, Math.min(bytes.length, 820));
            for (int flips = random.nextInt(8); flips > 0 && bytes.length > 0; flips--) {
                bytes[random.nextInt(Math.min(64, bytes.length))] = (byte) random.nextInt();
            }
            assertNotNull(reassembler.add(decode(ByteBuffer.wrap(bytes), 848, 0)).status());
        }
    }
}
