package io.netverdict.correlator.probing;

import io.netverdict.correlator.dns.DnsRcode;
import io.netverdict.correlator.dns.DnsType;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.probe.Reply;
import io.netverdict.correlator.testing.DnsScript;
import io.netverdict.correlator.testing.IpPacket;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.Probed;
import io.netverdict.correlator.testing.ReportScript;
import org.junit.jupiter.api.Test;

/** Lookups in vain, and which name servers answer a probe. */
class ProbedNameServersTest {
    private static final String FIRST = "10.0.0.53:53";
    private static final String SECOND = "10.0.1.53:53";

    private final PacketScript script = new PacketScript();
    private final DnsScript dns = script.dns("10.0.0.1:50000", FIRST);

    private ReportScript lookupFailed(double seconds, String why) {
        return script.error("dial tcp: lookup a.example: " + why)
                .url("http://a.example/")
                .between(0, seconds);
    }

    private ReportScript unanswered() {
        dns.asks(0, "a.example", DnsType.A).again(5);
        return lookupFailed(10, "i/o timeout");
    }

    @Test
    void shouldSayWhichNameServerIsDeadAndWhichAnswers() {
        unanswered()
                .probes(
                        Probed.nameServer(FIRST, Reply.SILENT, null),
                        Probed.nameServer(SECOND, Reply.ANSWERED, "NOERROR"))
                .verdict()
                .is(Cause.DNS_NO_RESPONSE)
                .blames(Blame.RESOLVER)
                .shows("no answer now either from name server 10.0.0.53 (UDP silent)")
                .shows("name server 10.0.1.53 (20 ms, NOERROR) answers")
                .sure();
    }

    @Test
    void shouldKeepTheSilenceThatPacketsShowThoughTheServerAnswersNow() {
        unanswered()
                .probes(Probed.nameServer(FIRST, Reply.ANSWERED, "NOERROR"))
                .verdict()
                .is(Cause.DNS_NO_RESPONSE)
                .shows("probe: name server 10.0.0.53 (20 ms, NOERROR) answers");
    }

    @Test
    void shouldKeepTheAnswerOfTheRequestThoughTheServerIsSilentNow() {
        IpPacket answer = dns.asks(0, "a.example", DnsType.A).failed(0.02, DnsRcode.NXDOMAIN);

        lookupFailed(0.03, "no such host")
                .probes(Probed.nameServer(FIRST, Reply.SILENT, null))
                .verdict()
                .is(Cause.DNS_NXDOMAIN)
                .cites(answer)
                .showsNothingOf("probe: ");
    }

    @Test
    void shouldSayNothingOfQueriesThatCouldNotBeSent() {
        unanswered()
                .probes(Probed.nameServer(FIRST, Reply.NOT_SENT, null))
                .verdict()
                .is(Cause.DNS_NO_RESPONSE)
                .showsNothingOf("probe: ");
    }
}
