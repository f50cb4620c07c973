package io.netverdict.correlator.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.TcpScript;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Advice comes with commands that can be typed as they stand. */
class AdvicePlacesTest {
    private final PacketScript net = new PacketScript();

    private List<String> refused(String url) {
        net.dns("10.0.0.1:50100", "10.0.0.53:53").resolves(0.001, "shop.example", "192.0.2.7");
        TcpScript tcp = net.tcp("10.0.0.1:40001", "192.0.2.7:8443");
        tcp.client().at(0.01).syn();
        tcp.server().at(0.03).refuses();
        return net.error("dial tcp 192.0.2.7:8443: connect: connection refused")
                .url(url)
                .between(0, 0.04)
                .verdict()
                .is(Cause.TCP_REFUSED)
                .diagnosis()
                .verdict()
                .advice();
    }

    @Test
    void shouldFillInWhatTheStoryKnows() {
        List<String> advice = refused("https://shop.example:8443/");

        assertTrue(advice.get(0).contains("'sport = :8443'"), advice::toString);
    }

    @Test
    void shouldNameTheResolverThatFailed() {
        net.dns("10.0.0.1:50100", "10.0.0.53:53")
                .asks(0.001, "shop.example", io.netverdict.correlator.dns.DnsType.A);

        List<String> advice =
                net.error("dial tcp: lookup shop.example: i/o timeout")
                        .url("https://shop.example/")
                        .between(0, 10)
                        .verdict()
                        .is(Cause.DNS_NO_RESPONSE)
                        .diagnosis()
                        .verdict()
                        .advice();

        assertEquals(
                "Ask the name server directly: dig @10.0.0.53 shop.example +tries=1 +time=2",
                advice.get(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example:8443/;reboot",
                "https://shop.example:8443/?a=$(reboot)",
                "https://shop.example:8443/`reboot`&x",
                "https://user:secret@shop.example:8443/"
            })
    void shouldFillInNothingThatAShellWouldActUpon(String url) {
        String advice = String.join("\n", refused(url));

        assertTrue(!advice.contains("reboot") && !advice.contains("secret"), advice);
    }
}
