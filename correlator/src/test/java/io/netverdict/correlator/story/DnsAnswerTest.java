package io.netverdict.correlator.story;

import io.netverdict.correlator.dns.DnsRcode;
import io.netverdict.correlator.dns.DnsType;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.testing.DnsMessages;
import io.netverdict.correlator.testing.DnsScript;
import io.netverdict.correlator.testing.HttpText;
import io.netverdict.correlator.testing.IpPacket;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.ReportScript;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code dns.nxdomain}, {@code dns.no-address}, {@code dns.server-failure}, {@code dns.refused} and
 * {@code dns.truncated-no-tcp}: the name server did answer.
 */
class DnsAnswerTest {
    private final PacketScript script = new PacketScript();
    private final DnsScript dns = script.dns("10.0.0.1:50000", "10.0.0.53:53");

    private ReportScript failed(double seconds) {
        return script.error("Could not resolve host: a.example")
                .url("http://a.example/")
                .between(0, seconds);
    }

    @ParameterizedTest
    @CsvSource({
        "NXDOMAIN, DNS_NXDOMAIN",
        "REFUSED, DNS_REFUSED",
        "SERVFAIL, DNS_SERVER_FAILURE",
        "FORMERR, DNS_SERVER_FAILURE",
        "NOTIMP, DNS_SERVER_FAILURE",
        "NOERROR, DNS_NO_ADDRESS"
    })
    void shouldNameTheRcode(DnsRcode rcode, Cause cause) {
        DnsScript.Asked v4 = dns.asks(0, "a.example", DnsType.A);
        DnsScript.Asked v6 = dns.asks(0.001, "a.example", DnsType.AAAA);
        IpPacket answer = v4.failed(0.01, rcode);
        IpPacket other = v6.failed(0.011, rcode);

        failed(0.02)
                .verdict()
                .is(cause)
                .blames(Blame.RESOLVER)
                .in(Phase.RESOLVE)
                .cites(v4.packet(), v6.packet(), answer, other)
                .hints("a.example", "10.0.0.53")
                .sure();
    }

    @Test
    void shouldSayNxdomainBehindACname() {
        DnsScript.Asked asked = dns.asks(0, "a.example", DnsType.A);
        IpPacket answer = asked.failed(0.01, DnsRcode.NXDOMAIN, "CNAME:gone.example");

        failed(0.02).verdict().is(Cause.DNS_NXDOMAIN).cites(answer).hints("NXDOMAIN");
    }

    @Test
    void shouldSayNoAddressForACnameThatLeadsNowhere() {
        DnsScript.Asked asked = dns.asks(0, "a.example", DnsType.A);
        IpPacket answer = asked.answered(0.01, "CNAME:empty.example");

        failed(0.02).verdict().is(Cause.DNS_NO_ADDRESS).cites(answer);
    }

    @Test
    void shouldGoByTheRcodeAndNotByTheClientsWords() {
        DnsScript.Asked asked = dns.asks(0, "a.example", DnsType.A);
        IpPacket answer = asked.failed(0.01, DnsRcode.SERVFAIL);

        script.error("getaddrinfo ENOTFOUND a.example")
                .url("http://a.example/")
                .between(0, 0.02)
                .verdict()
                .is(Cause.DNS_SERVER_FAILURE)
                .cites(answer);
    }

    @Test
    void shouldSayNxdomainWhenOneFamilyHasNoAnswer() {
        dns.asks(0, "a.example", DnsType.AAAA);
        IpPacket answer = dns.asks(0.001, "a.example", DnsType.A).failed(0.01, DnsRcode.NXDOMAIN);

        failed(5).verdict().is(Cause.DNS_NXDOMAIN).cites(answer);
    }

    @Test
    void shouldNotSayNoAddressWhenOnlyAaaaIsEmpty() {
        dns.asks(0, "a.example", DnsType.A).answered(0.01, "192.0.2.1");
        dns.asks(0.001, "a.example", DnsType.AAAA).answered(0.011);
        TcpScript tcp = script.tcp("10.0.0.1:40000", "192.0.2.1:80");
        TcpPacket syn = tcp.client().at(0.02).syn();
        TcpPacket rst = tcp.server().at(0.04).refuses();

        script.error("connection refused")
                .url("http://a.example/")
                .between(0, 0.041)
                .verdict()
                .is(Cause.TCP_REFUSED)
                .cites(syn, rst);
    }

    @Test
    void shouldFollowACnameToItsAddress() {
        dns.asks(0, "a.example", DnsType.A).answered(0.01, "CNAME:b.example", "192.0.2.1");
        TcpScript tcp = script.tcp("10.0.0.1:40000", "192.0.2.1:80");
        tcp.client().at(0.02).syn();
        TcpPacket rst = tcp.server().at(0.04).refuses();

        script.error("connection refused")
                .url("http://a.example/")
                .between(0, 0.041)
                .verdict()
                .is(Cause.TCP_REFUSED)
                .cites(rst);
    }

    @Test
    void shouldNotSayNxdomainWhenOnlyTheSearchListFailed() {
        dns.asks(0, "a.example.corp.example", DnsType.A).failed(0.01, DnsRcode.NXDOMAIN);
        dns.asks(0.02, "a.example", DnsType.A).answered(0.03, "192.0.2.1");
        TcpScript tcp = script.tcp("10.0.0.1:40000", "192.0.2.1:80");
        tcp.opens(0.04, 0.02);
        tcp.client().sends(HttpText.get("a.example"));
        tcp.server().at(0.1).acks();

        script.error("Read timed out")
                .url("http://a.example/")
                .between(0, 5)
                .verdict()
                .is(Cause.HTTP_NO_RESPONSE);
    }

    @Test
    void shouldSayTruncatedWhenDnsOverTcpIsReset() {
        DnsScript.Asked asked = dns.asks(0, "a.example", DnsType.A);
        IpPacket truncated = asked.truncated(0.01);
        TcpScript tcp = script.tcp("10.0.0.1:45000", "10.0.0.53:53");
        TcpPacket syn = tcp.client().at(0.012).syn();
        TcpPacket rst = tcp.server().at(0.02).refuses();

        failed(0.03)
                .verdict()
                .is(Cause.DNS_TRUNCATED_NO_TCP)
                .blames(Blame.RESOLVER)
                .in(Phase.RESOLVE)
                .cites(truncated, syn, rst)
                .hints("TC");
    }

    @Test
    void shouldSayTruncatedWhenDnsOverTcpIsSilent() {
        IpPacket truncated = dns.asks(0, "a.example", DnsType.A).truncated(0.01);
        TcpScript tcp = script.tcp("10.0.0.1:45000", "10.0.0.53:53");
        TcpPacket syn = tcp.client().at(0.012).syn();
        TcpPacket again = tcp.client().at(1.03).retransmits(syn);

        failed(3).verdict().is(Cause.DNS_TRUNCATED_NO_TCP).cites(truncated, syn, again);
    }

    @Test
    void shouldSayNxdomainWhenDnsOverTcpAnswersSo() {
        dns.asks(0, "a.example", DnsType.A).truncated(0.01);
        TcpScript tcp = script.tcp("10.0.0.1:45000", "10.0.0.53:53");
        tcp.opens(0.012, 0.01);
        DnsMessages question = new DnsMessages(0x77, "a.example", DnsType.A);
        TcpPacket query = tcp.client().sends(DnsMessages.overTcp(question.query()));
        TcpPacket answer =
                tcp.server()
                        .at(0.035)
                        .sends(DnsMessages.overTcp(question.answer(DnsRcode.NXDOMAIN)));

        failed(0.04).verdict().is(Cause.DNS_NXDOMAIN).cites(query, answer);
    }

    @Test
    void shouldSayRefusedOnlyWhenNoOtherServerDidBetter() {
        dns.asks(0, "a.example", DnsType.A).failed(0.01, DnsRcode.REFUSED);
        script.dns("10.0.0.1:50009", "10.0.1.53:53").resolves(0.02, "a.example", "192.0.2.1");
        TcpScript tcp = script.tcp("10.0.0.1:40000", "192.0.2.1:80");
        tcp.client().at(0.03).syn();
        TcpPacket rst = tcp.server().at(0.04).refuses();

        script.error("connection refused")
                .url("http://a.example/")
                .between(0, 0.041)
                .verdict()
                .is(Cause.TCP_REFUSED)
                .cites(rst);
    }

    @Test
    void shouldNameTheRcodeOfACutAnswer() {
        dns.asks(0, "a.example", DnsType.A).failed(0.01, DnsRcode.NXDOMAIN, "CNAME:gone.example");

        failed(0.02).verdictWhenCutTo(80).is(Cause.DNS_NXDOMAIN);
    }

    @Test
    void shouldNotSayNoAddressOfAnAnswerThatWasCut() {
        dns.asks(0, "a.example", DnsType.A).answered(0.01, "192.0.2.1");

        failed(0.02).verdictWhenCutTo(72).isNot(Cause.DNS_NO_ADDRESS).notSure();
    }

    @Test
    void shouldSurviveDamagedPackets() {
        dns.asks(0, "a.example", DnsType.A).failed(0.01, DnsRcode.NXDOMAIN, "CNAME:gone.example");
        dns.asks(0.001, "a.example", DnsType.AAAA).truncated(0.012);

        failed(0.02).survivesDamage("dns answers");
    }
}
