package io.netverdict.correlator.rules;

import static io.netverdict.correlator.testing.TlsBytes.encrypted;
import static io.netverdict.correlator.testing.TlsBytes.join;

import io.netverdict.correlator.decode.TestBytes;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TestCertificate;
import io.netverdict.correlator.testing.TlsBytes;
import io.netverdict.correlator.testing.TlsFlights;
import org.junit.jupiter.api.Test;

/** {@code http.no-response}: delivered, and not answered before the client gave up. */
class HttpSilenceTest {
    private static final String TIMEOUT =
            "context deadline exceeded (Client.Timeout exceeded while awaiting headers)";

    @Test
    void shouldBlameTheServerThatTookTheRequestAndSaidNothing() {
        Shop shop = Shop.http();
        TcpPacket request = shop.get();
        TcpPacket ack = shop.server.after(Shop.TRIP).acks();
        shop.client.at(5).fin();

        shop.go(5, TIMEOUT)
                .verdict()
                .is(Cause.HTTP_NO_RESPONSE)
                .blames(Blame.SERVER)
                .in(Phase.RESPONSE)
                .cites(request, ack)
                .hints("192.0.2.7:80", "GET /cart", "4.95 s")
                .sure();
    }

    @Test
    void shouldNameTheAnswerThatCameTooLate() {
        Shop shop = Shop.http();
        TcpPacket request = shop.get();
        shop.server.after(Shop.TRIP).acks();
        shop.client.at(5).fin();
        TcpPacket late = shop.server.at(7).sends(Shop.response("200 OK", 100));

        shop.go(5, TIMEOUT)
                .verdict()
                .is(Cause.HTTP_NO_RESPONSE)
                .cites(request, late)
                .shows("2.00 s after the client had given up");
    }

    @Test
    void shouldNameALateAnswerOfSeveralSegmentsToo() {
        Shop shop = Shop.http();
        shop.get();
        shop.server.after(Shop.TRIP).acks();
        shop.client.at(5).fin();
        TcpPacket late =
                shop.server.at(7).streams(TestBytes.ascii(Shop.response("200 OK", 40_000))).get(0);

        shop.go(5, TIMEOUT).verdict().is(Cause.HTTP_NO_RESPONSE).blames(Blame.SERVER).cites(late);
    }

    @Test
    void shouldBlameTheClientThatGaveUpWithinOneRoundTrip() {
        Shop shop = Shop.http();
        TcpPacket request = shop.get();
        TcpPacket close = shop.client.after(0.008).rstAck();

        shop.go(0.04, "context deadline exceeded")
                .verdict()
                .is(Cause.CLIENT_ABORTED)
                .blames(Blame.CLIENT)
                .cites(close)
                .hints("20 ms")
                .isNot(Cause.HTTP_NO_RESPONSE)
                .leavesOut(request);
    }

    @Test
    void shouldNotSpeakOfSilenceWhereTheRequestWasNeverAcknowledged() {
        Shop shop = Shop.http();
        TcpPacket request = shop.get().lost();
        shop.client.after(0.2).retransmits(request).lost();
        shop.client.after(0.4).retransmits(request).lost();
        shop.client.after(0.8).retransmits(request).lost();

        shop.go(5, TIMEOUT).verdict().isNot(Cause.HTTP_NO_RESPONSE).blames(Blame.PATH);
    }

    @Test
    void shouldNotCountAnInterimResponse() {
        Shop shop = Shop.http();
        TcpPacket request = shop.get();
        shop.server.after(Shop.TRIP).sends("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
        shop.client.acks();

        shop.go(5, TIMEOUT)
                .verdict()
                .is(Cause.HTTP_NO_RESPONSE)
                .blames(Blame.SERVER)
                .cites(request);
    }

    @Test
    void shouldNotTakeTwoTicketsForAResponse() {
        Shop shop = Shop.https().secured();
        TcpPacket request = shop.client.after(0.001).sends(encrypted(300));
        TcpPacket tickets = shop.server.after(Shop.TRIP).sends(TlsFlights.tickets());
        shop.client.acks();

        shop.go(10, TIMEOUT)
                .verdict()
                .is(Cause.HTTP_NO_RESPONSE)
                .blames(Blame.SERVER)
                .in(Phase.RESPONSE)
                .cites(request, tickets)
                .shows("encrypted");
    }

    @Test
    void shouldNotTakeOneTicketForAResponse() {
        Shop shop = Shop.https().secured();
        TcpPacket request = shop.client.after(0.001).sends(encrypted(300));
        shop.server.after(Shop.TRIP).sends(TlsFlights.ticket());
        shop.client.acks();

        shop.go(10, TIMEOUT).verdict().is(Cause.HTTP_NO_RESPONSE).cites(request);
    }

    @Test
    void shouldTellAResponseBehindTheTickets() {
        Shop shop = Shop.https().secured();
        shop.client.after(0.001).sends(encrypted(300));
        shop.server.after(Shop.TRIP).sends(TlsFlights.tickets());
        shop.client.acks();
        TcpPacket response = shop.server.after(0.1).sends(encrypted(900));
        shop.client.acks();

        shop.go(0.4, "invalid character '<' looking for beginning of value")
                .verdict()
                .is(Cause.NETWORK_HEALTHY)
                .blames(Blame.NONE)
                .cites(response);
    }

    @Test
    void shouldNotTakeHttp2ControlFramesForAResponse() {
        Shop shop = Shop.https();
        shop.client.at(0.031).sends(TlsFlights.clientHelloHttp2(Shop.HOST));
        shop.server.after(Shop.TRIP).streams(TlsFlights.server13());
        shop.client.after(0.001).sends(TlsFlights.clientFinish13());
        TcpPacket request = shop.client.after(0.001).sends(join(encrypted(86), encrypted(170)));
        shop.server.after(Shop.TRIP).sends(TlsFlights.tickets());
        shop.server.sends(join(encrypted(44), encrypted(26)));
        shop.client.after(0.001).sends(encrypted(26));
        shop.server.after(Shop.TRIP).acks();
        shop.client.at(3).sends(encrypted(34));
        shop.server.after(Shop.TRIP).sends(encrypted(34));

        shop.go(10, TIMEOUT)
                .verdict()
                .is(Cause.HTTP_NO_RESPONSE)
                .blames(Blame.SERVER)
                .cites(request);
    }

    @Test
    void shouldTellItInTls12() {
        Shop shop = Shop.https();
        shop.hello();
        shop.server
                .after(Shop.TRIP)
                .sends(TlsFlights.server12(TestCertificate.forNames(Shop.HOST)));
        shop.client.after(0.001).sends(TlsBytes.clientFinish12());
        shop.server.after(Shop.TRIP).sends(TlsBytes.serverFinish12());
        TcpPacket request = shop.client.after(0.001).sends(encrypted(300));
        TcpPacket ack = shop.server.after(Shop.TRIP).acks();

        shop.go(10, TIMEOUT).verdict().is(Cause.HTTP_NO_RESPONSE).cites(request, ack).sure();
    }

    @Test
    void shouldJudgeTheRequestThatWasAskedAboutAndNotTheLast() {
        Shop shop = Shop.http();
        shop.tcp.exchanges(0.04, 0.03, Shop.request("GET", "/a"), Shop.response("200 OK", 10));
        TcpPacket request = shop.client.at(0.1).sends(Shop.request("GET", "/cart"));
        TcpPacket ack = shop.server.after(Shop.TRIP).acks();

        shop.go(5, TIMEOUT).verdict().is(Cause.HTTP_NO_RESPONSE).cites(request, ack);
    }

    @Test
    void shouldTellItFromHeadersAlone() {
        Shop shop = Shop.http();
        shop.get();
        shop.server.after(Shop.TRIP).acks();

        shop.go(5, TIMEOUT).verdictWhenCutTo(96).is(Cause.HTTP_NO_RESPONSE);
    }

    @Test
    void shouldSurviveDamagedPackets() {
        Shop shop = Shop.https().secured();
        shop.client.after(0.001).sends(encrypted(300));
        shop.server.after(Shop.TRIP).sends(TlsFlights.tickets());

        shop.go(10, TIMEOUT).survivesDamage("HttpSilenceTest");
    }
}
