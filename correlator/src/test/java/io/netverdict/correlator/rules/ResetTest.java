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

/** {@code tcp.reset-by-peer} and {@code tcp.reset-by-middlebox}: whose RST is it? */
class ResetTest {
    private final PacketScript script = new PacketScript();
    private final TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.2:80");

    private ReportScript resetAt(double seconds) {
        return script.error("read tcp 10.0.0.1:40000->10.0.0.2:80: read: connection reset by peer")
                .url("http://10.0.0.2/")
                .between(0, seconds);
    }

    private TcpPacket requestAcknowledged() {
        tcp.opens(0, 0.02);
        TcpPacket request = tcp.client().sends(HttpText.get("10.0.0.2"));
        tcp.server().at(0.041).acks();
        return request;
    }

    @Test
    void shouldSayPeerWhenTheRstLooksLikeTheServersPackets() {
        requestAcknowledged();
        TcpPacket rst = tcp.server().at(0.3).rstAck();

        resetAt(0.301)
                .verdict()
                .is(Cause.TCP_RESET_BY_PEER)
                .blames(Blame.SERVER)
                .in(Phase.RESPONSE)
                .cites(rst)
                .hints("10.0.0.2:80")
                .considered(Cause.TCP_RESET_BY_MIDDLEBOX)
                .sure();
    }

    @Test
    void shouldSayPeerWhenTheRstOnlyDiffersInItsIpId() {
        requestAcknowledged();
        TcpPacket rst = tcp.server().at(0.3).rstAck().ipId(0);

        resetAt(0.301).verdict().is(Cause.TCP_RESET_BY_PEER).cites(rst).sure();
    }

    @Test
    void shouldSayPeerInTheMiddleOfAResponse() {
        requestAcknowledged();
        tcp.server().at(0.1).sends(HttpText.head("200 OK", 100_000));
        tcp.server().streams(20_000);
        tcp.client().at(0.11).acks();
        TcpPacket rst = tcp.server().at(0.5).rstAck();

        resetAt(0.501)
                .verdict()
                .is(Cause.TCP_RESET_BY_PEER)
                .in(Phase.RESPONSE)
                .cites(rst)
                .hints("response");
    }

    @Test
    void shouldSayMiddleboxWhenTheRstHasAnotherTtl() {
        TcpPacket request = requestAcknowledged();
        TcpPacket rst = tcp.server().at(0.3).rst().ttl(41);

        resetAt(0.301)
                .verdict()
                .is(Cause.TCP_RESET_BY_MIDDLEBOX)
                .blames(Blame.PATH)
                .cites(rst)
                .leavesOut(request)
                .hints("41", "57")
                .considered(Cause.TCP_RESET_BY_PEER)
                .sure();
    }

    @Test
    void shouldSayMiddleboxByTheHopLimitOfIpv6() {
        TcpScript v6 = script.tcp("[2001:db8::1]:40000", "[2001:db8::2]:80");
        v6.opens(0, 0.02);
        v6.client().sends(HttpText.get("a.example"));
        TcpPacket rst = v6.server().at(0.025).rstAck().ttl(63);

        script.error("connection reset by peer")
                .url("http://[2001:db8::2]/")
                .between(0, 0.026)
                .verdict()
                .is(Cause.TCP_RESET_BY_MIDDLEBOX)
                .blames(Blame.PATH)
                .cites(rst);
    }

    @Test
    void shouldSayMiddleboxWhenTheServerAnswersAfterItsSupposedRst() {
        tcp.opens(0, 0.04);
        tcp.client().sends(HttpText.get("10.0.0.2"));
        TcpPacket rst = tcp.server().at(0.045).rstAck();
        TcpPacket answer = tcp.server().at(0.09).sends(HttpText.response("200 OK", "hello"));
        tcp.client().rst();

        resetAt(0.046)
                .verdict()
                .is(Cause.TCP_RESET_BY_MIDDLEBOX)
                .blames(Blame.PATH)
                .cites(rst, answer);
    }

    @Test
    void shouldSayMiddleboxForAForgedRstDuringTheTlsHandshake() {
        TcpScript tls = script.tcp("10.0.0.1:40001", "10.0.0.2:443");
        tls.opens(0, 0.04);
        tls.client().sends(TlsBytes.clientHello("blocked.example", 517));
        TcpPacket rst = tls.server().at(0.043).rst().ttl(62);

        script.error("OpenSSL SSL_connect: Connection reset by peer")
                .url("https://10.0.0.2/")
                .between(0, 0.044)
                .verdict()
                .blames(Blame.PATH)
                .cites(rst);
    }

    @Test
    void shouldSayPeerOnAnEncryptedConnection() {
        TcpScript tls = script.tcp("10.0.0.1:40001", "10.0.0.2:443");
        tls.opens(0, 0.02);
        TlsScript.handshake13(tls, 0.03, 0.02, "a.example");
        tls.client().at(0.06).sends(TlsBytes.encrypted(180));
        tls.server().at(0.085).acks();
        TcpPacket rst = tls.server().at(0.4).rstAck();

        script.error("read: connection reset by peer")
                .url("https://a.example/")
                .remote("10.0.0.2:443")
                .between(0, 0.401)
                .verdict()
                .is(Cause.TCP_RESET_BY_PEER)
                .blames(Blame.SERVER)
                .cites(rst);
    }

    @Test
    void shouldNotSayResetWhenAFinCameFirst() {
        requestAcknowledged();
        TcpPacket fin = tcp.server().at(0.3).fin();
        tcp.client().acks();
        tcp.client().at(0.31).fin();
        tcp.server().at(0.33).rst();

        script.error("Empty reply from server")
                .url("http://10.0.0.2/")
                .between(0, 0.302)
                .verdict()
                .is(Cause.HTTP_CLOSED_WITHOUT_RESPONSE)
                .cites(fin);
    }

    @Test
    void shouldNotBeMisledByTheResetOfAnotherConnection() {
        TcpScript other = script.tcp("10.0.0.1:40009", "10.0.0.2:80");
        other.opens(0, 0.02);
        other.client().sends(HttpText.get("10.0.0.2", "/other"));
        TcpPacket otherRst = other.server().at(0.2).rstAck();
        requestAcknowledged();
        TcpPacket rst = tcp.server().at(0.3).rstAck();

        resetAt(0.301)
                .local("10.0.0.1:40000")
                .verdict()
                .is(Cause.TCP_RESET_BY_PEER)
                .cites(rst)
                .leavesOut(otherRst);
    }

    @Test
    void shouldTellTheTwoApartFromHeadersAlone() {
        requestAcknowledged();
        tcp.server().at(0.3).rst().ttl(41);

        resetAt(0.301).verdictWhenCutTo(96).is(Cause.TCP_RESET_BY_MIDDLEBOX);
    }

    @Test
    void shouldSurviveDamagedPackets() {
        requestAcknowledged();
        tcp.server().at(0.2).sends(HttpText.head("200 OK", 500));
        tcp.server().at(0.3).rst().ttl(41);

        resetAt(0.301).survivesDamage("reset");
    }
}
