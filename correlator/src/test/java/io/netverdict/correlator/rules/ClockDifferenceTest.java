package io.netverdict.correlator.rules;

import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.testing.HttpText;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.ReportScript;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import org.junit.jupiter.api.Test;

/** A report by a clock that is a little before or behind that of the file. */
class ClockDifferenceTest {
    private final PacketScript script = new PacketScript();

    /** Others' traffic, so that the recording is there all the time. */
    private ReportScript refused(double startedSeconds) {
        for (double time = 0; time < 20; time++) {
            script.at(time).ping("10.0.0.1", "10.0.0.200");
        }
        return script.error("dial tcp 10.0.0.2:8080: connect: connection refused")
                .url("http://10.0.0.2:8080/")
                .between(startedSeconds, startedSeconds + 0.03);
    }

    private TcpPacket refusal(double atSeconds) {
        TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.2:8080");
        tcp.client().at(atSeconds).syn();
        return tcp.server().at(atSeconds + 0.02).refuses();
    }

    @Test
    void shouldFindWhatTheClientReportsASecondTooEarly() {
        TcpPacket rst = refusal(11);

        refused(10).verdict().is(Cause.TCP_REFUSED).cites(rst).notSure();
    }

    @Test
    void shouldFindWhatTheClientReportsASecondTooLate() {
        TcpPacket rst = refusal(9);

        refused(10).verdict().is(Cause.TCP_REFUSED).cites(rst).notSure();
    }

    @Test
    void shouldBeSureWhereTheClocksAgree() {
        TcpPacket rst = refusal(10);

        refused(10).verdict().is(Cause.TCP_REFUSED).cites(rst).certain();
    }

    @Test
    void shouldNotReachForWhatIsFurtherAway() {
        refusal(14);

        refused(10).verdict().isNot(Cause.TCP_REFUSED);
    }

    @Test
    void shouldNotTakeAnExchangeCloseByThatWentWell() {
        TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.2:8080");
        tcp.opens(11, 0.02);
        tcp.exchanges(
                11.03, 0.02, HttpText.get("10.0.0.2:8080"), HttpText.response("200 OK", "fine"));

        refused(10).verdict().isNot(Cause.NETWORK_HEALTHY).notSure();
    }

    @Test
    void shouldTrustTheClockThatALiveRecorderShares() {
        refusal(11);
        script.liveUntil(30);

        refused(10).verdict().isNot(Cause.TCP_REFUSED);
    }
}
