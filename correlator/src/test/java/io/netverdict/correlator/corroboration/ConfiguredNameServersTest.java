package io.netverdict.correlator.corroboration;

import io.netverdict.correlator.dns.DnsRcode;
import io.netverdict.correlator.dns.DnsType;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.testing.DnsScript;
import io.netverdict.correlator.testing.PacketScript;
import org.junit.jupiter.api.Test;

/** The configured name servers beside a lookup in vain. */
class ConfiguredNameServersTest {
    private static final String COLLECTED = "\"collectedAt\":\"2026-11-23T11:00:00Z\",";

    private final PacketScript script = new PacketScript();
    private final DnsScript dns = script.dns("10.0.0.1:50000", "10.0.0.53:53");

    private static String servers() {
        return "{"
                + COLLECTED
                + "\"resolver\":{\"file\":\"/etc/resolv.conf\",\"nameServers\":"
                + "[\"10.0.0.53\",\"10.0.1.53\"],\"options\":[\"timeout:5\"]}}";
    }

    @Test
    void shouldTellWhichWereAskedAndWhichAnswered() {
        dns.asks(0, "a.example", DnsType.A).again(5);
        script.error("dial tcp: lookup a.example: i/o timeout")
                .url("http://a.example/")
                .between(0, 10)
                .context(servers())
                .verdict()
                .is(Cause.DNS_NO_RESPONSE)
                .shows(
                        "context: /etc/resolv.conf has 10.0.0.53 (no answer to 2 queries), then"
                                + " 10.0.1.53 (not asked) asked; options timeout:5");
    }

    @Test
    void shouldSayNothingOfThemWhereAnAnswerDecided() {
        dns.asks(0, "a.example", DnsType.A).failed(0.02, DnsRcode.NXDOMAIN);
        script.error("dial tcp: lookup a.example: no such host")
                .url("http://a.example/")
                .between(0, 0.03)
                .context(servers())
                .verdict()
                .is(Cause.DNS_NXDOMAIN)
                .showsNothingOf("context: ");
    }
}
