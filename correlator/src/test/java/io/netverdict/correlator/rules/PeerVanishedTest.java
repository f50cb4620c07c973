package io.netverdict.correlator.rules;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.testing.HttpText;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.ReportScript;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code tcp.peer-vanished}: it worked, and then nothing is answered any more. */
class PeerVanishedTest {
    private static final double[] BACKOFF = {0.25, 0.7, 1.6, 3.4};

    private final PacketScript script = new PacketScript();
    private final TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.2:80");

    private ReportScript timeout(double from, double to) {
        return script.error("Read timed out. (read timeout=5)")
                .url("http://a.example/2")
                .remote("10.0.0.2:80")
                .local("10.0.0.1:40000")
                .between(from, to);
    }

    private void firstExchange() {
        tcp.opens(0, 0.02);
        tcp.exchanges(
                0.03, 0.03, HttpText.get("a.example", "/1"), HttpText.response("200 OK", "1"));
    }

    private void repeatsFrom(double start, TcpPacket packet) {
        for (double delay : BACKOFF) {
            tcp.client().at(start + delay).retransmits(packet).lost();
        }
    }

    @Test
    void shouldSayVanishedWhenARequestOnAnOldConnectionIsNeverAcknowledged() {
        firstExchange();
        TcpPacket request = tcp.client().at(400).sends(HttpText.get("a.example", "/2")).lost();
        repeatsFrom(400, request);

        timeout(400, 405)
                .verdict()
                .is(Cause.TCP_PEER_VANISHED)
                .blames(Blame.PATH)
                .in(Phase.REQUEST)
                .cites(request)
                .hints("5 times", "400 s")
                .sure();
    }

    @Test
    void shouldSayVanishedInMidUploadWhenSegmentsOfThatSizeHadPassed() {
        tcp.opens(0, 0.02);
        tcp.client().sends(HttpText.post("a.example", "/2", 200_000));
        tcp.client().streams(60_000);
        tcp.server().at(0.05).acks();
        List<TcpPacket> rest = tcp.client().at(0.06).streams(30_000);
        rest.forEach(TcpPacket::lost);
        repeatsFrom(0.1, rest.get(0));

        timeout(0, 5)
                .verdict()
                .is(Cause.TCP_PEER_VANISHED)
                .blames(Blame.PATH)
                .cites(rest.get(0))
                .considered(Cause.PATH_MTU_BLACKHOLE);
    }

    @Test
    void shouldSayVanishedWhenKeepAliveProbesGoUnanswered() {
        tcp.opens(0, 0.02);
        tcp.client().sends(HttpText.get("a.example", "/2"));
        tcp.server().at(0.05).acks();
        TcpPacket first = tcp.client().at(15).keepAlive().lost();
        TcpPacket second = tcp.client().at(30).keepAlive().lost();
        TcpPacket third = tcp.client().at(45).keepAlive().lost();

        script.error("read: connection timed out")
                .url("http://a.example/2")
                .remote("10.0.0.2:80")
                .between(0, 60)
                .verdict()
                .is(Cause.TCP_PEER_VANISHED)
                .cites(first, second, third)
                .hints("3 keep-alive probes");
    }

    @Test
    void shouldSayNoResponseWhenKeepAliveProbesAreAnswered() {
        tcp.opens(0, 0.02);
        TcpPacket request = tcp.client().sends(HttpText.get("a.example", "/2"));
        tcp.server().at(0.05).acks();
        for (double time : new double[] {15, 30, 45}) {
            tcp.client().at(time).keepAlive();
            tcp.server().at(time + 0.02).acks();
        }

        timeout(0, 50).verdict().is(Cause.HTTP_NO_RESPONSE).blames(Blame.SERVER).cites(request);
    }

    @Test
    void shouldSayBlackHoleWhenOneSmallerSegmentBehindIsStillAcknowledged() {
        tcp.opens(0, 0.02);
        tcp.client().sends(HttpText.post("a.example", "/2", 4000));
        tcp.server().at(0.05).acks();
        TcpPacket large = tcp.client().at(0.06).sends(1448).lost();
        tcp.client().sends(1448).lost();
        tcp.client().sends(500);
        tcp.server().at(0.08).acks();
        repeatsFrom(0.1, large);

        timeout(0, 5).verdict().is(Cause.PATH_MTU_BLACKHOLE).cites(large);
    }

    @Test
    void shouldSayIncompleteWhenNothingWasEverAcknowledged() {
        tcp.opens(0, 0.02);
        TcpPacket request = tcp.client().sends(HttpText.get("a.example", "/2")).lost();
        repeatsFrom(0.03, request);

        timeout(0, 5).verdict().is(Cause.TCP_HANDSHAKE_INCOMPLETE);
    }

    @Test
    void shouldNotSayVanishedWhenTheRepetitionWasAcknowledged() {
        firstExchange();
        TcpPacket request = tcp.client().at(10).sends(HttpText.get("a.example", "/2")).lost();
        tcp.client().at(10.25).retransmits(request).lost();
        tcp.client().at(10.7).retransmits(request);
        TcpPacket ack = tcp.server().at(10.72).acks();

        timeout(10, 15).verdict().is(Cause.HTTP_NO_RESPONSE).cites(request, ack);
    }

    @Test
    void shouldBlameTheProxyWhenTheProxyVanishes() {
        TcpScript proxy = script.tcp("10.0.0.1:40001", "10.0.0.3:3128");
        proxy.opens(0, 0.002);
        proxy.exchanges(
                0.01,
                0.003,
                "GET http://a.example/1 HTTP/1.1\r\nHost: a.example\r\n\r\n",
                HttpText.response("200 OK", "1"));
        TcpPacket request =
                proxy.client()
                        .at(60)
                        .sends("GET http://a.example/2 HTTP/1.1\r\nHost: a.example\r\n\r\n")
                        .lost();
        for (double delay : BACKOFF) {
            proxy.client().at(60 + delay).retransmits(request).lost();
        }

        script.error("Read timed out")
                .url("http://a.example/2")
                .proxy("http://10.0.0.3:3128")
                .between(60, 65)
                .verdict()
                .is(Cause.TCP_PEER_VANISHED)
                .blames(Blame.PROXY)
                .cites(request);
    }

    @Test
    void shouldSurviveDamagedPacketsAndCutOnes() {
        firstExchange();
        repeatsFrom(400, tcp.client().at(400).sends(HttpText.get("a.example", "/2")).lost());

        ReportScript report = timeout(400, 405);
        report.verdictWhenCutTo(96).is(Cause.TCP_PEER_VANISHED);
        report.survivesDamage("peer vanished");
    }
}
