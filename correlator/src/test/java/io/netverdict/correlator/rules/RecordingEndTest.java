package io.netverdict.correlator.rules;

import io.netverdict.correlator.dns.DnsType;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.testing.DnsScript;
import io.netverdict.correlator.testing.HttpText;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.TcpScript;
import io.netverdict.correlator.testing.VerdictCheck;
import org.junit.jupiter.api.Test;

/** A file that ends before the error: what came after its end may have decided the request. */
class RecordingEndTest {
    private final PacketScript script = new PacketScript();

    @Test
    void shouldNotBeCertainOfASilenceThatTheFileDoesNotReach() {
        answersHalf(script);

        timedOut(8).is(Cause.HTTP_RESPONSE_STALLED).notSure();
    }

    @Test
    void shouldBeCertainOfASilenceThatALiveRecordingHasWatched() {
        answersHalf(script);
        script.liveUntil(9);

        timedOut(8).is(Cause.HTTP_RESPONSE_STALLED).certain();
    }

    @Test
    void shouldBeCertainOfASilenceThatOtherTrafficFills() {
        answersHalf(script);
        for (double time = 1; time < 9; time++) {
            script.at(time).ping("10.0.0.1", "10.0.0.200");
        }

        timedOut(8).is(Cause.HTTP_RESPONSE_STALLED).certain();
    }

    @Test
    void shouldNotBeCertainThatNothingWasSentAfterTheEndOfTheFile() {
        resolved();

        refused().is(Cause.CLIENT_NOTHING_SENT).notSure();
    }

    @Test
    void shouldBeCertainThatNothingWasSentWhereTheFileGoesOn() {
        resolved();
        script.at(3).ping("10.0.0.1", "10.0.0.200");

        refused().is(Cause.CLIENT_NOTHING_SENT).certain();
    }

    @Test
    void shouldNotBeCertainOfANameServersSilenceThatWasHardlyWatched() {
        DnsScript dns = script.dns("10.0.0.1:50000", "10.0.0.53:53");
        dns.asks(0, "a.example", DnsType.A);
        dns.asks(0.001, "a.example", DnsType.AAAA);

        script.error("Could not resolve host: a.example")
                .url("http://a.example/")
                .between(0, 10)
                .verdict()
                .is(Cause.DNS_NO_RESPONSE)
                .notSure();
    }

    private static void answersHalf(PacketScript script) {
        TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.2:80");
        tcp.opens(0, 0.02);
        tcp.client().sends(HttpText.get("a.example"));
        tcp.server().at(0.05).sends(HttpText.head("200 OK", 1000) + "half");
        tcp.client().after(0.001).acks();
    }

    private VerdictCheck timedOut(double seconds) {
        return script.error("context deadline exceeded")
                .url("http://a.example/")
                .remote("10.0.0.2:80")
                .between(0, seconds)
                .verdict();
    }

    private void resolved() {
        script.dns("10.0.0.1:50000", "10.0.0.53:53")
                .asks(0, "a.example", DnsType.A)
                .answered(0.005, "192.0.2.1");
    }

    private VerdictCheck refused() {
        return script.error("Failed to connect to a.example port 80: Connection failed")
                .url("http://a.example/")
                .between(0, 0.02)
                .verdict();
    }
}
