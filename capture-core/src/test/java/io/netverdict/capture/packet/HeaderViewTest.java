package io.netverdict.capture.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderViewTest {
    private static final String CLIENT = "10.77.0.1";
    private static final String SERVER = "10.77.0.2";
    private static final String CLIENT6 = "2001:db8::1";
    private static final String SERVER6 = "2001:db8::2";

    private static HeaderView view(byte[] packet, LinkType linkType) {
        return view(packet, packet.length, linkType);
    }

    private static HeaderView view(byte[] packet, int captured, LinkType linkType) {
        ByteBuffer exact = ByteBuffer.allocate(captured).put(packet, 0, captured);
        return new HeaderView().wrap(exact, 0, captured, packet.length, linkType);
    }

    private static PacketBytes tcpOverIpv4(PacketBytes link) {
        return link.ipv4(IpProtocol.TCP, CLIENT, SERVER).tcp(40112, 443, 1000, 0x02);
    }

    private static void assertClientToServer(HeaderView view) {
        assertEquals(4, view.ipVersion());
        assertEquals(IpProtocol.TCP, view.protocol());
        assertTrue(view.hasPorts());
        assertEquals(40112, view.sourcePort());
        assertEquals(443, view.destinationPort());
        assertEquals(0x0A4D_0001L, view.sourceLow());
        assertEquals(0x0A4D_0002L, view.destinationLow());
        assertFalse(view.truncated());
        assertFalse(view.malformed());
    }

    @Test
    void shouldReadTcpOverEthernet() {
        HeaderView view =
                view(tcpOverIpv4(new PacketBytes().ethernet(0x0800)).build(), LinkType.ETHERNET);
        assertClientToServer(view);
        assertEquals(-1, view.vlanId());
        assertEquals(34, view.transportOffset());
        assertEquals(20, view.transportWireLength());
    }

    @Test
    void shouldReadBehindVlanTags() {
        byte[] vlan = tcpOverIpv4(new PacketBytes().ethernet(0x8100).vlan(7, 0x0800)).build();
        byte[] qinq =
                tcpOverIpv4(new PacketBytes().ethernet(0x88A8).vlan(5, 0x8100).vlan(7, 0x0800))
                        .build();
        assertClientToServer(view(vlan, LinkType.ETHERNET));
        assertClientToServer(view(qinq, LinkType.ETHERNET));
        assertEquals(7, view(qinq, LinkType.ETHERNET).vlanId());
    }

    @Test
    void shouldReadCookedCapturesWithTheirDirection() {
        HeaderView sent =
                view(tcpOverIpv4(new PacketBytes().sll(4, 0x0800)).build(), LinkType.LINUX_SLL);
        HeaderView received =
                view(tcpOverIpv4(new PacketBytes().sll2(0, 0x0800)).build(), LinkType.LINUX_SLL2);
        assertClientToServer(sent);
        assertClientToServer(received);
        assertEquals(PacketDirection.OUTBOUND, sent.direction());
        assertEquals(PacketDirection.INBOUND, received.direction());
    }

    @Test
    void shouldReadPacketsWithoutALinkHeader() {
        byte[] raw = tcpOverIpv4(new PacketBytes()).build();
        byte[] loopback = tcpOverIpv4(new PacketBytes().hex("02 00 00 00")).build();
        assertClientToServer(view(raw, LinkType.RAW));
        assertClientToServer(view(raw, LinkType.IPV4));
        assertClientToServer(view(loopback, LinkType.NULL));
    }

    @Test
    void shouldReadBehindIpv6ExtensionHeaders() {
        byte[] packet =
                new PacketBytes()
                        .ethernet(0x86DD)
                        .ipv6(IpProtocol.HOP_BY_HOP, CLIENT6, SERVER6)
                        .extension(IpProtocol.ROUTING)
                        .extension(IpProtocol.DESTINATION_OPTIONS)
                        .extension(IpProtocol.UDP)
                        .udp(53124, 53)
                        .zeros(12)
                        .build();
        HeaderView view = view(packet, LinkType.ETHERNET);
        assertEquals(6, view.ipVersion());
        assertEquals(IpProtocol.UDP, view.protocol());
        assertEquals(53124, view.sourcePort());
        assertEquals(20, view.transportWireLength());
        assertEquals(0x2001_0DB8_0000_0000L, view.sourceHigh());
        assertEquals(2, view.destinationLow());
    }

    @Test
    void shouldTellFragmentsApart() {
        byte[] first =
                new PacketBytes()
                        .ipv6(IpProtocol.FRAGMENT, CLIENT6, SERVER6)
                        .fragment(IpProtocol.UDP, 0, true, 99)
                        .udp(1, 53)
                        .zeros(8)
                        .build();
        byte[] later =
                new PacketBytes()
                        .ipv6(IpProtocol.FRAGMENT, CLIENT6, SERVER6)
                        .fragment(IpProtocol.UDP, 16, false, 99)
                        .zeros(8)
                        .build();
        assertTrue(view(first, LinkType.RAW).hasPorts());
        assertTrue(view(first, LinkType.RAW).isFragment());
        HeaderView view = view(later, LinkType.RAW);
        assertFalse(view.hasPorts());
        assertEquals(16, view.fragmentOffset());
        assertEquals(99, view.fragmentId());
        assertEquals(IpProtocol.UDP, view.protocol());
    }

    @Test
    void shouldNotTakeEthernetPaddingForPayload() {
        byte[] padded =
                ByteBuffer.allocate(60)
                        .put(tcpOverIpv4(new PacketBytes().ethernet(0x0800)).build())
                        .array();
        assertEquals(20, view(padded, LinkType.ETHERNET).transportWireLength());
        assertEquals(20, view(padded, LinkType.ETHERNET).transportCapturedLength());
    }

    @Test
    void shouldTakeTheWireLengthWhereOffloadLeavesIpLengthZero() {
        byte[] packet = tcpOverIpv4(new PacketBytes().ethernet(0x0800)).zeros(100).build();
        packet[16] = 0;
        packet[17] = 0;
        assertEquals(120, view(packet, LinkType.ETHERNET).transportWireLength());
    }

    @Test
    void shouldTellTruncatedFromMalformed() {
        byte[] packet = tcpOverIpv4(new PacketBytes().ethernet(0x0800)).build();
        HeaderView cut = view(packet, 20, LinkType.ETHERNET);
        assertTrue(cut.truncated());
        assertFalse(cut.malformed());
        assertEquals(0, cut.ipVersion());

        packet[14] = 0x41;
        HeaderView shortHeader = view(packet, LinkType.ETHERNET);
        assertTrue(shortHeader.malformed());
        assertFalse(shortHeader.truncated());
    }

    @Test
    void shouldEndAtTheBoundOfExtensionHeaders() {
        PacketBytes bytes = new PacketBytes().ipv6(IpProtocol.HOP_BY_HOP, CLIENT6, SERVER6);
        for (int i = 0; i < 40; i++) {
            bytes.extension(IpProtocol.HOP_BY_HOP);
        }
        assertTrue(view(bytes.build(), LinkType.RAW).malformed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ETHERNET", "LINUX_SLL", "LINUX_SLL2", "NULL", "RAW", "IPV6", "UNKNOWN"})
    void shouldStayWithinAnyPacketCutAnywhere(String name) {
        LinkType linkType = LinkType.valueOf(name);
        for (byte[] packet : HostilePackets.all()) {
            for (int captured = 0; captured <= packet.length; captured++) {
                HeaderView view = view(packet, captured, linkType);
                assertTrue(view.transportOffset() <= captured);
                assertTrue(view.transportCapturedLength() <= captured);
                assertTrue(view.transportWireLength() <= packet.length);
                if (view.hasPorts()) {
                    assertTrue(view.sourcePort() >= 0 && view.destinationPort() >= 0);
                }
            }
        }
    }
}
