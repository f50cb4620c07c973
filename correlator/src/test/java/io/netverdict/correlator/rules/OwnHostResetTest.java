package io.netverdict.correlator.rules;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.testing.HttpText;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import org.junit.jupiter.api.Test;

/** {@code tcp.reset-by-own-host}: the client's host resets what its program still waits for. */
class OwnHostResetTest {
    private final PacketScript script = new PacketScript();
    private final TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.2:80");

    @Test
    void shouldSayOwnHostWhenTheSocketGoesOnSendingAfterTheRst() {
        tcp.opens(0, 0.02);
        TcpPacket request = tcp.client().sends(HttpText.get("10.0.0.2"));
        TcpPacket answer = tcp.server().at(0.1).sends(HttpText.response("200 OK", "hello"));
        TcpPacket rst = tcp.client().rst();
        TcpPacket again = tcp.client().at(0.3).retransmits(request).acking(0);

        script.error("context deadline exceeded")
                .url("http://10.0.0.2/")
                .between(0, 3)
                .verdict()
                .is(Cause.TCP_RESET_BY_OWN_HOST)
                .blames(Blame.CLIENT)
                .cites(answer, rst, again);
    }

    @Test
    void shouldSayOwnHostWhenTheSynAckIsAnsweredByRstAndTheSynIsRepeated() {
        TcpPacket syn = tcp.client().at(0).syn();
        TcpPacket synAck = tcp.server().at(0.02).synAck();
        TcpPacket rst = tcp.client().rst();
        tcp.client().at(1.02).retransmits(syn);
        tcp.server().at(1.04).synAck();
        TcpPacket secondRst = tcp.client().rst();

        script.error("dial tcp 10.0.0.2:80: i/o timeout")
                .url("http://10.0.0.2/")
                .between(0, 3)
                .verdict()
                .is(Cause.TCP_RESET_BY_OWN_HOST)
                .blames(Blame.CLIENT)
                .cites(synAck, rst)
                .leavesOut(secondRst);
    }

    @Test
    void shouldSayOwnHostWhenTheClientWaitsOnLongAfterTheRst() {
        tcp.opens(0, 0.02);
        tcp.client().sends(HttpText.get("10.0.0.2"));
        TcpPacket answer = tcp.server().at(0.1).sends(HttpText.response("200 OK", "hello"));
        TcpPacket rst = tcp.client().rst();

        script.error("Read timed out. (read timeout=3)")
                .url("http://10.0.0.2/")
                .between(0, 3)
                .verdict()
                .is(Cause.TCP_RESET_BY_OWN_HOST)
                .cites(answer, rst);
    }

    @Test
    void shouldDoubtWhenOnlyTheClientsWordsTellItFromAnAbort() {
        tcp.opens(0, 0.02);
        tcp.client().sends(HttpText.get("10.0.0.2"));
        tcp.server().at(0.1).sends(HttpText.head("200 OK", 900));
        TcpPacket rst = tcp.client().rst();

        script.error("connection reset by peer")
                .url("http://10.0.0.2/")
                .between(0, 0.102)
                .verdict()
                .blames(Blame.CLIENT)
                .cites(rst)
                .unsure();
    }

    @Test
    void shouldSayAbortedWhenTheClientResetsAsItReports() {
        tcp.opens(0, 0.02);
        tcp.client().sends(HttpText.get("10.0.0.2"));
        tcp.server().at(0.041).acks();
        TcpPacket rst = tcp.client().at(0.05).rstAck();

        script.error("Get \"http://10.0.0.2/\": context canceled")
                .url("http://10.0.0.2/")
                .between(0, 0.051)
                .verdict()
                .is(Cause.CLIENT_ABORTED)
                .blames(Blame.CLIENT)
                .cites(rst);
    }

    @Test
    void shouldSayPeerWhenTheRstComesFromThere() {
        tcp.opens(0, 0.02);
        tcp.client().sends(HttpText.get("10.0.0.2"));
        TcpPacket rst = tcp.server().at(0.1).rstAck();

        script.error("connection reset by peer")
                .url("http://10.0.0.2/")
                .between(0, 0.101)
                .verdict()
                .is(Cause.TCP_RESET_BY_PEER)
                .cites(rst);
    }

    @Test
    void shouldNotMindARstAfterTheClientsOwnClose() {
        tcp.opens(0, 0.02);
        tcp.client().sends(HttpText.get("10.0.0.2"));
        tcp.server().at(0.041).acks();
        tcp.client().at(5).fin();
        tcp.server().at(5.02).acks();
        tcp.server().at(6).sends(HttpText.response("200 OK", "late"));
        tcp.client().rst();

        script.error("Read timed out. (read timeout=5)")
                .url("http://10.0.0.2/")
                .between(0, 5)
                .verdict()
                .is(Cause.HTTP_NO_RESPONSE)
                .blames(Blame.SERVER);
    }

    @Test
    void shouldSurviveDamagedPacketsAndCutOnes() {
        tcp.opens(0, 0.02);
        TcpPacket request = tcp.client().sends(HttpText.get("10.0.0.2"));
        tcp.server().at(0.1).sends(HttpText.response("200 OK", "hello"));
        tcp.client().rst();
        tcp.client().at(0.3).retransmits(request).acking(0);

        var report =
                script.error("context deadline exceeded").url("http://10.0.0.2/").between(0, 3);
        report.verdictWhenCutTo(96).is(Cause.TCP_RESET_BY_OWN_HOST);
        report.survivesDamage("own host reset");
    }
}
