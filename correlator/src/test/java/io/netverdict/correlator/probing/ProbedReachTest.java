package io.netverdict.correlator.probing;

import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.probe.Reply;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.Probed;
import io.netverdict.correlator.testing.ReportScript;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import org.junit.jupiter.api.Test;

/** Silence of a port, and whether host and port answer a probe. */
class ProbedReachTest {
    private static final String HOST = "10.0.0.2";
    private static final String PORT = HOST + ":8080";

    private final PacketScript script = new PacketScript();
    private final TcpScript tcp = script.tcp("10.0.0.1:40000", PORT);

    private ReportScript failed(double seconds, String why) {
        return script.error("dial tcp " + PORT + ": " + why)
                .url("http://" + PORT + "/")
                .between(0, seconds);
    }

    /** Two SYNs unanswered. */
    private ReportScript silence() {
        TcpPacket syn = tcp.client().at(0).syn();
        tcp.client().at(1.02).retransmits(syn);
        return failed(2, "i/o timeout");
    }

    @Test
    void shouldSayThatThePortIsFilteredWhereTheHostAnswersPing() {
        silence()
                .probes(Probed.connect(PORT, Reply.SILENT), Probed.pingAnswered(HOST))
                .verdict()
                .is(Cause.TCP_SYN_NO_RESPONSE)
                .shows(
                        "probe: port 8080 of 10.0.0.2 is silent now, too; the host answers ping in"
                                + " 20 ms: a filter for the port")
                .sure();
    }

    @Test
    void shouldSayHowFarTheWayIsSeenWhereTheHostIsSilentToo() {
        silence()
                .probes(
                        Probed.connect(PORT, Reply.SILENT),
                        Probed.pingSilent(HOST),
                        Probed.routeSeenUpTo(PORT, "192.0.2.9"))
                .verdict()
                .is(Cause.TCP_SYN_NO_RESPONSE)
                .shows("the host does not answer ping; the way is seen up to 192.0.2.9");
    }

    @Test
    void shouldKeepWhatPacketsShowAndSayThatThePortAnswersNow() {
        silence()
                .probes(Probed.connect(PORT, Reply.ANSWERED), Probed.pingAnswered(HOST))
                .verdict()
                .is(Cause.TCP_SYN_NO_RESPONSE)
                .shows("accepts a connection now, after 20 ms: the fault has passed");
    }

    @Test
    void shouldKeepARefusalOfTheRequestThoughTheProbeMeetsSilence() {
        tcp.client().at(0).syn();
        TcpPacket refusal = tcp.server().at(0.02).refuses();

        failed(0.03, "connect: connection refused")
                .probes(Probed.connect(PORT, Reply.SILENT), Probed.pingSilent(HOST))
                .verdict()
                .is(Cause.TCP_REFUSED)
                .cites(refusal)
                .showsNothingOf("probe: ");
    }

    @Test
    void shouldSayNothingOfAProbeThatCouldNotBeSentOrWentToAnotherPort() {
        silence()
                .probes(Probed.connectNotSent(PORT), Probed.connect(HOST + ":81", Reply.ANSWERED))
                .verdict()
                .is(Cause.TCP_SYN_NO_RESPONSE)
                .showsNothingOf("probe: ");
    }

    @Test
    void shouldTellOfThePingAloneWhereNoConnectCouldBeMade() {
        silence()
                .probes(Probed.connectNotSent(PORT), Probed.pingAnswered(HOST))
                .verdict()
                .is(Cause.TCP_SYN_NO_RESPONSE)
                .shows("probe: the host answers ping in 20 ms");
    }
}
