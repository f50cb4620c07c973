package io.netverdict.correlator.story;

import io.netverdict.correlator.decode.TestBytes;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.testing.IpPacket;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.ReportScript;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import org.junit.jupiter.api.Test;

/** {@code quic.no-response}: Initial packets to UDP 443 unanswered and nothing else tried. */
class QuicTest {
    private static final String CLIENT = "10.0.0.1:41000";
    private static final String SERVER = "192.0.2.1:443";

    private final PacketScript script = new PacketScript();

    private ReportScript timeout(double seconds) {
        return script.error("context deadline exceeded")
                .url("https://a.example/")
                .between(0, seconds);
    }

    private IpPacket initial(double atSeconds) {
        byte[] packet =
                new TestBytes()
                        .u8(0xC3)
                        .u32(1)
                        .u8(8, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0)
                        .u16(0x4000 | 1190)
                        .zeros(1190)
                        .build();
        script.at(atSeconds);
        return script.udp(CLIENT, SERVER, packet);
    }

    @Test
    void shouldSayNoResponseWhenEveryInitialIsUnanswered() {
        script.dns("10.0.0.1:50000", "10.0.0.53:53").resolves(0, "a.example", "192.0.2.1");
        IpPacket first = initial(0.01);
        IpPacket second = initial(0.31);
        IpPacket third = initial(0.91);

        timeout(5)
                .verdict()
                .is(Cause.QUIC_NO_RESPONSE)
                .blames(Blame.PATH)
                .cites(first, second, third);
    }

    @Test
    void shouldNotSayNoResponseWhenTheClientFellBackToTcp() {
        script.dns("10.0.0.1:50000", "10.0.0.53:53").resolves(0, "a.example", "192.0.2.1");
        initial(0.01);
        initial(0.31);
        TcpScript tcp = script.tcp("10.0.0.1:40000", SERVER);
        TcpPacket syn = tcp.client().at(0.4).syn();
        TcpPacket rst = tcp.server().at(0.42).refuses();

        script.error("connection refused")
                .url("https://a.example/")
                .between(0, 0.43)
                .verdict()
                .is(Cause.TCP_REFUSED)
                .cites(syn, rst);
    }

    @Test
    void shouldNotSayNoResponseWhenTheServerAnswered() {
        script.dns("10.0.0.1:50000", "10.0.0.53:53").resolves(0, "a.example", "192.0.2.1");
        initial(0.01);
        script.at(0.03);
        script.udp(SERVER, CLIENT, new TestBytes().u8(0xC0).u32(1).zeros(1195).build());

        timeout(5).verdict().isNot(Cause.QUIC_NO_RESPONSE);
    }

    @Test
    void shouldSurviveDamagedPackets() {
        script.dns("10.0.0.1:50000", "10.0.0.53:53").resolves(0, "a.example", "192.0.2.1");
        initial(0.01);
        initial(0.31);

        timeout(5).survivesDamage("quic");
    }
}
