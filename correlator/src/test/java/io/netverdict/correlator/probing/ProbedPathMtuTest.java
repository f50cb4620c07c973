package io.netverdict.correlator.probing;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.testing.HttpText;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.Probed;
import io.netverdict.correlator.testing.ReportScript;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import org.junit.jupiter.api.Test;

/** {@code path.mtu-*} where packets leave it open and a probe measures the path. */
class ProbedPathMtuTest {
    private static final String SERVER = "10.0.0.2";
    private static final double[] BACKOFF = {0.35, 0.8, 1.7, 3.5};

    private final PacketScript script = new PacketScript();
    private final TcpScript tcp = script.tcp("10.0.0.1:40000", SERVER + ":80");

    private ReportScript timeout() {
        return script.error("context deadline exceeded").url("http://a.example/").between(0, 5);
    }

    private void repeats(TcpPacket lost) {
        for (double time : BACKOFF) {
            tcp.client().at(time).retransmits(lost).lost();
        }
    }

    private TcpPacket open(int postBytes) {
        tcp.opens(0, 0.02);
        return tcp.client().sends(HttpText.post("a.example", "/", postBytes));
    }

    /** A large segment vanishes with nothing behind it: a hole for large ones, or the end. */
    private TcpPacket uploadThatStops() {
        open(1448);
        tcp.server().at(0.05).acks();
        TcpPacket lost = tcp.client().at(0.06).sends(1448).lost();
        repeats(lost);
        return lost;
    }

    /** As large ones had passed before: packets alone say that the peer vanished. */
    private TcpPacket uploadThatStopsLater() {
        open(30_000);
        tcp.client().streams(14_480);
        tcp.server().at(0.05).acks();
        TcpPacket lost = tcp.client().at(0.06).sends(1448).lost();
        repeats(lost);
        return lost;
    }

    @Test
    void shouldBeSureOfABlackHoleThatTheProbeFindsToo() {
        TcpPacket lost = uploadThatStops();

        timeout()
                .probes(Probed.pathMtu(SERVER, 1300, null))
                .verdict()
                .is(Cause.PATH_MTU_BLACKHOLE)
                .blames(Blame.PATH)
                .in(Phase.REQUEST)
                .cites(lost)
                .shows("probe: path MTU is 1,300 bytes, the own interface's 1,500 bytes")
                .sure();
    }

    @Test
    void shouldFindABlackHoleThatPacketsLeaveOpen() {
        TcpPacket lost = uploadThatStopsLater();

        timeout()
                .probes(Probed.pathMtu(SERVER, 1300, null))
                .verdict()
                .is(Cause.PATH_MTU_BLACKHOLE)
                .blames(Blame.PATH)
                .cites(lost)
                .hints("1,500 bytes", "1,300 bytes")
                .shows("larger packets vanish without ICMP")
                .considered(Cause.TCP_PEER_VANISHED);
    }

    @Test
    void shouldSayExceededWhereARouterTellsTheProbeByIcmp() {
        TcpPacket lost = uploadThatStopsLater();

        timeout()
                .probes(Probed.pathMtu(SERVER, 1300, "192.0.2.9"))
                .verdict()
                .is(Cause.PATH_MTU_EXCEEDED)
                .cites(lost)
                .shows("192.0.2.9 says so by ICMP");
    }

    @Test
    void shouldLeaveItAtVanishedWhereThePathIsAsWideAsTheInterface() {
        uploadThatStopsLater();

        timeout().probes(Probed.pathMtu(SERVER, 1500, null)).verdict().is(Cause.TCP_PEER_VANISHED);
    }

    @Test
    void shouldLeaveItAtVanishedWhereTheLostSegmentFitsThePath() {
        open(30_000);
        tcp.server().at(0.05).acks();
        repeats(tcp.client().at(0.06).sends(600).lost());

        timeout().probes(Probed.pathMtu(SERVER, 1300, null)).verdict().is(Cause.TCP_PEER_VANISHED);
    }

    @Test
    void shouldBelieveThePacketsWhereSmallSegmentsVanishAlike() {
        open(30_000);
        tcp.client().streams(14_480);
        tcp.server().at(0.05).acks();
        TcpPacket lost = tcp.client().at(0.06).sends(1448).lost();
        tcp.client().sends(200).lost();
        repeats(lost);

        timeout().probes(Probed.pathMtu(SERVER, 1300, null)).verdict().is(Cause.TCP_PEER_VANISHED);
    }

    @Test
    void shouldBelieveThePacketsWhereASegmentAsLargePassedBehindTheLostOne() {
        open(30_000);
        tcp.server().at(0.05).acks();
        TcpPacket lost = tcp.client().at(0.06).sends(1448).lost();
        tcp.client().sends(1448);
        tcp.server().at(0.08).acks();
        repeats(lost);

        timeout()
                .probes(Probed.pathMtu(SERVER, 1300, null))
                .verdict()
                .isNot(Cause.PATH_MTU_BLACKHOLE);
    }

    @Test
    void shouldKeepWhatPacketsProveThoughTheProbeFindsThePathWideAgain() {
        open(3300);
        tcp.server().at(0.05).acks();
        TcpPacket lost = tcp.client().at(0.06).sends(1448).lost();
        tcp.client().sends(1448).lost();
        tcp.client().sends(404);
        tcp.server().at(0.08).acks();
        repeats(lost);

        timeout()
                .probes(Probed.pathMtu(SERVER, 1500, null))
                .verdict()
                .is(Cause.PATH_MTU_BLACKHOLE)
                .shows("what held large packets back is gone")
                .sure();
    }

    @Test
    void shouldTakeNoNoticeOfAProbeToAnotherHostOrWithoutAResult() {
        uploadThatStopsLater();

        timeout()
                .probes(Probed.pathMtu("10.0.0.9", 1300, null), Probed.pathMtu(SERVER, -1, null))
                .verdict()
                .is(Cause.TCP_PEER_VANISHED);
    }
}
