package io.netverdict.correlator.story;

import io.netverdict.correlator.dns.DnsType;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.testing.DnsScript;
import io.netverdict.correlator.testing.HttpText;
import io.netverdict.correlator.testing.IpPacket;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import org.junit.jupiter.api.Test;

/**
 * {@code client.nothing-sent} and {@code capture.insufficient}: the request has no packet in the
 * recording, because none left, or because the recording did not see it.
 */
class AbsenceTest {
    private final PacketScript script = new PacketScript();

    /** Traffic of others, which shows that the recorder was watching. */
    private void othersTalk(double from, double to) {
        for (double time = from; time <= to; time += 1) {
            script.at(time).ping("10.0.0.1", "10.0.0.200");
        }
    }

    @Test
    void shouldSayNothingSentWhenOnlyTheNameWasResolved() {
        othersTalk(0, 5);
        DnsScript.Asked asked =
                script.dns("10.0.0.1:50000", "10.0.0.53:53").asks(2, "a.example", DnsType.A);
        IpPacket answer = asked.answered(2.005, "192.0.2.1");

        script.error("dial tcp 192.0.2.1:443: connect: cannot assign requested address")
                .url("https://a.example/")
                .between(2, 2.01)
                .verdict()
                .is(Cause.CLIENT_NOTHING_SENT)
                .blames(Blame.CLIENT)
                .cites(answer)
                .hints("192.0.2.1")
                .sure();
    }

    @Test
    void shouldSayNothingSentWhenTheErrorCameSoonerThanAnyAnswerCould() {
        othersTalk(0, 5);

        script.error("dial tcp: lookup a.example: no such host")
                .url("http://a.example/")
                .between(2, 2.0004)
                .verdict()
                .is(Cause.CLIENT_NOTHING_SENT)
                .blames(Blame.CLIENT);
    }

    @Test
    void shouldNotBeSureThatNothingWasSentWhereItIsSentASecondLater() {
        othersTalk(0, 5);
        script.dns("10.0.0.1:50000", "10.0.0.53:53").resolves(2, "a.example", "192.0.2.1");
        TcpScript tcp = script.tcp("10.0.0.1:40000", "192.0.2.1:80");
        tcp.client().at(3).syn();
        tcp.server().at(3.02).refuses();

        script.error("connect: connection refused")
                .url("http://a.example/")
                .between(2, 2.03)
                .verdict()
                .notSure();
    }

    @Test
    void shouldSayNothingSentWhenALocalFirewallForbidsIt() {
        othersTalk(0, 5);

        script.error("connect: operation not permitted")
                .url("http://192.0.2.1/")
                .between(2, 2.001)
                .verdict()
                .is(Cause.CLIENT_NOTHING_SENT)
                .blames(Blame.CLIENT);
    }

    @Test
    void shouldSayInsufficientWhenTheClientMustHaveSentPackets() {
        othersTalk(0, 5);

        script.error("read tcp 10.0.0.1:40000->192.0.2.1:443: connection reset by peer")
                .url("https://a.example/")
                .between(2, 2.4)
                .verdict()
                .is(Cause.CAPTURE_INSUFFICIENT)
                .blames(Blame.UNKNOWN);
    }

    @Test
    void shouldSayInsufficientWhenTheRecordingIsEmpty() {
        script.error("connection refused")
                .url("http://a.example/")
                .between(2, 2.4)
                .verdict()
                .is(Cause.CAPTURE_INSUFFICIENT)
                .shows("0 packets recorded");
    }

    @Test
    void shouldSayInsufficientWhenTheRecordingBeginsAfterTheError() {
        othersTalk(100, 105);

        script.error("i/o timeout")
                .url("http://192.0.2.1/")
                .between(90, 95)
                .verdict()
                .is(Cause.CAPTURE_INSUFFICIENT)
                .blames(Blame.UNKNOWN)
                .hints("begins", "5.00 s");
    }

    @Test
    void shouldSayInsufficientWhenTheRecordingEndsBeforeTheRequest() {
        othersTalk(0, 5);

        script.error("i/o timeout")
                .url("http://192.0.2.1/")
                .between(20, 25)
                .verdict()
                .is(Cause.CAPTURE_INSUFFICIENT)
                .hints("ends", "20");
    }

    @Test
    void shouldSayInsufficientWhenTheRecordingEndsBeforeTheReset() {
        TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.2:80");
        tcp.opens(0, 0.02);
        tcp.client().sends(HttpText.get("a.example"));
        tcp.server().at(0.05).acks();

        script.error("connection reset by peer")
                .url("http://a.example/")
                .remote("10.0.0.2:80")
                .between(0, 8)
                .verdict()
                .is(Cause.CAPTURE_INSUFFICIENT)
                .blames(Blame.UNKNOWN)
                .hints("ends");
    }

    @Test
    void shouldTellTheLossesOfTheRecorder() {
        othersTalk(0, 5);
        script.missed(1234, 99);

        script.error("read tcp 10.0.0.1:40000->192.0.2.1:443: connection reset by peer")
                .url("https://a.example/")
                .between(2, 2.4)
                .verdict()
                .is(Cause.CAPTURE_INSUFFICIENT)
                .shows("1234 packets dropped by the kernel");
    }

    @Test
    void shouldNotSayNothingSentWhenASynLeft() {
        othersTalk(0, 5);
        TcpScript tcp = script.tcp("10.0.0.1:40000", "192.0.2.1:80");
        TcpPacket syn = tcp.client().at(2).syn();
        tcp.client().at(3.02).retransmits(syn);

        script.error("i/o timeout")
                .url("http://192.0.2.1/")
                .between(2, 5)
                .verdict()
                .is(Cause.TCP_SYN_NO_RESPONSE)
                .cites(syn);
    }

    @Test
    void shouldNotTakeOldPacketsToTheSameHostForTheRequest() {
        TcpScript old = script.tcp("10.0.0.1:39000", "192.0.2.1:80");
        old.opens(0, 0.02);
        old.exchanges(0.03, 0.02, HttpText.get("192.0.2.1"), HttpText.response("200 OK", "old"));
        old.client().at(0.1).fin();
        old.server().at(0.12).fin();
        old.client().acks();
        othersTalk(1, 65);

        script.error("connect: operation not permitted")
                .url("http://192.0.2.1/")
                .between(60, 60.001)
                .verdict()
                .is(Cause.CLIENT_NOTHING_SENT);
    }
}
