package io.netverdict.correlator.rules;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.ReportScript;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import org.junit.jupiter.api.Test;

/** {@code tcp.refused} and what is near: a RST after the handshake, an ICMP error, silence. */
class RefusedTest {
    private final PacketScript script = new PacketScript();
    private final TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.2:8080");
    private final ReportScript report =
            script.error("dial tcp 10.0.0.2:8080: connect: connection refused")
                    .url("http://10.0.0.2:8080/")
                    .between(0, 0.021);

    @Test
    void shouldSayRefusedWhenTheSynIsAnsweredByRst() {
        TcpPacket syn = tcp.client().at(0).syn();
        TcpPacket rst = tcp.server().at(0.02).refuses();

        report.verdict()
                .is(Cause.TCP_REFUSED)
                .blames(Blame.SERVER)
                .in(Phase.CONNECT)
                .cites(syn, rst)
                .hints("10.0.0.2:8080", "20 ms")
                .sure();
    }

    @Test
    void shouldFindWhatFailedWithinTheSecondThatALogTells() {
        TcpPacket syn = tcp.client().at(4.6).syn();
        TcpPacket rst = tcp.server().at(4.62).refuses();

        report.between(4.6, 4.621)
                .inWholeSeconds()
                .verdict()
                .is(Cause.TCP_REFUSED)
                .cites(syn, rst)
                .certain();
    }

    @Test
    void shouldSayRefusedOverIpv6() {
        TcpScript v6 = script.tcp("[2001:db8::1]:40000", "[2001:db8::2]:8080");
        TcpPacket syn = v6.client().at(0).syn();
        TcpPacket rst = v6.server().at(0.02).refuses();

        script.error("connect ECONNREFUSED 2001:db8::2:8080")
                .url("http://[2001:db8::2]:8080/")
                .between(0, 0.021)
                .verdict()
                .is(Cause.TCP_REFUSED)
                .cites(syn, rst);
    }

    @Test
    void shouldBlameTheProxyWhenTheProxyRefuses() {
        script.dns("10.0.0.1:50000", "10.0.0.53:53").resolves(0, "proxy.example", "10.0.0.3");
        TcpScript proxy = script.tcp("10.0.0.1:40001", "10.0.0.3:3128");
        TcpPacket syn = proxy.client().at(0.01).syn();
        TcpPacket rst = proxy.server().at(0.012).refuses();

        script.error("proxyconnect tcp: dial tcp 10.0.0.3:3128: connect: connection refused")
                .url("https://shop.example/")
                .proxy("http://proxy.example:3128")
                .between(0, 0.013)
                .verdict()
                .is(Cause.TCP_REFUSED)
                .blames(Blame.PROXY)
                .cites(syn, rst);
    }

    @Test
    void shouldSayResetWhenTheRstComesAfterTheHandshake() {
        tcp.opens(0, 0.02);
        tcp.client().sends("GET / HTTP/1.1\r\nHost: 10.0.0.2\r\n\r\n");
        tcp.server().at(0.05).acks();
        TcpPacket rst = tcp.server().at(0.06).rstAck();

        script.error("read tcp 10.0.0.1:40000->10.0.0.2:8080: connection reset by peer")
                .url("http://10.0.0.2:8080/")
                .between(0, 0.061)
                .verdict()
                .is(Cause.TCP_RESET_BY_PEER)
                .cites(rst);
    }

    @Test
    void shouldNotSayRefusedWhenTheRstComesAfterTheClientGaveUp() {
        TcpPacket first = tcp.client().at(0).syn();
        TcpPacket second = tcp.client().at(1.02).retransmits(first);
        TcpPacket rst = tcp.server().at(2.4).refuses();

        script.error("dial tcp 10.0.0.2:8080: i/o timeout")
                .url("http://10.0.0.2:8080/")
                .between(0, 2)
                .verdict()
                .is(Cause.TCP_SYN_NO_RESPONSE)
                .cites(first, second)
                .leavesOut(rst);
    }

    @Test
    void shouldNotBeMisledByAHealthyConnectionToTheSamePort() {
        TcpScript healthy = script.tcp("10.0.0.1:40010", "10.0.0.2:8080");
        healthy.opens(0, 0.001);
        healthy.exchanges(
                0.005,
                0.004,
                "GET /other HTTP/1.1\r\nHost: 10.0.0.2\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        TcpPacket syn = tcp.client().at(0.01).syn();
        TcpPacket rst = tcp.server().at(0.02).refuses();

        report.verdict().is(Cause.TCP_REFUSED).cites(syn, rst);
    }

    @Test
    void shouldSayRefusedFromHeadersAlone() {
        tcp.client().at(0).syn();
        tcp.server().at(0.02).refuses();

        report.verdictWhenCutTo(96).is(Cause.TCP_REFUSED).sure();
    }

    @Test
    void shouldSurviveDamagedPackets() {
        tcp.client().at(0).syn();
        tcp.server().at(0.02).refuses();

        report.survivesDamage("refused");
    }
}
