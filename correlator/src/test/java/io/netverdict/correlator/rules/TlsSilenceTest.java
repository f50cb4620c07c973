package io.netverdict.correlator.rules;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TestCertificate;
import io.netverdict.correlator.testing.TlsBytes;
import io.netverdict.correlator.testing.TlsFlights;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A handshake in which the server is silent, stops, or never gets the ClientHello. */
class TlsSilenceTest {
    private static final String TIMEOUT = "net/http: TLS handshake timeout";
    private final Shop shop = Shop.https();

    @Test
    void shouldBlameTheServerThatAcknowledgesTheClientHelloAndSaysNothing() {
        TcpPacket hello = shop.hello();
        TcpPacket ack = shop.server.after(Shop.TRIP).acks();

        shop.go(10.03, TIMEOUT)
                .verdict()
                .is(Cause.TLS_NO_RESPONSE)
                .blames(Blame.SERVER)
                .in(Phase.TLS)
                .cites(hello, ack)
                .hints("192.0.2.7:443", Shop.HOST, "9.98 s")
                .considered(Cause.TLS_CLIENT_HELLO_DROPPED)
                .sure();
    }

    @Test
    void shouldNameAServerHelloThatComesAfterTheClientGaveUp() {
        TcpPacket hello = shop.hello();
        shop.server.after(Shop.TRIP).acks();
        shop.client.at(10.03).fin();
        TcpPacket late = shop.server.at(12).sends(TlsFlights.server13());

        shop.go(10.03, TIMEOUT)
                .verdict()
                .is(Cause.TLS_NO_RESPONSE)
                .cites(hello, late)
                .shows("after the client had given up");
    }

    @Test
    void shouldCallAnAnswerThatBeganAndStoppedStalled() {
        shop.hello();
        TcpPacket begun = shop.server.after(Shop.TRIP).sends(TlsBytes.serverHello12());
        shop.client.after(0.001).acks();

        shop.go(10.03, TIMEOUT)
                .verdict()
                .is(Cause.TLS_HANDSHAKE_STALLED)
                .blames(Blame.SERVER)
                .in(Phase.TLS)
                .cites(begun)
                .hints("9.9")
                .sure();
    }

    @Test
    void shouldCallAServerStalledThatNeverFinishesItsOwnSide() {
        shop.hello();
        shop.server
                .after(Shop.TRIP)
                .streams(TlsFlights.server12(TestCertificate.forNames(Shop.HOST)));
        shop.client.after(0.001).acks();
        shop.client.sends(TlsBytes.clientFinish12());
        TcpPacket ack = shop.server.after(Shop.TRIP).acks();

        shop.go(10.03, TIMEOUT)
                .verdict()
                .is(Cause.TLS_HANDSHAKE_STALLED)
                .blames(Blame.SERVER)
                .leavesOut(ack);
    }

    @Test
    void shouldNotCallAHoleInTheServersFlightStalled() {
        byte[] der = TestCertificate.forNames(Shop.HOST);
        shop.hello();
        List<TcpPacket> flight =
                shop.server
                        .after(Shop.TRIP)
                        .streams(
                                TlsBytes.join(
                                        TlsBytes.serverHello12(),
                                        TlsBytes.certificate(der, der, der, der, der),
                                        TlsBytes.serverHelloDone()));
        flight.get(0).lost();
        TcpPacket duplicateAck = shop.client.after(0.001).acks();

        shop.go(10.03, TIMEOUT)
                .verdict()
                .is(Cause.PATH_MTU_BLACKHOLE)
                .blames(Blame.PATH)
                .cites(flight.get(1), duplicateAck);
    }

    @Test
    void shouldBlameThePathThatDropsASmallClientHello() {
        TcpPacket hello = shop.hello().lost();
        TcpPacket second = shop.client.after(0.2).retransmits(hello).lost();
        TcpPacket third = shop.client.after(0.4).retransmits(hello).lost();
        TcpPacket fourth = shop.client.after(0.8).retransmits(hello).lost();

        shop.go(10.03, TIMEOUT)
                .verdict()
                .is(Cause.TLS_CLIENT_HELLO_DROPPED)
                .blames(Blame.PATH)
                .in(Phase.TLS)
                .cites(hello, second, third, fourth)
                .hints("517 bytes", "4 times", Shop.HOST)
                .sure();
    }

    @Test
    void shouldSayThatAPostQuantumClientHelloNeedsTwoSegments() {
        List<TcpPacket> hello =
                shop.client.at(0.031).streams(TlsBytes.clientHello(Shop.HOST, 1800));
        hello.forEach(TcpPacket::lost);
        shop.client.after(0.2).retransmits(hello.get(0)).lost();
        shop.client.after(0.4).retransmits(hello.get(0)).lost();
        shop.client.after(0.8).retransmits(hello.get(0)).lost();

        shop.go(10.03, TIMEOUT)
                .verdict()
                .is(Cause.TLS_CLIENT_HELLO_DROPPED)
                .cites(hello.get(0))
                .shows("two segments");
    }

    @Test
    void shouldCallItAnIncompleteHandshakeWhereTheServerRepeatsItsSynAck() {
        TcpPacket hello = shop.hello().lost();
        shop.client.after(0.2).retransmits(hello).lost();
        shop.client.after(0.4).retransmits(hello).lost();
        shop.server.at(1.03).synAck();
        shop.client.acks();
        shop.server.at(3.03).synAck();
        shop.client.acks();

        shop.go(10.03, TIMEOUT).verdict().is(Cause.TCP_HANDSHAKE_INCOMPLETE).blames(Blame.PATH);
    }

    @Test
    void shouldBlameAClientThatDoesNotWaitOneRoundTrip() {
        shop.hello();
        TcpPacket close = shop.client.after(0.005).rstAck();

        shop.go(0.037, "context deadline exceeded")
                .verdict()
                .is(Cause.CLIENT_ABORTED)
                .blames(Blame.CLIENT)
                .cites(close);
    }

    @Test
    void shouldTellSilenceFromHeadersAlone() {
        shop.hello();
        shop.server.after(Shop.TRIP).acks();

        shop.go(10.03, TIMEOUT).verdictWhenCutTo(96).is(Cause.TLS_NO_RESPONSE);
    }

    @Test
    void shouldSurviveDamagedPackets() {
        shop.secured();
        shop.server.after(Shop.TRIP).sends(TlsFlights.hiddenAlert());

        shop.go(10.03, TIMEOUT).survivesDamage("TlsSilenceTest");
    }

    @Test
    void shouldNotCallAServerStalledThatAwaitsTheClientsPartOfTheHandshake() {
        shop.hello();
        shop.server
                .after(Shop.TRIP)
                .streams(TlsFlights.server12(TestCertificate.forNames(Shop.HOST)));
        shop.client.after(0.001).acks();
        shop.client.at(10.03).rstAck();

        shop.go(10.03, TIMEOUT).verdict().isNot(Cause.TLS_HANDSHAKE_STALLED);
    }
}
