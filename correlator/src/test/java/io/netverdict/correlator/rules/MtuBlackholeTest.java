package io.netverdict.correlator.rules;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.testing.HttpText;
import io.netverdict.correlator.testing.IcmpKind;
import io.netverdict.correlator.testing.IpPacket;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.ReportScript;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import io.netverdict.correlator.testing.TlsBytes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code path.mtu-blackhole} and {@code path.mtu-exceeded}: large segments get nowhere. */
class MtuBlackholeTest {
    private static final double[] BACKOFF = {0.25, 0.7, 1.6, 3.4};

    private final PacketScript script = new PacketScript();
    private final TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.2:443");
    private final TcpScript plain = script.tcp("10.0.0.1:40001", "10.0.0.2:80");

    private ReportScript timeout(String url) {
        return script.error("context deadline exceeded").url(url).between(0, 5);
    }

    private static void repeats(TcpScript tcp, TcpPacket packet) {
        for (double delay : BACKOFF) {
            tcp.client().at(0.1 + delay).retransmits(packet).lost();
        }
    }

    private TcpPacket uploadWithLostFullSegments() {
        plain.opens(0, 0.02);
        plain.client().sends(HttpText.post("a.example", "/", 3300));
        plain.server().at(0.05).acks();
        TcpPacket first = plain.client().at(0.06).sends(1448).lost();
        plain.client().sends(1448).lost();
        plain.client().sends(404);
        return first;
    }

    @Test
    void shouldSayBlackHoleWhenOnlyTheSmallTailIsSelectivelyAcknowledged() {
        TcpPacket lost = uploadWithLostFullSegments();
        TcpPacket sack = plain.server().at(0.08).acks();
        repeats(plain, lost);

        timeout("http://a.example/")
                .verdict()
                .is(Cause.PATH_MTU_BLACKHOLE)
                .blames(Blame.PATH)
                .in(Phase.REQUEST)
                .cites(lost, sack)
                .hints("1448", "5 tries")
                .sure();
    }

    @Test
    void shouldSayLossInsteadWhenAFullSegmentBehindIsSelectivelyAcknowledged() {
        plain.opens(0, 0.02);
        plain.client().sends(HttpText.post("a.example", "/", 3300));
        plain.server().at(0.05).acks();
        TcpPacket lost = plain.client().at(0.06).sends(1448).lost();
        plain.client().sends(1448);
        plain.client().sends(404);
        plain.server().at(0.08).acks();
        repeats(plain, lost);

        timeout("http://a.example/").verdict().isNot(Cause.PATH_MTU_BLACKHOLE);
    }

    @Test
    void shouldSayBlackHoleWhenTheServersCertificateNeverArrives() {
        tcp.opens(0, 0.02);
        tcp.client().sends(TlsBytes.clientHello("a.example", 517));
        tcp.server().at(0.05).acks();
        List<TcpPacket> flight =
                tcp.server()
                        .streams(TlsBytes.join(TlsBytes.serverHello13(), TlsBytes.encrypted(3200)));
        flight.subList(0, flight.size() - 1).forEach(TcpPacket::lost);
        TcpPacket tail = flight.get(flight.size() - 1);
        TcpPacket asksForGap = tcp.client().acks();

        timeout("https://a.example/")
                .verdict()
                .is(Cause.PATH_MTU_BLACKHOLE)
                .blames(Blame.PATH)
                .in(Phase.TLS)
                .cites(tail, asksForGap);
    }

    @Test
    void shouldSayBlackHoleWhenALargeClientHelloIsLostAndItsTailArrives() {
        tcp.opens(0, 0.02);
        List<TcpPacket> hello = tcp.client().streams(TlsBytes.clientHello("a.example", 1800));
        TcpPacket lost = hello.get(0).lost();
        tcp.server().at(0.05).acks();
        repeats(tcp, lost);

        timeout("https://a.example/").verdict().is(Cause.PATH_MTU_BLACKHOLE).cites(lost);
    }

    @Test
    void shouldDoubtWhenNothingOfTheLostSizeOrBehindItWasEverAcknowledged() {
        plain.opens(0, 0.02);
        plain.client().sends(HttpText.post("a.example", "/", 1448));
        plain.server().at(0.05).acks();
        TcpPacket lost = plain.client().at(0.06).sends(1448).lost();
        repeats(plain, lost);

        timeout("http://a.example/")
                .verdict()
                .is(Cause.PATH_MTU_BLACKHOLE)
                .blames(Blame.PATH)
                .cites(lost)
                .considered(Cause.TCP_PEER_VANISHED)
                .unsure();
    }

    @Test
    void shouldSayHelloDroppedWhenBothItsSegmentsAreLost() {
        tcp.opens(0, 0.02);
        List<TcpPacket> hello = tcp.client().streams(TlsBytes.clientHello("a.example", 1800));
        hello.forEach(TcpPacket::lost);
        repeats(tcp, hello.get(0));

        timeout("https://a.example/")
                .verdict()
                .is(Cause.TLS_CLIENT_HELLO_DROPPED)
                .cites(hello.get(0));
    }

    @Test
    void shouldSayVanishedWhenSegmentsOfTheLostSizeHadBeenAcknowledged() {
        plain.opens(0, 0.02);
        plain.client().sends(HttpText.post("a.example", "/", 30_000));
        plain.client().streams(14_480);
        plain.server().at(0.05).acks();
        List<TcpPacket> lost = plain.client().at(0.06).streams(7_240);
        lost.forEach(TcpPacket::lost);
        repeats(plain, lost.get(0));

        timeout("http://a.example/")
                .verdict()
                .is(Cause.TCP_PEER_VANISHED)
                .cites(lost.get(0))
                .considered(Cause.PATH_MTU_BLACKHOLE);
    }

    @Test
    void shouldSayExceededWhenAnIcmpErrorExplainsItAndLargeSegmentsGoOn() {
        TcpPacket lost = uploadWithLostFullSegments();
        IpPacket tooBig = script.at(0.07).icmp("192.0.2.9", IcmpKind.TOO_BIG, 1400, lost);
        plain.server().at(0.08).acks();
        repeats(plain, lost);

        timeout("http://a.example/")
                .verdict()
                .is(Cause.PATH_MTU_EXCEEDED)
                .blames(Blame.PATH)
                .cites(tooBig)
                .hints("192.0.2.9", "1400")
                .sure();
    }

    @Test
    void shouldSayExceededOverIpv6() {
        TcpScript v6 = script.tcp("[2001:db8::1]:40000", "[2001:db8::2]:80");
        v6.opens(0, 0.02);
        v6.client().sends(HttpText.post("[2001:db8::2]", "/", 1428));
        v6.server().at(0.05).acks();
        TcpPacket lost = v6.client().at(0.06).sends(1428).lost();
        IpPacket tooBig = script.at(0.07).icmp("2001:db8:9::9", IcmpKind.TOO_BIG, 1280, lost);
        repeats(v6, lost);

        script.error("context deadline exceeded")
                .url("http://[2001:db8::2]/")
                .between(0, 5)
                .verdict()
                .is(Cause.PATH_MTU_EXCEEDED)
                .cites(tooBig)
                .hints("1280");
    }

    @Test
    void shouldNotSayExceededWhenTheSenderObeyedAndGotThrough() {
        plain.opens(0, 0.02);
        plain.client().sends(HttpText.post("a.example", "/", 1448));
        plain.server().at(0.05).acks();
        TcpPacket lost = plain.client().at(0.06).sends(1448).lost();
        script.at(0.07).icmp("192.0.2.9", IcmpKind.TOO_BIG, 1400, lost);
        plain.client().at(0.071).retransmitsFrom(lost, 0, 1348);
        plain.client().retransmitsFrom(lost, 1348, 1448);
        plain.server().at(0.1).acks();

        timeout("http://a.example/").verdict().is(Cause.HTTP_NO_RESPONSE).blames(Blame.SERVER);
    }

    @Test
    void shouldSayBlackHoleFromHeadersAlone() {
        TcpPacket lost = uploadWithLostFullSegments();
        plain.server().at(0.08).acks();
        repeats(plain, lost);

        timeout("http://a.example/")
                .remote("10.0.0.2:80")
                .verdictWhenCutTo(96)
                .is(Cause.PATH_MTU_BLACKHOLE);
    }

    @Test
    void shouldSurviveDamagedPackets() {
        TcpPacket lost = uploadWithLostFullSegments();
        script.at(0.07).icmp("192.0.2.9", IcmpKind.TOO_BIG, 1400, lost);
        plain.server().at(0.08).acks();
        repeats(plain, lost);

        timeout("http://a.example/").survivesDamage("mtu");
    }

    @Test
    void shouldNotSayExceededOfWhatWasSentJustBeforeTheClientClosed() {
        plain.opens(0, 0.02);
        plain.client().sends(HttpText.post("a.example", "/", 1448));
        plain.server().at(0.05).acks();
        TcpPacket lost = plain.client().at(0.06).sends(1448).lost();
        script.at(0.07).icmp("192.0.2.9", IcmpKind.TOO_BIG, 1400, lost);
        plain.client().at(0.071).retransmitsFrom(lost, 0, 1348);
        plain.client().retransmitsFrom(lost, 1348, 1448);
        plain.server().at(0.1).acks();
        plain.client().at(4.99).sends(100);
        plain.client().at(4.995).fin();

        timeout("http://a.example/").verdict().isNot(Cause.PATH_MTU_EXCEEDED);
    }
}
