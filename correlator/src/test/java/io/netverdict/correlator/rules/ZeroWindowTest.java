package io.netverdict.correlator.rules;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.testing.HttpText;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.ReportScript;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import org.junit.jupiter.api.Test;

/** {@code tcp.zero-window}: one side stopped reading, and its window says so. */
class ZeroWindowTest {
    private final PacketScript script = new PacketScript();
    private final TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.2:80");

    private ReportScript timeout() {
        return script.error("context deadline exceeded")
                .url("http://a.example/")
                .remote("10.0.0.2:80")
                .between(0, 5);
    }

    private TcpPacket uploadUntilTheServersWindowCloses() {
        tcp.opens(0, 0.02);
        tcp.client().sends(HttpText.post("a.example", "/", 500_000));
        tcp.client().streams(60_000);
        TcpPacket closed = tcp.server().at(0.1).window(0).acks();
        for (double time : new double[] {0.35, 0.8, 1.7, 3.4}) {
            tcp.client().at(time).keepAlive();
            tcp.server().at(time + 0.02).acks();
        }
        return closed;
    }

    private TcpPacket downloadUntilTheClientsWindowCloses() {
        tcp.opens(0, 0.02);
        tcp.client().sends(HttpText.get("a.example"));
        tcp.server().at(0.05).sends(HttpText.head("200 OK", 500_000));
        tcp.server().streams(60_000);
        TcpPacket closed = tcp.client().at(0.1).window(0).acks();
        for (double time : new double[] {0.35, 0.8, 1.7, 3.4}) {
            tcp.server().at(time).keepAlive();
            tcp.client().acks();
        }
        return closed;
    }

    @Test
    void shouldBlameTheServerWhenTheServerStopsReading() {
        TcpPacket closed = uploadUntilTheServersWindowCloses();

        timeout()
                .verdict()
                .is(Cause.TCP_ZERO_WINDOW)
                .blames(Blame.SERVER)
                .in(Phase.REQUEST)
                .cites(closed)
                .hints("window", "4.9")
                .sure();
    }

    @Test
    void shouldBlameTheClientWhenTheClientStopsReading() {
        TcpPacket closed = downloadUntilTheClientsWindowCloses();

        timeout()
                .verdict()
                .is(Cause.TCP_ZERO_WINDOW)
                .blames(Blame.CLIENT)
                .in(Phase.RESPONSE)
                .cites(closed);
    }

    @Test
    void shouldSayStalledWhenTheWindowOpenedAgain() {
        downloadUntilTheClientsWindowCloses();
        tcp.client().at(3.6).window(64_000).acks();
        tcp.server().at(3.63).streams(2_000);
        tcp.client().acks();

        script.error("context deadline exceeded")
                .url("http://a.example/")
                .remote("10.0.0.2:80")
                .between(0, 30)
                .verdict()
                .is(Cause.HTTP_RESPONSE_STALLED)
                .blames(Blame.SERVER)
                .considered(Cause.TCP_ZERO_WINDOW);
    }

    @Test
    void shouldNotTakeASmallWindowForAClosedOne() {
        tcp.client().window(1000);
        tcp.opens(0, 0.02);
        TcpPacket request = tcp.client().sends(HttpText.get("a.example"));
        tcp.server().at(0.05).acks();

        timeout().verdict().is(Cause.HTTP_NO_RESPONSE).cites(request);
    }

    @Test
    void shouldNotTakeTheWindowOfARstForAClosedOne() {
        tcp.opens(0, 0.02);
        tcp.client().sends(HttpText.get("a.example"));
        tcp.server().at(0.05).acks();
        TcpPacket rst = tcp.server().at(1).rstAck().window(0);

        script.error("connection reset by peer")
                .url("http://a.example/")
                .remote("10.0.0.2:80")
                .between(0, 1.001)
                .verdict()
                .is(Cause.TCP_RESET_BY_PEER)
                .cites(rst);
    }

    @Test
    void shouldBlameTheProxyWhenTheProxyStopsReading() {
        TcpScript proxy = script.tcp("10.0.0.1:40001", "10.0.0.3:3128");
        proxy.opens(0, 0.002);
        proxy.client()
                .sends(
                        "POST http://a.example/ HTTP/1.1\r\nHost: a.example\r\n"
                                + "Content-Length: 500000\r\n\r\n");
        proxy.client().streams(60_000);
        TcpPacket closed = proxy.server().at(0.1).window(0).acks();
        proxy.client().at(2).keepAlive();
        proxy.server().acks();

        script.error("timeout: the upload stopped")
                .url("http://a.example/")
                .proxy("http://10.0.0.3:3128")
                .between(0, 5)
                .verdict()
                .is(Cause.TCP_ZERO_WINDOW)
                .blames(Blame.PROXY)
                .cites(closed);
    }

    @Test
    void shouldSurviveDamagedPacketsAndCutOnes() {
        uploadUntilTheServersWindowCloses();

        ReportScript report = timeout();
        report.verdictWhenCutTo(96).is(Cause.TCP_ZERO_WINDOW);
        report.survivesDamage("zero window");
    }
}
