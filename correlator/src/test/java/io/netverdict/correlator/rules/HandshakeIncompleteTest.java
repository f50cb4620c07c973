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
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code tcp.handshake-incomplete}: nothing sent after the SYN-ACK is ever acknowledged. */
class HandshakeIncompleteTest {
    private static final double[] REPEATS = {0.25, 0.65, 1.45, 3.05};

    private final PacketScript script = new PacketScript();
    private final TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.2:443");

    private ReportScript timeout() {
        return script.error("context deadline exceeded (Client.Timeout exceeded)")
                .url("https://a.example/")
                .between(0, 5);
    }

    private void repeats(TcpPacket packet) {
        for (double time : REPEATS) {
            tcp.client().at(time).retransmits(packet).lost();
        }
    }

    @Test
    void shouldSayIncompleteWhenTheServerRepeatsItsSynAck() {
        List<TcpPacket> handshake = tcp.opens(0, 0.02);
        handshake.get(2).lost();
        TcpPacket synAck = handshake.get(1);
        TcpPacket hello = tcp.client().sends(TlsBytes.clientHello("a.example", 517)).lost();
        TcpPacket again = tcp.server().at(1.03).retransmits(synAck);
        tcp.client().acks().lost();
        TcpPacket third = tcp.server().at(3.04).retransmits(synAck);
        tcp.client().acks().lost();
        repeats(hello);

        timeout()
                .verdict()
                .is(Cause.TCP_HANDSHAKE_INCOMPLETE)
                .blames(Blame.PATH)
                .in(Phase.CONNECT)
                .cites(synAck, again, third, hello)
                .hints("repeated 2 times", "5 times")
                .sure();
    }

    @Test
    void shouldSayIncompleteWhenPlainDataIsNeverAcknowledged() {
        TcpScript plain = script.tcp("10.0.0.1:40001", "10.0.0.2:80");
        plain.opens(0, 0.02);
        TcpPacket request = plain.client().sends(HttpText.get("a.example")).lost();
        for (double time : REPEATS) {
            plain.client().at(time).retransmits(request).lost();
        }

        script.error("Read timed out")
                .url("http://10.0.0.2/")
                .between(0, 5)
                .verdict()
                .is(Cause.TCP_HANDSHAKE_INCOMPLETE)
                .blames(Blame.PATH)
                .cites(request);
    }

    @Test
    void shouldSayHelloDroppedWhenTheSynAckIsNotRepeated() {
        tcp.opens(0, 0.02);
        TcpPacket hello = tcp.client().sends(TlsBytes.clientHello("a.example", 517)).lost();
        repeats(hello);

        timeout()
                .verdict()
                .is(Cause.TLS_CLIENT_HELLO_DROPPED)
                .blames(Blame.PATH)
                .in(Phase.TLS)
                .cites(hello)
                .considered(Cause.TCP_HANDSHAKE_INCOMPLETE);
    }

    @Test
    void shouldSayVanishedWhenSomethingWasAcknowledgedBefore() {
        tcp.opens(0, 0.02);
        tcp.client().sends(TlsBytes.clientHello("a.example", 517));
        tcp.server().at(0.05).acks();
        tcp.server().sends(TlsBytes.serverHello12());
        tcp.client().acks();
        TcpPacket finish = tcp.client().sends(TlsBytes.clientFinish12()).lost();
        repeats(finish);

        timeout().verdict().is(Cause.TCP_PEER_VANISHED).cites(finish);
    }

    @Test
    void shouldSayTlsSilenceWhenTheHelloIsAcknowledged() {
        tcp.opens(0, 0.02);
        TcpPacket hello = tcp.client().sends(TlsBytes.clientHello("a.example", 517));
        tcp.server().at(0.05).acks();

        timeout().verdict().is(Cause.TLS_NO_RESPONSE).blames(Blame.SERVER).cites(hello);
    }

    @Test
    void shouldNotSayIncompleteForOneSynAckRepeatedByAccident() {
        List<TcpPacket> handshake = tcp.opens(0, 0.02);
        tcp.server().at(1.03).retransmits(handshake.get(1));
        tcp.client().acks();
        tcp.client().at(1.1).sends(TlsBytes.clientHello("a.example", 517));
        tcp.server().at(1.15).acks();

        timeout().verdict().isNot(Cause.TCP_HANDSHAKE_INCOMPLETE);
    }

    @Test
    void shouldSayIncompleteFromHeadersAlone() {
        List<TcpPacket> handshake = tcp.opens(0, 0.02);
        TcpPacket hello = tcp.client().sends(TlsBytes.clientHello("a.example", 517)).lost();
        tcp.server().at(1.03).retransmits(handshake.get(1));
        repeats(hello);

        timeout().verdictWhenCutTo(96).is(Cause.TCP_HANDSHAKE_INCOMPLETE);
    }

    @Test
    void shouldSurviveDamagedPackets() {
        List<TcpPacket> handshake = tcp.opens(0, 0.02);
        repeats(tcp.client().sends(TlsBytes.clientHello("a.example", 517)).lost());
        tcp.server().at(3.1).retransmits(handshake.get(1));

        timeout().survivesDamage("handshake incomplete");
    }
}
