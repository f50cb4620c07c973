package io.netverdict.capture.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.packet.PacketBytes;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class FlowTupleTest {
    private static final String CLIENT = "10.77.0.1";
    private static final String SERVER = "200.77.0.2";
    private static final String CLIENT6 = "2001:db8::1";
    private static final String SERVER6 = "fe80::2";

    private final FlowTuple tuple = new FlowTuple();

    private static Endpoint end(String address, int port) {
        return new Endpoint(IpAddress.parse(address).orElseThrow(), port);
    }

    private boolean read(PacketBytes packet, LinkType linkType) {
        byte[] bytes = packet.build();
        return read(bytes, bytes.length, linkType);
    }

    private boolean read(byte[] bytes, int captured, LinkType linkType) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        HeaderView view = new HeaderView().wrap(buffer, 0, captured, bytes.length, linkType);
        return tuple.read(view, buffer, captured);
    }

    private void assertKey(FlowKey expected) {
        assertEquals(expected, tuple.toKey());
        FlowTuple same = new FlowTuple();
        same.set(expected);
        assertEquals(tuple.hash(), same.hash());
        assertEquals(tuple.protocolAndFamily(), same.protocolAndFamily());
    }

    @Test
    void shouldGiveBothDirectionsOneKey() {
        FlowKey key = FlowKey.of(IpProtocol.TCP, end(CLIENT, 40112), end(SERVER, 443));
        assertTrue(
                read(
                        new PacketBytes().ipv4(6, CLIENT, SERVER).tcp(40112, 443, 1, 2),
                        LinkType.RAW));
        assertKey(key);
        assertTrue(
                read(
                        new PacketBytes().ipv4(6, SERVER, CLIENT).tcp(443, 40112, 1, 2),
                        LinkType.RAW));
        assertKey(key);
    }

    @Test
    void shouldOrderEndsOfOneAddressByPort() {
        read(new PacketBytes().ipv4(17, CLIENT, CLIENT).udp(53124, 53), LinkType.RAW);
        assertKey(FlowKey.of(IpProtocol.UDP, end(CLIENT, 53), end(CLIENT, 53124)));
    }

    @Test
    void shouldTellIpv6FromIpv4() {
        read(new PacketBytes().ipv6(6, SERVER6, CLIENT6).tcp(443, 40112, 1, 2), LinkType.RAW);
        assertKey(FlowKey.of(IpProtocol.TCP, end(CLIENT6, 40112), end(SERVER6, 443)));
        read(new PacketBytes().ipv6(6, "::1", "::2").tcp(1, 2, 1, 2), LinkType.RAW);
        FlowKey v6 = tuple.toKey();
        read(new PacketBytes().ipv4(6, "0.0.0.1", "0.0.0.2").tcp(1, 2, 1, 2), LinkType.RAW);
        assertFalse(v6.equals(tuple.toKey()));
    }

    @Test
    void shouldGroupWhatHasNoPorts() {
        read(new PacketBytes().ipv4(1, CLIENT, SERVER).icmp(8, 0, 1), LinkType.RAW);
        assertKey(FlowKey.of(IpProtocol.ICMP, end(CLIENT, 0), end(SERVER, 0)));

        read(new PacketBytes().ipv4(17, CLIENT, SERVER, 185).zeros(40), LinkType.RAW);
        assertKey(FlowKey.of(IpProtocol.UDP, end(CLIENT, 0), end(SERVER, 0)));

        read(
                new PacketBytes().ipv6(44, CLIENT6, SERVER6).fragment(17, 1440, false, 9).zeros(40),
                LinkType.RAW);
        assertKey(FlowKey.of(IpProtocol.UDP, end(CLIENT6, 0), end(SERVER6, 0)));

        read(new PacketBytes().ethernet(0x0806).arp(1, SERVER, CLIENT), LinkType.ETHERNET);
        assertKey(FlowKey.of(FlowKey.ARP, end(CLIENT, 0), end(SERVER, 0)));
    }

    @Test
    void shouldGroupByAddressesWherePortsAreCutOff() {
        byte[] packet = new PacketBytes().ipv4(6, CLIENT, SERVER).tcp(1, 2, 1, 2).build();
        assertTrue(read(packet, 22, LinkType.RAW));
        assertKey(FlowKey.of(IpProtocol.TCP, end(CLIENT, 0), end(SERVER, 0)));
    }

    @Test
    void shouldLeaveOutWhatBelongsToNoFlow() {
        assertFalse(read(new PacketBytes().ethernet(0x88CC).zeros(46), LinkType.ETHERNET));
        byte[] arp = new PacketBytes().ethernet(0x0806).arp(1, SERVER, CLIENT).build();
        assertFalse(read(arp, 41, LinkType.ETHERNET));
        assertFalse(read(arp, 42, LinkType.UNKNOWN));
    }
}
