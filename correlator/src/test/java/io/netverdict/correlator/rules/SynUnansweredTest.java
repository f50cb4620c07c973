package io.netverdict.correlator.rules;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.testing.HttpText;
import io.netverdict.correlator.testing.IcmpKind;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.ReportScript;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import org.junit.jupiter.api.Test;

/** {@code tcp.syn-no-response}: SYN and its repetitions, nothing back. */
class SynUnansweredTest {
    private final PacketScript script = new PacketScript();
    private final TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.2:8080");

    private ReportScript timeoutAfter(double seconds) {
        return script.error("Get \"http://10.0.0.2:8080/\": dial tcp 10.0.0.2:8080: i/o timeout")
                .url("http://10.0.0.2:8080/")
                .between(0, seconds);
    }

    private TcpPacket[] threeSyns() {
        TcpPacket first = tcp.client().at(0).syn();
        return new TcpPacket[] {
            first,
            tcp.client().at(1.02).retransmits(first),
            tcp.client().at(3.07).retransmits(first)
        };
    }

    @Test
    void shouldSayNoResponseWhenEverySynIsUnanswered() {
        TcpPacket[] syns = threeSyns();

        timeoutAfter(5)
                .verdict()
                .is(Cause.TCP_SYN_NO_RESPONSE)
                .blames(Blame.PATH)
                .in(Phase.CONNECT)
                .cites(syns)
                .hints("3 SYNs", "10.0.0.2:8080", "5.00 s")
                .sure();
    }

    @Test
    void shouldSayNoResponseOverIpv6() {
        TcpScript v6 = script.tcp("[2001:db8::1]:40000", "[2001:db8::2]:8080");
        TcpPacket first = v6.client().at(0).syn();
        TcpPacket second = v6.client().at(1.02).retransmits(first);

        script.error("dial tcp [2001:db8::2]:8080: i/o timeout")
                .url("http://[2001:db8::2]:8080/")
                .between(0, 2)
                .verdict()
                .is(Cause.TCP_SYN_NO_RESPONSE)
                .cites(first, second);
    }

    @Test
    void shouldBlameTheProxyWhenTheProxyIsSilent() {
        TcpScript proxy = script.tcp("10.0.0.1:40001", "10.0.0.3:3128");
        TcpPacket first = proxy.client().at(0).syn();
        TcpPacket second = proxy.client().at(1.02).retransmits(first);

        script.error("proxyconnect tcp: dial tcp 10.0.0.3:3128: i/o timeout")
                .url("https://shop.example/")
                .proxy("http://10.0.0.3:3128")
                .between(0, 3)
                .verdict()
                .is(Cause.TCP_SYN_NO_RESPONSE)
                .blames(Blame.PROXY)
                .cites(first, second);
    }

    @Test
    void shouldSayAbortedWhenTheSynAckComesAfterAClientThatHurried() {
        TcpPacket syn = tcp.client().at(0).syn();
        TcpPacket synAck = tcp.server().at(0.3).synAck();
        tcp.client().rst();

        timeoutAfter(0.2)
                .verdict()
                .is(Cause.CLIENT_ABORTED)
                .blames(Blame.CLIENT)
                .in(Phase.CONNECT)
                .cites(syn, synAck)
                .hints("300 ms");
    }

    @Test
    void shouldSayNoResponseWithDoubtWhenTheOnlySynHadNoTimeToBeRepeated() {
        TcpPacket syn = tcp.client().at(0).syn();

        timeoutAfter(0.25).verdict().is(Cause.TCP_SYN_NO_RESPONSE).cites(syn).unsure();
    }

    @Test
    void shouldSayUnreachableWhenARouterAnswersInstead() {
        TcpPacket syn = tcp.client().at(0).syn();
        script.at(0.03).icmp("10.0.0.254", IcmpKind.HOST_UNREACHABLE, syn);
        tcp.client().at(1.02).retransmits(syn);
        script.liveUntil(6);

        timeoutAfter(5).verdict().is(Cause.TCP_UNREACHABLE).considered(Cause.TCP_SYN_NO_RESPONSE);
    }

    @Test
    void shouldSayIncompleteWhenTheSynAckDoesArrive() {
        TcpPacket syn = tcp.client().at(0).syn();
        tcp.server().at(0.02).synAck();
        tcp.client().acks();
        TcpPacket request = tcp.client().sends(HttpText.get("10.0.0.2")).lost();
        for (double time : new double[] {0.3, 0.7, 1.5, 3.1}) {
            tcp.client().at(time).retransmits(request).lost();
        }

        timeoutAfter(5)
                .verdict()
                .is(Cause.TCP_HANDSHAKE_INCOMPLETE)
                .considered(Cause.TCP_SYN_NO_RESPONSE)
                .leavesOut(syn);
    }

    @Test
    void shouldNotBeMisledByAHealthyConnectionToTheSamePort() {
        TcpScript healthy = script.tcp("10.0.0.1:40010", "10.0.0.2:8080");
        healthy.opens(0.5, 0.02);
        healthy.exchanges(
                0.6, 0.05, HttpText.get("10.0.0.2", "/other"), HttpText.response("200 OK", "fine"));
        TcpPacket[] syns = threeSyns();

        timeoutAfter(5).verdict().is(Cause.TCP_SYN_NO_RESPONSE).cites(syns);
    }

    @Test
    void shouldNameTheLastAddressThatWasWaitedFor() {
        script.dns("10.0.0.1:50000", "10.0.0.53:53").resolves(0, "a.example", "10.0.0.2");
        script.dns("10.0.0.1:50001", "10.0.0.53:53").resolves(0, "a.example", "10.0.0.4");
        TcpScript refusing = script.tcp("10.0.0.1:40020", "10.0.0.4:8080");
        refusing.client().at(0.01).syn();
        refusing.server().at(0.03).refuses();
        TcpPacket first = tcp.client().at(0.04).syn();
        TcpPacket second = tcp.client().at(1.06).retransmits(first);

        script.error("connect to a.example port 8080: Connection timed out")
                .url("http://a.example:8080/")
                .between(0, 3)
                .verdict()
                .is(Cause.TCP_SYN_NO_RESPONSE)
                .cites(first, second)
                .considered(Cause.TCP_REFUSED);
    }

    @Test
    void shouldSayNoResponseFromHeadersAlone() {
        threeSyns();

        timeoutAfter(5).verdictWhenCutTo(96).is(Cause.TCP_SYN_NO_RESPONSE).sure();
    }

    @Test
    void shouldSurviveDamagedPackets() {
        threeSyns();

        timeoutAfter(5).survivesDamage("syn unanswered");
    }
}
