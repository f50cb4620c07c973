package io.netverdict.correlator.testing;

import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.decode.TestBytes;

/** ARP (RFC 826) and neighbor discovery (RFC 4861). */
final class NeighborPackets {
    private static final int ARP_REQUEST = 1;
    private static final int ARP_REPLY = 2;
    private static final int NEIGHBOR_SOLICITATION = 135;
    private static final int NEIGHBOR_ADVERTISEMENT = 136;

    private NeighborPackets() {}

    static ScriptedPacket request(PacketScript script, IpAddress asker, IpAddress target) {
        return target.v6()
                ? discovery(
                        script,
                        asker,
                        IpAddress.ofV6(
                                0xFF02_0000_0000_0000L,
                                0x0000_0001_FF00_0000L | target.low() & 0xFF_FFFF),
                        NEIGHBOR_SOLICITATION,
                        target)
                : arp(script, ARP_REQUEST, asker, target);
    }

    static ScriptedPacket reply(PacketScript script, IpAddress target, IpAddress asker) {
        return target.v6()
                ? discovery(script, target, asker, NEIGHBOR_ADVERTISEMENT, target)
                : arp(script, ARP_REPLY, target, asker);
    }

    private static ScriptedPacket discovery(
            PacketScript script, IpAddress from, IpAddress to, int type, IpAddress target) {
        TestBytes body = new TestBytes().u8(type, 0).u16(0).u32(0);
        IpPacket.address(body, target);
        return script.neighborMessage(from, to, body.build());
    }

    private static ScriptedPacket arp(
            PacketScript script, int operation, IpAddress sender, IpAddress target) {
        byte[] body =
                new TestBytes()
                        .u16(1, ScriptedPacket.ETHERTYPE_IPV4)
                        .u8(6, 4)
                        .u16(operation)
                        .u8(2, 0, 0, 0, 0, 1)
                        .u32(sender.low())
                        .zeros(6)
                        .u32(target.low())
                        .build();
        return script.add(
                new ScriptedPacket(script.nowNanos()) {
                    @Override
                    int etherType() {
                        return ETHERTYPE_ARP;
                    }

                    @Override
                    byte[] network() {
                        return body;
                    }
                });
    }
}
