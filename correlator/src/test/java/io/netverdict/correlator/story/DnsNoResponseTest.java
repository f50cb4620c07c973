package io.netverdict.correlator.story;

import io.netverdict.correlator.dns.DnsRcode;
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
import org.junit.jupiter.api.Test;

/** {@code dns.no-response}, {@code dns.unreachable} and {@code dns.slow}. */
class DnsNoResponseTest {
    private final PacketScript script = new PacketScript();
    private final DnsScript first = script.dns("10.0.0.1:50000", "10.0.0.53:53");
    private final DnsScript second = script.dns("10.0.0.1:50001", "10.0.1.53:53");

    private ReportScript lookupFailed(double seconds) {
        return script.error("dial tcp: lookup a.example: i/o timeout")
                .url("http://a.example/")
                .between(0, seconds);
    }

    @Test
    void shouldSayNoResponseWhenNoServerAnswers() {
        DnsScript.Asked asked = first.asks(0, "a.example", DnsType.A);
        DnsScript.Asked other = second.asks(5, "a.example", DnsType.A);
        DnsScript.Asked again = asked.again(10);

        lookupFailed(15)
                .verdict()
                .is(Cause.DNS_NO_RESPONSE)
                .blames(Blame.RESOLVER)
                .in(Phase.RESOLVE)
                .cites(asked.packet(), other.packet(), again.packet())
                .hints("3 queries", "a.example", "10.0.0.53", "10.0.1.53", "15.00 s")
                .sure();
    }

    @Test
    void shouldSayNoResponseWhenTheAnswerComesAfterTheClientGaveUp() {
        DnsScript.Asked asked = first.asks(0, "a.example", DnsType.A);
        IpPacket late = asked.answered(3.4, "192.0.2.1");

        lookupFailed(3)
                .verdict()
                .is(Cause.DNS_NO_RESPONSE)
                .blames(Blame.RESOLVER)
                .cites(asked.packet(), late)
                .shows("400 ms after the client had given up");
    }

    @Test
    void shouldSayNoResponseWhenOnlyTheEmptyAddressFamilyIsAnswered() {
        DnsScript.Asked address = first.asks(0, "a.example", DnsType.A);
        first.asks(0.001, "a.example", DnsType.AAAA).answered(0.01);
        DnsScript.Asked again = address.again(5);

        lookupFailed(10)
                .verdict()
                .is(Cause.DNS_NO_RESPONSE)
                .blames(Blame.RESOLVER)
                .cites(address.packet(), again.packet());
    }

    @Test
    void shouldNotBeMisledByAnAnswerForAnotherName() {
        DnsScript.Asked asked = first.asks(0, "a.example", DnsType.A);
        DnsScript.Asked other = first.asks(0.5, "b.example", DnsType.A);
        other.answered(0.51, "192.0.2.9");
        asked.again(2);

        lookupFailed(4)
                .verdict()
                .is(Cause.DNS_NO_RESPONSE)
                .cites(asked.packet())
                .leavesOut(other.packet());
    }

    @Test
    void shouldSayConnectFailureWhenTheSecondServerAnswersQuickly() {
        first.asks(0, "a.example", DnsType.A);
        second.asks(0.5, "a.example", DnsType.A).answered(0.51, "192.0.2.1");
        TcpScript tcp = script.tcp("10.0.0.1:40000", "192.0.2.1:80");
        TcpPacket syn = tcp.client().at(0.52).syn();
        tcp.client().at(1.54).retransmits(syn);
        tcp.client().at(3.55).retransmits(syn);

        script.error("context deadline exceeded")
                .url("http://a.example/")
                .between(0, 5)
                .verdict()
                .is(Cause.TCP_SYN_NO_RESPONSE)
                .cites(syn);
    }

    @Test
    void shouldSaySlowWhenResolvingAteMostOfTheTime() {
        DnsScript.Asked silent = first.asks(0, "a.example", DnsType.A);
        DnsScript.Asked asked = second.asks(5, "a.example", DnsType.A);
        IpPacket answer = asked.answered(5.01, "192.0.2.1");
        TcpScript tcp = script.tcp("10.0.0.1:40000", "192.0.2.1:80");
        tcp.opens(5.02, 0.02);
        tcp.client().sends(HttpText.get("a.example"));
        tcp.server().at(5.07).acks();

        script.error("context deadline exceeded")
                .url("http://a.example/")
                .between(0, 6)
                .verdict()
                .is(Cause.DNS_SLOW)
                .blames(Blame.RESOLVER)
                .in(Phase.RESOLVE)
                .cites(silent.packet(), answer)
                .hints("5.0");
    }

    @Test
    void shouldSayServerSilenceWhenResolvingTookLessThanHalf() {
        first.asks(0, "a.example", DnsType.A);
        second.asks(1, "a.example", DnsType.A).answered(1.01, "192.0.2.1");
        TcpScript tcp = script.tcp("10.0.0.1:40000", "192.0.2.1:80");
        tcp.opens(1.02, 0.02);
        TcpPacket request = tcp.client().sends(HttpText.get("a.example"));
        tcp.server().at(1.07).acks();

        script.error("context deadline exceeded")
                .url("http://a.example/")
                .between(0, 6)
                .verdict()
                .is(Cause.HTTP_NO_RESPONSE)
                .cites(request);
    }

    @Test
    void shouldNotBeSureOfASilenceShorterThanAnyResolversPatience() {
        DnsScript.Asked asked = first.asks(0, "a.example", DnsType.A);
        asked.again(0.01);
        script.liveUntil(5);

        script.error("Could not resolve host: a.example")
                .url("http://a.example/")
                .between(0, 0.03)
                .verdict()
                .notSure();
    }

    @Test
    void shouldSayUnreachableWhenThePortIsClosed() {
        DnsScript.Asked asked = first.asks(0, "a.example", DnsType.A);
        IpPacket error =
                script.at(0.004).icmp("10.0.0.53", IcmpKind.PORT_UNREACHABLE, asked.packet());

        script.error("lookup a.example on 10.0.0.53:53: read: connection refused")
                .url("http://a.example/")
                .between(0, 0.005)
                .verdict()
                .is(Cause.DNS_UNREACHABLE)
                .blames(Blame.RESOLVER)
                .cites(asked.packet(), error)
                .hints("10.0.0.53")
                .sure();
    }

    @Test
    void shouldSayUnreachableWhenAFirewallProhibitsDns() {
        DnsScript.Asked asked = first.asks(0, "a.example", DnsType.A);
        IpPacket error =
                script.at(0.004).icmp("192.0.2.254", IcmpKind.ADMIN_PROHIBITED, asked.packet());

        lookupFailed(5)
                .verdict()
                .is(Cause.DNS_UNREACHABLE)
                .blames(Blame.RESOLVER)
                .cites(error)
                .hints("192.0.2.254");
    }

    @Test
    void shouldSayUnreachableWhenDnsOverTcpIsRefused() {
        TcpScript tcp = script.tcp("10.0.0.1:45000", "10.0.0.53:53");
        TcpPacket syn = tcp.client().at(0).syn();
        TcpPacket rst = tcp.server().at(0.01).refuses();

        script.error("Could not resolve host: a.example")
                .url("http://a.example/")
                .between(0, 0.02)
                .verdict()
                .is(Cause.DNS_UNREACHABLE)
                .blames(Blame.RESOLVER)
                .cites(syn, rst);
    }

    @Test
    void shouldSayNoResponseWhenDnsOverTcpIsSilent() {
        TcpScript tcp = script.tcp("10.0.0.1:45000", "10.0.0.53:53");
        TcpPacket syn = tcp.client().at(0).syn();
        TcpPacket again = tcp.client().at(1.02).retransmits(syn);

        lookupFailed(3)
                .verdict()
                .is(Cause.DNS_NO_RESPONSE)
                .blames(Blame.RESOLVER)
                .cites(syn, again);
    }

    @Test
    void shouldSayRefusedRcodeRatherThanSilenceOfTheOtherServer() {
        IpPacket answer = first.asks(0, "a.example", DnsType.A).failed(0.01, DnsRcode.REFUSED);
        second.asks(0.02, "a.example", DnsType.A);

        lookupFailed(5)
                .verdict()
                .is(Cause.DNS_REFUSED)
                .blames(Blame.RESOLVER)
                .in(Phase.RESOLVE)
                .cites(answer);
    }

    @Test
    void shouldBlameTheProxyWhenItsNameIsNotResolved() {
        DnsScript.Asked asked = first.asks(0, "proxy.example", DnsType.A);
        asked.again(2);

        script.error("proxyconnect tcp: dial tcp: lookup proxy.example: i/o timeout")
                .url("https://a.example/")
                .proxy("http://proxy.example:3128")
                .between(0, 4)
                .verdict()
                .is(Cause.DNS_NO_RESPONSE)
                .blames(Blame.PROXY)
                .cites(asked.packet());
    }

    @Test
    void shouldSayNoResponseFromTheFirst96Bytes() {
        first.asks(0, "a.example", DnsType.A).again(2);

        lookupFailed(4).verdictWhenCutTo(96).is(Cause.DNS_NO_RESPONSE);
    }

    @Test
    void shouldSurviveDamagedPackets() {
        DnsScript.Asked asked = first.asks(0, "a.example", DnsType.A);
        script.at(0.004).icmp("10.0.0.53", IcmpKind.PORT_UNREACHABLE, asked.packet());
        second.asks(1, "a.example", DnsType.A).answered(3, "CNAME:b.example", "192.0.2.1");

        lookupFailed(5).survivesDamage("dns silence");
    }
}
