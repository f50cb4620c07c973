package io.netverdict.correlator.rules;

import io.netverdict.correlator.dns.DnsType;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.testing.DnsScript;
import io.netverdict.correlator.testing.HttpText;
import io.netverdict.correlator.testing.IcmpKind;
import io.netverdict.correlator.testing.IpPacket;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.ReportScript;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code path.fragments-lost}: IP fragments of a datagram never complete. */
class FragmentsLostTest {
    private static final int FRAGMENT_BYTES = 1376;

    private final PacketScript script = new PacketScript();
    private final TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.2:80");

    private ReportScript timeout() {
        return script.error("Read timed out")
                .url("http://a.example/")
                .remote("10.0.0.2:80")
                .between(0, 5);
    }

    /** The server's large segments come in two fragments, of which only one gets through. */
    private IpPacket responseInFragments(boolean complete) {
        tcp.opens(0, 0.02);
        tcp.client().sends(HttpText.get("a.example"));
        TcpPacket large =
                tcp.server().at(0.05).sends(HttpText.response("200 OK", "x".repeat(1400)));
        List<IpPacket> pieces = script.fragments(large, FRAGMENT_BYTES);
        if (!complete) {
            large.lost();
            pieces.get(1).unrecorded();
        }
        for (double time : new double[] {0.3, 0.8, 1.8, 3.8}) {
            if (!complete) {
                TcpPacket again = tcp.server().at(time).retransmits(large);
                script.fragments(again, FRAGMENT_BYTES).get(1).unrecorded();
                again.lost();
            }
        }
        return pieces.get(0);
    }

    @Test
    void shouldSayFragmentsLostWhenOnlyFirstFragmentsArrive() {
        IpPacket first = responseInFragments(false);

        timeout()
                .verdict()
                .is(Cause.PATH_FRAGMENTS_LOST)
                .blames(Blame.PATH)
                .cites(first)
                .hints("5 fragmented datagrams");
    }

    @Test
    void shouldNotSayFragmentsLostWhenTheyComplete() {
        responseInFragments(true);
        tcp.client().at(0.06).acks();

        script.error("invalid character '<' looking for beginning of value")
                .url("http://a.example/")
                .remote("10.0.0.2:80")
                .between(0, 0.08)
                .verdict()
                .isNot(Cause.PATH_FRAGMENTS_LOST);
    }

    @Test
    void shouldSayFragmentsLostForADnsAnswerThatNeverGetsWhole() {
        DnsScript dns = script.dns("10.0.0.1:50000", "10.0.0.53:53");
        DnsScript.Asked asked = dns.asks(0, "big.example", DnsType.A);
        IpPacket answer = asked.answered(0.02, addresses(120));
        List<IpPacket> pieces = script.fragments(answer, FRAGMENT_BYTES);
        pieces.get(1).unrecorded();
        IpPacket second = asked.again(5).answered(5.02, addresses(120));
        script.fragments(second, FRAGMENT_BYTES).get(1).unrecorded();

        script.error("lookup big.example: i/o timeout")
                .url("http://big.example/")
                .between(0, 10)
                .verdict()
                .is(Cause.PATH_FRAGMENTS_LOST)
                .in(Phase.RESOLVE)
                .blames(Blame.PATH)
                .cites(asked.packet(), pieces.get(0))
                .hints("big.example", "2 datagrams");
    }

    @Test
    void shouldGoBeforeTheBlackHoleWhenReassemblyTimeWasExceeded() {
        tcp.opens(0, 0.02);
        tcp.client().sends(HttpText.post("a.example", "/", 1848));
        tcp.server().at(0.05).acks();
        TcpPacket large = tcp.client().at(0.06).sends(1448).lost();
        tcp.client().sends(400);
        tcp.server().at(0.08).acks();
        for (double time : new double[] {0.3, 0.8, 1.8}) {
            tcp.client().at(time).retransmits(large).lost();
        }
        IpPacket error = script.at(4).icmp("10.0.0.2", IcmpKind.REASSEMBLY_TIME_EXCEEDED, large);

        timeout().verdict().is(Cause.PATH_FRAGMENTS_LOST).blames(Blame.PATH).cites(error);
    }

    @Test
    void shouldIgnoreFragmentsOfAnotherConnection() {
        TcpScript other = script.tcp("10.0.0.1:40009", "10.0.0.2:80");
        other.opens(0, 0.02);
        other.client().sends(HttpText.get("a.example", "/other"));
        TcpPacket large =
                other.server().at(0.05).sends(HttpText.response("200 OK", "x".repeat(1400)));
        script.fragments(large, FRAGMENT_BYTES).get(1).unrecorded();
        tcp.opens(0.1, 0.02);
        TcpPacket request = tcp.client().sends(HttpText.get("a.example"));
        tcp.server().at(0.15).acks();

        timeout()
                .local("10.0.0.1:40000")
                .started(0.1)
                .verdict()
                .is(Cause.HTTP_NO_RESPONSE)
                .cites(request);
    }

    @Test
    void shouldSurviveDamagedPackets() {
        responseInFragments(false);

        timeout().survivesDamage("fragments");
    }

    private static String[] addresses(int count) {
        return Collections.nCopies(count, "192.0.2.1").toArray(String[]::new);
    }
}
