package io.netverdict.correlator.rules;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.testing.HttpText;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import io.netverdict.correlator.testing.TlsBytes;
import org.junit.jupiter.api.Test;

/** {@code client.aborted}: the client closed, or hurried, while all went well. */
class ClientAbortedTest {
    private final PacketScript script = new PacketScript();
    private final TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.2:80");

    @Test
    void shouldSayAbortedWhenTheClientGaveUpWithinOneRoundTrip() {
        tcp.opens(0, 0.3);
        tcp.client().sends(HttpText.get("a.example"));
        TcpPacket fin = tcp.client().at(0.4).fin();
        tcp.server().at(0.6).acks();
        tcp.server().sends(HttpText.response("200 OK", "hello"));
        tcp.client().rst();

        script.error("Read timed out. (read timeout=0.1)")
                .url("http://a.example/")
                .remote("10.0.0.2:80")
                .between(0, 0.4)
                .verdict()
                .is(Cause.CLIENT_ABORTED)
                .blames(Blame.CLIENT)
                .cites(fin)
                .hints("300 ms");
    }

    @Test
    void shouldSayNoResponseWhenTheClientWaitedManyRoundTrips() {
        tcp.opens(0, 0.02);
        TcpPacket request = tcp.client().sends(HttpText.get("a.example"));
        tcp.server().at(0.041).acks();
        tcp.client().at(3).fin();
        tcp.server().at(3.02).acks();

        script.error("Read timed out. (read timeout=3)")
                .url("http://a.example/")
                .remote("10.0.0.2:80")
                .between(0, 3)
                .verdict()
                .is(Cause.HTTP_NO_RESPONSE)
                .blames(Blame.SERVER)
                .cites(request);
    }

    @Test
    void shouldSayAbortedWhenADownloadIsCancelled() {
        tcp.opens(0, 0.02);
        tcp.client().sends(HttpText.get("a.example"));
        tcp.server().at(0.05).sends(HttpText.head("200 OK", 900_000));
        tcp.server().streams(50_000);
        tcp.client().at(0.06).acks();
        TcpPacket rst = tcp.client().at(0.07).rstAck();

        script.error("Get \"http://a.example/\": context canceled")
                .url("http://a.example/")
                .remote("10.0.0.2:80")
                .between(0, 0.071)
                .verdict()
                .is(Cause.CLIENT_ABORTED)
                .blames(Blame.CLIENT)
                .cites(rst);
    }

    @Test
    void shouldSayAbortedWhenTheBudgetIsBelowTheTlsRoundTrips() {
        TcpScript tls = script.tcp("10.0.0.1:40001", "10.0.0.2:443");
        tls.opens(0, 0.2);
        TcpPacket hello = tls.client().sends(TlsBytes.clientHello("a.example", 517));
        TcpPacket fin = tls.client().at(0.3).fin();
        tls.server().at(0.401).acks();

        script.error("TLS handshake timeout")
                .url("https://a.example/")
                .between(0, 0.3)
                .verdict()
                .is(Cause.CLIENT_ABORTED)
                .blames(Blame.CLIENT)
                .cites(fin)
                .leavesOut(hello);
    }

    @Test
    void shouldSayAbortedWhenTheSynAckIsAnsweredByTheRstOfAClosedSocket() {
        TcpPacket syn = tcp.client().at(0).syn();
        TcpPacket synAck = tcp.server().at(0.25).synAck();
        TcpPacket rst = tcp.client().rst();

        script.error("connect timed out after 100 ms")
                .url("http://10.0.0.2/")
                .between(0, 0.1)
                .verdict()
                .is(Cause.CLIENT_ABORTED)
                .cites(syn, synAck, rst);
    }

    @Test
    void shouldNotSayAbortedWhenTheServerClosedFirst() {
        tcp.opens(0, 0.02);
        tcp.client().sends(HttpText.get("a.example"));
        TcpPacket fin = tcp.server().at(0.05).fin();
        tcp.client().at(0.051).fin();

        script.error("EOF")
                .url("http://a.example/")
                .remote("10.0.0.2:80")
                .between(0, 0.052)
                .verdict()
                .is(Cause.HTTP_CLOSED_WITHOUT_RESPONSE)
                .cites(fin);
    }

    @Test
    void shouldNotSayAbortedWhenTheRequestWasLost() {
        tcp.opens(0, 0.02);
        TcpPacket request = tcp.client().sends(HttpText.get("a.example")).lost();
        for (double time : new double[] {0.3, 0.7, 1.5}) {
            tcp.client().at(time).retransmits(request).lost();
        }
        tcp.client().at(2).fin().lost();

        script.error("context deadline exceeded")
                .url("http://a.example/")
                .remote("10.0.0.2:80")
                .between(0, 2)
                .verdict()
                .is(Cause.TCP_HANDSHAKE_INCOMPLETE);
    }

    @Test
    void shouldSurviveDamagedPacketsAndCutOnes() {
        tcp.opens(0, 0.3);
        tcp.client().sends(HttpText.get("a.example"));
        tcp.client().at(0.4).fin();
        tcp.server().at(0.6).acks();

        var report =
                script.error("Read timed out. (read timeout=0.1)")
                        .url("http://a.example/")
                        .remote("10.0.0.2:80")
                        .between(0, 0.4);
        report.verdictWhenCutTo(96).is(Cause.CLIENT_ABORTED);
        report.survivesDamage("aborted");
    }
}
