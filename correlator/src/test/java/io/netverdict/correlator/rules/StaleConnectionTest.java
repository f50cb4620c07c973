package io.netverdict.correlator.rules;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.testing.HttpText;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.ReportScript;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import io.netverdict.correlator.testing.TlsBytes;
import io.netverdict.correlator.testing.TlsScript;
import org.junit.jupiter.api.Test;

/** {@code tcp.stale-connection}: a request on a kept-alive connection that was already dead. */
class StaleConnectionTest {
    private final PacketScript script = new PacketScript();
    private final TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.2:80");

    private void firstExchange() {
        tcp.opens(0, 0.02);
        tcp.exchanges(
                0.03, 0.03, HttpText.get("a.example", "/1"), HttpText.response("200 OK", "1"));
    }

    private ReportScript failed(String message, double from, double to) {
        return script.error(message)
                .url("http://a.example/2")
                .local("10.0.0.1:40000")
                .remote("10.0.0.2:80")
                .between(from, to);
    }

    @Test
    void shouldSayStaleWhenTheRequestAfterIdlenessIsAnsweredByABareRst() {
        firstExchange();
        TcpPacket request = tcp.client().at(65).sends(HttpText.get("a.example", "/2"));
        TcpPacket rst = tcp.server().at(65.02).rst();

        failed("connection reset by peer", 65, 65.021)
                .verdict()
                .is(Cause.TCP_STALE_CONNECTION)
                .blames(Blame.SERVER)
                .in(Phase.REQUEST)
                .cites(request, rst)
                .hints("65 s")
                .sure();
    }

    @Test
    void shouldSayStaleWhenRequestAndFinCross() {
        firstExchange();
        TcpPacket request = tcp.client().at(5.06).sends(HttpText.get("a.example", "/2"));
        TcpPacket fin = tcp.server().at(5.065).fin().acking(request.number());
        fin.acking(HttpText.get("a.example", "/1").length());
        TcpPacket rst = tcp.server().at(5.08).rst();

        failed("EOF", 5.06, 5.081)
                .verdict()
                .is(Cause.TCP_STALE_CONNECTION)
                .blames(Blame.SERVER)
                .cites(request, fin, rst);
    }

    @Test
    void shouldSayStaleWhenTheFinLayUnreadInTheSocket() {
        firstExchange();
        TcpPacket fin = tcp.server().at(5).fin();
        tcp.client().at(5.04).acks();
        TcpPacket request = tcp.client().at(9).sends(HttpText.get("a.example", "/2"));
        TcpPacket rst = tcp.server().at(9.02).rst();

        failed("unexpected end of stream", 9, 9.021)
                .verdict()
                .is(Cause.TCP_STALE_CONNECTION)
                .cites(request, fin, rst);
    }

    @Test
    void shouldSayStaleWhenTheRequestCrossesACloseNotify() {
        TcpScript tls = script.tcp("10.0.0.1:40001", "10.0.0.2:443");
        tls.opens(0, 0.02);
        TlsScript.handshake13(tls, 0.03, 0.02, "a.example");
        tls.client().at(0.06).sends(TlsBytes.encrypted(180));
        tls.server().at(0.09).sends(TlsBytes.encrypted(400));
        tls.client().acks();
        long readUpTo = tls.client().sentBytes();
        TcpPacket request = tls.client().at(30).sends(TlsBytes.encrypted(190));
        TcpPacket closeNotify =
                tls.server().at(30.004).sends(TlsBytes.encrypted(19)).acking(readUpTo);
        TcpPacket fin = tls.server().at(30.005).fin().acking(readUpTo);
        TcpPacket rst = tls.server().at(30.02).rst();

        script.error("EOF")
                .url("https://a.example/2")
                .local("10.0.0.1:40001")
                .remote("10.0.0.2:443")
                .between(30, 30.021)
                .verdict()
                .is(Cause.TCP_STALE_CONNECTION)
                .cites(request, rst, fin)
                .leavesOut(closeNotify);
    }

    @Test
    void shouldSayResetWhenTheConnectionIsNew() {
        tcp.opens(0, 0.02);
        tcp.client().at(0.03).sends(HttpText.get("a.example", "/2"));
        TcpPacket rst = tcp.server().at(0.05).rstAck();

        failed("connection reset by peer", 0, 0.051)
                .verdict()
                .is(Cause.TCP_RESET_BY_PEER)
                .cites(rst)
                .considered(Cause.TCP_STALE_CONNECTION);
    }

    @Test
    void shouldSayResetWhenTheReusedConnectionWasBusyUntilNow() {
        firstExchange();
        tcp.client().at(0.1).sends(HttpText.get("a.example", "/2"));
        tcp.server().at(0.121).acks();
        TcpPacket rst = tcp.server().at(1.9).rstAck();

        failed("connection reset by peer", 0.1, 1.901)
                .verdict()
                .is(Cause.TCP_RESET_BY_PEER)
                .cites(rst);
    }

    @Test
    void shouldSayResetWhenTheServerThoughtAboutTheRequestFirst() {
        firstExchange();
        tcp.client().at(30).sends(HttpText.get("a.example", "/2"));
        tcp.server().at(30.021).acks();
        TcpPacket rst = tcp.server().at(32.5).rstAck();

        failed("connection reset by peer", 30, 32.501)
                .verdict()
                .is(Cause.TCP_RESET_BY_PEER)
                .cites(rst);
    }

    @Test
    void shouldSayVanishedWhenNothingAnswersTheRequestAfterIdleness() {
        firstExchange();
        TcpPacket request = tcp.client().at(400).sends(HttpText.get("a.example", "/2")).lost();
        for (double time : new double[] {400.25, 400.7, 401.6, 403.4}) {
            tcp.client().at(time).retransmits(request).lost();
        }

        failed("Read timed out", 400, 405).verdict().is(Cause.TCP_PEER_VANISHED).cites(request);
    }

    @Test
    void shouldSayClosedWithoutResponseWhenTheServerTookTheRequestFirst() {
        tcp.opens(0, 0.02);
        tcp.client().at(0.03).sends(HttpText.get("a.example", "/2"));
        tcp.server().at(0.051).acks();
        TcpPacket fin = tcp.server().at(0.3).fin();

        failed("EOF", 0, 0.301).verdict().is(Cause.HTTP_CLOSED_WITHOUT_RESPONSE).cites(fin);
    }

    @Test
    void shouldSayStaleWhenTheRecordingBeganInMidConnection() {
        firstExchange();
        PacketScript later = new PacketScript();
        TcpScript known = later.tcp("10.0.0.1:40000", "10.0.0.2:80");
        known.opens(0, 0.02).forEach(TcpPacket::unrecorded);
        known.exchanges(
                        0.03,
                        0.03,
                        HttpText.get("a.example", "/1"),
                        HttpText.response("200 OK", "1"))
                .forEach(p -> {});
        TcpPacket request = known.client().at(65).sends(HttpText.get("a.example", "/2"));
        TcpPacket rst = known.server().at(65.02).rst();

        later.error("connection reset by peer")
                .url("http://a.example/2")
                .remote("10.0.0.2:80")
                .between(65, 65.021)
                .verdict()
                .is(Cause.TCP_STALE_CONNECTION)
                .cites(request, rst);
    }

    @Test
    void shouldSurviveDamagedPacketsAndCutOnes() {
        firstExchange();
        tcp.client().at(65).sends(HttpText.get("a.example", "/2"));
        tcp.server().at(65.02).rst();

        ReportScript report = failed("connection reset by peer", 65, 65.021);
        report.verdictWhenCutTo(128).is(Cause.TCP_STALE_CONNECTION);
        report.survivesDamage("stale connection");
    }
}
