package io.netverdict.capture.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Packets that lie: every kind the builder makes, with bytes changed by a seeded chance. */
public final class HostilePackets {
    private static final long SEED = 0x5EED;
    private static final int VARIANTS = 60;
    private static final int CHANGES = 4;

    private HostilePackets() {}

    public static List<byte[]> all() {
        List<byte[]> sound = sound();
        List<byte[]> packets = new ArrayList<>(sound);
        Random random = new Random(SEED);
        for (byte[] packet : sound) {
            for (int variant = 0; variant < VARIANTS; variant++) {
                byte[] changed = packet.clone();
                for (int i = 0; i < CHANGES; i++) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                }
                packets.add(changed);
            }
        }
        return packets;
    }

    private static List<byte[]> sound() {
        String one = "10.77.0.1";
        String other = "10.77.0.2";
        String one6 = "2001:db8::1";
        String other6 = "2001:db8::2";
        return List.of(
                new PacketBytes()
                        .ethernet(0x0800)
                        .ipv4(IpProtocol.TCP, one, other)
                        .tcp(
                                1,
                                2,
                                3,
                                0x12,
                                "02 04 05 B4 04 02 08 0A 00 00 00 01 00 00 00 02 01 03 03 07")
                        .zeros(10)
                        .build(),
                new PacketBytes()
                        .ethernet(0x8100)
                        .vlan(1, 0x86DD)
                        .ipv6(IpProtocol.HOP_BY_HOP, one6, other6)
                        .extension(IpProtocol.FRAGMENT)
                        .fragment(IpProtocol.UDP, 0, true, 1)
                        .udp(1, 53)
                        .zeros(12)
                        .build(),
                new PacketBytes()
                        .sll(0, 0x0800)
                        .ipv4(IpProtocol.ICMP, one, other)
                        .icmp(3, 4, 1400)
                        .hex("45 00 00 3C 00 07 40 00 40 06 00 00 0A 4D 00 02 0A 4D 00 01")
                        .hex("00 50 9C 40 00 00 03 E8")
                        .build(),
                new PacketBytes()
                        .sll2(4, 0x86DD)
                        .ipv6(IpProtocol.ICMPV6, one6, other6)
                        .icmp(135, 0, 0)
                        .hex("20 01 0D B8 00 00 00 00 00 00 00 00 00 00 00 02")
                        .build(),
                new PacketBytes().ethernet(0x0806).arp(1, one, other).build(),
                new PacketBytes().ipv4(IpProtocol.UDP, one, other).udp(5, 6).zeros(9).build(),
                new PacketBytes()
                        .ipv6(IpProtocol.AUTHENTICATION, one6, other6)
                        .hex(
                                "06 04 00 00 00 00 00 01 00 00 00 01 00 00 00 00 00 00 00 00 00 00 00 00")
                        .tcp(1, 2, 3, 0x10)
                        .build());
    }
}
