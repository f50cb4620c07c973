package io.netverdict.correlator.rules;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.testing.HttpText;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.ReportScript;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code path.packet-loss}: losses of all sizes, with progress, until the time ran out. */
class PacketLossTest {
    private final PacketScript script = new PacketScript();
    private final TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.2:80");
    private final List<TcpPacket> repeated = new ArrayList<>();

    private ReportScript timeout(double seconds) {
        return script.error("context deadline exceeded while reading body")
                .url("http://a.example/")
                .remote("10.0.0.2:80")
                .between(0, seconds);
    }

    /** A download in rounds of one round trip, every so many-th segment lost and sent again. */
    private void download(int segments, int lostEvery) {
        tcp.opens(0, 0.05);
        tcp.client().sends(HttpText.get("a.example"));
        tcp.server().at(0.11).sends(HttpText.head("200 OK", 10_000_000));
        double time = 0.11;
        for (int i = 1; i <= segments; i++) {
            boolean lost = lostEvery > 0 && i % lostEvery == 0;
            TcpPacket segment = tcp.server().at(time).sends(i % 3 == 0 ? 700 : 1448);
            if (lost) {
                segment.lost();
                tcp.server().sends(1448);
                tcp.client().acks();
                time += 0.25;
                repeated.add(tcp.server().at(time).retransmits(segment));
            }
            tcp.client().acks();
            time += 0.05;
        }
    }

    private void upload(int segments, int lostEvery) {
        tcp.opens(0, 0.05);
        tcp.client().sends(HttpText.post("a.example", "/", 10_000_000));
        tcp.server().at(0.11).acks();
        double time = 0.11;
        for (int i = 1; i <= segments; i++) {
            TcpPacket segment = tcp.client().at(time).sends(i % 3 == 0 ? 700 : 1448);
            if (i % lostEvery == 0) {
                segment.lost();
                time += 0.3;
                repeated.add(tcp.client().at(time).retransmits(segment));
            }
            time += 0.05;
            tcp.server().at(time).acks();
        }
    }

    @Test
    void shouldSayLossWhenADownloadKeepsHavingHoles() {
        download(60, 5);

        timeout(6.5)
                .verdict()
                .is(Cause.PATH_PACKET_LOSS)
                .blames(Blame.PATH)
                .in(Phase.RESPONSE)
                .cites(repeated.get(0), repeated.get(3))
                .hints("%", "12 of");
    }

    @Test
    void shouldSayLossWhenAnUploadIsSentTwice() {
        upload(60, 6);

        timeout(7)
                .verdict()
                .is(Cause.PATH_PACKET_LOSS)
                .blames(Blame.PATH)
                .in(Phase.REQUEST)
                .cites(repeated.get(0), repeated.get(1));
    }

    @Test
    void shouldNotSayLossWhenOneSegmentInFortyIsLost() {
        download(160, 40);

        timeout(9.2).verdict().isNot(Cause.PATH_PACKET_LOSS).considered(Cause.PATH_PACKET_LOSS);
    }

    @Test
    void shouldSayTooSlowWhenNothingWasLost() {
        download(100, 0);

        timeout(5.1).verdict().is(Cause.HTTP_TRANSFER_TOO_SLOW);
    }

    @Test
    void shouldSayVanishedWhenAllIsLostFromOneMomentOn() {
        tcp.opens(0, 0.05);
        tcp.client().sends(HttpText.post("a.example", "/", 50_000));
        tcp.client().streams(14_480);
        tcp.server().at(0.11).acks();
        TcpPacket lost = tcp.client().at(0.12).sends(1448).lost();
        for (double time : new double[] {0.4, 0.9, 1.9, 3.9}) {
            tcp.client().at(time).retransmits(lost).lost();
        }

        timeout(5).verdict().is(Cause.TCP_PEER_VANISHED);
    }

    @Test
    void shouldSayBlackHoleWhenOnlyLargeSegmentsAreLost() {
        tcp.opens(0, 0.05);
        tcp.client().sends(HttpText.post("a.example", "/", 50_000));
        tcp.server().at(0.11).acks();
        TcpPacket lost = tcp.client().at(0.12).sends(1448).lost();
        tcp.client().sends(300);
        tcp.server().at(0.18).acks();
        for (double time : new double[] {0.4, 0.9, 1.9, 3.9}) {
            tcp.client().at(time).retransmits(lost).lost();
        }

        timeout(5).verdict().is(Cause.PATH_MTU_BLACKHOLE).cites(lost);
    }

    @Test
    void shouldSurviveDamagedPacketsAndCutOnes() {
        download(20, 4);

        ReportScript report = timeout(2.6);
        report.verdictWhenCutTo(96).is(Cause.PATH_PACKET_LOSS);
        report.survivesDamage("loss");
    }

    @Test
    void shouldNotTakeReorderingForLoss() {
        tcp.opens(0, 0.05);
        tcp.client().sends(HttpText.get("a.example"));
        tcp.server().at(0.11).sends(HttpText.head("200 OK", 10_000_000));
        double time = 0.11;
        for (int i = 1; i <= 60; i++) {
            TcpPacket overtaken = tcp.server().at(time).sends(1448).lost();
            tcp.server().sends(1448);
            time += 0.002;
            tcp.server().at(time).retransmits(overtaken);
            tcp.client().acks();
            time += 0.05;
        }

        timeout(3.4).verdict().is(Cause.HTTP_TRANSFER_TOO_SLOW);
    }

    @Test
    void shouldNotTakeRepeatsOfWhatHadArrivedForLoss() {
        tcp.opens(0, 0.05);
        tcp.client().sends(HttpText.get("a.example"));
        tcp.server().at(0.11).sends(HttpText.head("200 OK", 10_000_000));
        double time = 0.11;
        for (int i = 1; i <= 60; i++) {
            TcpPacket segment = tcp.server().at(time).sends(1448);
            tcp.client().acks();
            tcp.server().at(time + 0.02).retransmits(segment);
            tcp.client().acks();
            time += 0.05;
        }

        timeout(3.4).verdict().is(Cause.HTTP_TRANSFER_TOO_SLOW);
    }
}
