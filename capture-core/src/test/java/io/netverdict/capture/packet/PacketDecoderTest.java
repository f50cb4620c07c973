package io.netverdict.capture.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.packet.DecodedPacket.Integrity;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketDecoderTest {
    private static final String CLIENT = "10.77.0.1";
    private static final String SERVER = "10.77.0.2";

    private final PacketDecoder decoder = new PacketDecoder();

    private DecodedPacket decode(byte[] packet, int captured, LinkType linkType) {
        return decoder.decode(
                new CapturedPacket(
                        1,
                        0,
                        0,
                        PacketDirection.UNKNOWN,
                        linkType.code(),
                        packet.length,
                        ByteBuffer.wrap(packet, 0, captured)));
    }

    private DecodedPacket decode(PacketBytes packet, LinkType linkType) {
        byte[] bytes = packet.build();
        return decode(bytes, bytes.length, linkType);
    }

    @Test
    void shouldReadTcpOptionsAndPayload() {
        DecodedPacket packet =
                decode(
                        new PacketBytes()
                                .ethernet(0x0800)
                                .ipv4(IpProtocol.TCP, CLIENT, SERVER)
                                .tcp(
                                        40112,
                                        443,
                                        0xFFFF_FFF0L,
                                        0x12,
                                        "02 04 05 B4 04 02 08 0A 00 00 00 01 00 00 00 02"
                                                + " 01 03 03 07")
                                .hex("48 69"),
                        LinkType.ETHERNET);
        Transport.Tcp tcp = packet.tcp();
        assertEquals(Integrity.COMPLETE, packet.integrity());
        assertEquals("10.77.0.1:40112", packet.source().toString());
        assertEquals("10.77.0.2:443", packet.destination().toString());
        assertEquals(0xFFFF_FFF0L, tcp.sequence());
        assertTrue(tcp.syn() && tcp.ack());
        assertEquals(new Transport.TcpOptions(1460, 7, true, 1, 2, List.of(), true), tcp.options());
        assertEquals(2, tcp.payloadLength());
        assertEquals(3, tcp.sequenceLength());
        assertEquals(ByteBuffer.wrap(new byte[] {0x48, 0x69}), tcp.payload());
    }

    @Test
    void shouldReadSackBlocks() {
        DecodedPacket packet =
                decode(
                        new PacketBytes()
                                .ipv4(IpProtocol.TCP, CLIENT, SERVER)
                                .tcp(1, 2, 3, 0x10, "01 01 05 0A 00 00 00 05 00 00 00 09"),
                        LinkType.RAW);
        assertEquals(List.of(new Transport.SackBlock(5, 9)), packet.tcp().options().sack());
    }

    @Test
    void shouldStopAtAnOptionThatLies() {
        DecodedPacket packet =
                decode(
                        new PacketBytes()
                                .ipv4(IpProtocol.TCP, CLIENT, SERVER)
                                .tcp(1, 2, 3, 0x02, "02 04 05 B4 03 00 00 00"),
                        LinkType.RAW);
        assertEquals(1460, packet.tcp().options().maximumSegmentSize());
        assertFalse(packet.tcp().options().complete());
    }

    @Test
    void shouldKeepPortsWhereTheSnapLengthCutsThePayload() {
        byte[] bytes =
                new PacketBytes()
                        .ipv4(IpProtocol.TCP, CLIENT, SERVER)
                        .tcp(1, 2, 3, 0x10)
                        .zeros(1000)
                        .build();
        DecodedPacket packet = decode(bytes, 60, LinkType.RAW);
        assertEquals(1000, packet.tcp().payloadLength());
        assertEquals(20, packet.tcp().payload().remaining());
        assertTrue(packet.tcp().payloadCut());
    }

    @Test
    void shouldReadThePacketThatAnIcmpErrorQuotes() {
        DecodedPacket packet =
                decode(
                        new PacketBytes()
                                .ipv4(IpProtocol.ICMP, SERVER, CLIENT)
                                .icmp(3, 4, 1400)
                                .hex("45 00 05 DC 00 07 40 00 40 06 00 00 0A 4D 00 01 0A 4D 00 02")
                                .hex("9C B0 01 BB 00 00 03 E8"),
                        LinkType.RAW);
        Transport.Icmp icmp = packet.icmp();
        assertTrue(icmp.isError());
        assertEquals(1400, icmp.nextHopMtu());
        assertNotNull(icmp.quoted());
        assertEquals(40112, icmp.quoted().sourcePort());
        assertEquals(443, icmp.quoted().destinationPort());
        assertEquals(1000, icmp.quoted().tcpSequence());
        assertEquals(CLIENT, icmp.quoted().ip().source().toString());
        assertTrue(icmp.quoted().ip().dontFragment());
    }

    @Test
    void shouldReadTheTargetOfANeighborSolicitation() {
        DecodedPacket packet =
                decode(
                        new PacketBytes()
                                .ipv6(IpProtocol.ICMPV6, "fe80::1", "ff02::1:ff00:2")
                                .icmp(135, 0, 0)
                                .hex("FE 80 00 00 00 00 00 00 00 00 00 00 00 00 00 02"),
                        LinkType.RAW);
        assertEquals("fe80::2", packet.icmp().neighborTarget().toString());
    }

    @Test
    void shouldReadArp() {
        DecodedPacket packet =
                decode(
                        new PacketBytes().ethernet(0x0806).arp(1, CLIENT, SERVER),
                        LinkType.ETHERNET);
        NetworkHeader.Arp arp = assertInstanceOf(NetworkHeader.Arp.class, packet.network());
        assertEquals(NetworkHeader.Arp.REQUEST, arp.operation());
        assertEquals(CLIENT, arp.sender().toString());
        assertEquals(SERVER, arp.target().toString());
        assertEquals("02:00:00:00:00:01", arp.senderHardware());
        assertEquals(Integrity.COMPLETE, packet.integrity());
    }

    @Test
    void shouldTellWhyAPacketIsNotWhole() {
        byte[] bytes =
                new PacketBytes().ethernet(0x0800).ipv4(6, CLIENT, SERVER).tcp(1, 2, 3, 2).build();
        assertEquals(Integrity.TRUNCATED, decode(bytes, 40, LinkType.ETHERNET).integrity());
        assertEquals(Integrity.UNSUPPORTED, decode(bytes, 54, LinkType.UNKNOWN).integrity());
        bytes[14] = 0x55;
        assertEquals(Integrity.MALFORMED, decode(bytes, 54, LinkType.ETHERNET).integrity());
    }

    @Test
    void shouldGiveAResultForAnyBytes() {
        int packets = 0;
        for (byte[] packet : HostilePackets.all()) {
            for (LinkType linkType : LinkType.values()) {
                for (int captured = 0; captured <= packet.length; captured += 3) {
                    assertNotNull(decode(packet, captured, linkType).integrity());
                    packets++;
                }
            }
        }
        assertTrue(packets > 0);
    }
}
