package io.netverdict.correlator.rules;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.testing.HttpText;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.ReportScript;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code network.healthy}: the exchange was complete, the error is not the network's. */
class HealthyTest {
    private static final String COMPLAINT =
            "json: cannot unmarshal string into Go struct field of type int";

    private final PacketScript script = new PacketScript();
    private final TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.2:80");

    private ReportScript complains(String message) {
        return script.error(message)
                .url("http://a.example/")
                .remote("10.0.0.2:80")
                .between(0, 0.08);
    }

    @Test
    void shouldSayHealthyWhenTheClientOnlyDislikesTheContent() {
        tcp.opens(0, 0.02);
        List<TcpPacket> exchange =
                tcp.exchanges(
                        0.03,
                        0.02,
                        HttpText.get("a.example"),
                        HttpText.response("200 OK", "{\"a\":\"b\"}"));

        complains(COMPLAINT)
                .verdict()
                .is(Cause.NETWORK_HEALTHY)
                .blames(Blame.NONE)
                .cites(exchange.get(0), exchange.get(1))
                .hints("200");
    }

    @Test
    void shouldSayErrorStatusWhenTheStatusIsSeenToBeOne() {
        tcp.opens(0, 0.02);
        tcp.exchanges(
                0.03,
                0.02,
                HttpText.get("a.example"),
                HttpText.response("502 Bad Gateway", "<html>"));

        complains("invalid character '<' looking for beginning of value")
                .verdict()
                .is(Cause.HTTP_ERROR_STATUS)
                .considered(Cause.NETWORK_HEALTHY);
    }

    @Test
    void shouldSayTruncatedWhenTheResponseBreaksOff() {
        tcp.opens(0, 0.02);
        tcp.client().sends(HttpText.get("a.example"));
        tcp.server().at(0.05).sends(HttpText.head("200 OK", 1000) + "{\"a\":");
        TcpPacket fin = tcp.server().at(0.06).fin();

        complains("unexpected end of JSON input")
                .verdict()
                .is(Cause.HTTP_TRUNCATED_RESPONSE)
                .cites(fin);
    }

    @Test
    void shouldNotSayHealthyWithConfidenceWhenTheClientSpeaksOfATimeout() {
        tcp.opens(0, 0.02);
        tcp.exchanges(0.03, 0.02, HttpText.get("a.example"), HttpText.response("200 OK", "fine"));

        script.liveUntil(11);
        script.error("context deadline exceeded")
                .url("http://a.example/")
                .remote("10.0.0.2:80")
                .between(0, 10)
                .verdict()
                .unsure();
    }

    @Test
    void shouldSurviveDamagedPacketsAndCutOnes() {
        tcp.opens(0, 0.02);
        tcp.exchanges(
                0.03,
                0.02,
                HttpText.get("a.example"),
                HttpText.response("200 OK", "{}".repeat(99)));

        ReportScript report = complains(COMPLAINT);
        report.verdictWhenCutTo(128).is(Cause.NETWORK_HEALTHY);
        report.survivesDamage("healthy");
    }
}
