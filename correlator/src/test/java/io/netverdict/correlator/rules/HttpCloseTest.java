package io.netverdict.correlator.rules;

import static io.netverdict.correlator.testing.TlsBytes.encrypted;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TlsFlights;
import org.junit.jupiter.api.Test;

/** Who closed it, how, and had the connection been idle: the closes around a response. */
class HttpCloseTest {
    private static final String RESET =
            "read tcp 10.0.0.1:40001->192.0.2.7:80: read: connection reset by peer";

    @Test
    void shouldNameAFinInPlaceOfAResponse() {
        Shop shop = Shop.http();
        TcpPacket request = shop.get();
        TcpPacket fin = shop.server.after(0.5).fin();
        shop.client.acks();
        shop.client.fin();

        shop.go(0.56, "EOF")
                .verdict()
                .is(Cause.HTTP_CLOSED_WITHOUT_RESPONSE)
                .blames(Blame.SERVER)
                .in(Phase.RESPONSE)
                .cites(request, fin)
                .hints("192.0.2.7:80", "GET /cart", "500 ms")
                .considered(Cause.TCP_STALE_CONNECTION)
                .sure();
    }

    @Test
    void shouldNameItInsideTls() {
        Shop shop = Shop.https().secured();
        TcpPacket request = shop.client.after(0.001).sends(encrypted(300));
        shop.server.after(Shop.TRIP).sends(TlsFlights.tickets());
        TcpPacket fin = shop.server.after(0.5).fin();
        shop.client.fin();

        shop.go(0.7, "EOF").verdict().is(Cause.HTTP_CLOSED_WITHOUT_RESPONSE).cites(request, fin);
    }

    @Test
    void shouldNotCallAReusedConnectionStaleWhereTheFinTookTheRequest() {
        Shop shop = Shop.http();
        shop.tcp.exchanges(0.04, 0.03, Shop.request("GET", "/a"), Shop.response("200 OK", 10));
        TcpPacket request = shop.client.at(5).sends(Shop.request("GET", "/cart"));
        TcpPacket fin = shop.server.at(5.2).fin();

        shop.go(5.21, "EOF")
                .started(5)
                .verdict()
                .is(Cause.HTTP_CLOSED_WITHOUT_RESPONSE)
                .cites(request, fin);
    }

    @Test
    void shouldCallAReusedConnectionStaleWhereFinAndRequestCross() {
        Shop shop = Shop.http();
        shop.tcp.exchanges(0.04, 0.03, Shop.request("GET", "/a"), Shop.response("200 OK", 10));
        TcpPacket request = shop.client.at(5).sends(Shop.request("GET", "/cart")).lost();
        TcpPacket fin = shop.server.at(5.005).fin();
        TcpPacket rst = shop.server.at(5.02).rst();

        shop.go(5.03, "EOF")
                .started(5)
                .verdict()
                .is(Cause.TCP_STALE_CONNECTION)
                .blames(Blame.SERVER)
                .in(Phase.REQUEST)
                .cites(request, fin, rst)
                .hints("4.9", "idle");
    }

    @Test
    void shouldCallAReusedConnectionStaleWhereTheRequestIsResetAtOnce() {
        Shop shop = Shop.http();
        shop.tcp.exchanges(0.04, 0.03, Shop.request("GET", "/a"), Shop.response("200 OK", 10));
        TcpPacket request = shop.client.at(65).sends(Shop.request("GET", "/cart"));
        TcpPacket rst = shop.server.after(Shop.TRIP).rst();

        shop.go(65.03, RESET)
                .started(65)
                .verdict()
                .is(Cause.TCP_STALE_CONNECTION)
                .cites(request, rst)
                .hints("65 s");
    }

    @Test
    void shouldNotCallAResetStaleThatComesWhenTheServerHasWorkedOnTheRequest() {
        Shop shop = Shop.http();
        shop.tcp.exchanges(0.04, 0.03, Shop.request("GET", "/a"), Shop.response("200 OK", 10));
        shop.client.at(65).sends(Shop.request("GET", "/cart"));
        shop.server.after(Shop.TRIP).acks();
        TcpPacket rst = shop.server.after(3).rstAck();

        shop.go(68.1, RESET)
                .started(65)
                .verdict()
                .is(Cause.TCP_RESET_BY_PEER)
                .blames(Blame.SERVER)
                .cites(rst)
                .considered(Cause.TCP_STALE_CONNECTION);
    }

    @Test
    void shouldCallItTruncatedBeforeTheAnnouncedLength() {
        Shop shop = Shop.http();
        shop.get();
        TcpPacket head =
                shop.server
                        .after(Shop.TRIP)
                        .sends(
                                "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"
                                        + "x".repeat(1200));
        TcpPacket fin = shop.server.after(0.1).fin();
        shop.client.acks();

        shop.go(0.3, "unexpected EOF")
                .verdict()
                .is(Cause.HTTP_TRUNCATED_RESPONSE)
                .blames(Blame.SERVER)
                .in(Phase.RESPONSE)
                .cites(head, fin)
                .hints("1200 bytes of 5000 bytes")
                .sure();
    }

    @Test
    void shouldCallItTruncatedBeforeTheLastChunk() {
        Shop shop = Shop.http();
        shop.get();
        TcpPacket head =
                shop.server
                        .after(Shop.TRIP)
                        .sends(
                                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n"
                                        + "x".repeat(100)
                                        + "\r\n");
        TcpPacket fin = shop.server.after(0.1).fin();

        shop.go(0.3, "unexpected EOF")
                .verdict()
                .is(Cause.HTTP_TRUNCATED_RESPONSE)
                .cites(head, fin)
                .hints("before the last chunk");
    }

    @Test
    void shouldAcceptTheLastChunk() {
        Shop shop = Shop.http();
        shop.get();
        shop.server
                .after(Shop.TRIP)
                .sends(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
        shop.server.after(0.1).fin();

        shop.go(0.3, "invalid character 'a' looking for beginning of value")
                .verdict()
                .is(Cause.NETWORK_HEALTHY);
    }

    @Test
    void shouldAcceptABodyThatEndsWithTheConnection() {
        Shop shop = Shop.http();
        shop.get();
        shop.server.after(Shop.TRIP).sends("HTTP/1.0 200 OK\r\n\r\n<html>");
        shop.server.after(0.1).fin();

        shop.go(0.3, "invalid character '<' looking for beginning of value")
                .verdict()
                .is(Cause.NETWORK_HEALTHY);
    }

    @Test
    void shouldCallAResetInTheMiddleAReset() {
        Shop shop = Shop.http();
        shop.get();
        shop.server
                .after(Shop.TRIP)
                .sends("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + "x".repeat(1200));
        TcpPacket rst = shop.server.after(0.1).rstAck();

        shop.go(0.3, RESET)
                .verdict()
                .is(Cause.TCP_RESET_BY_PEER)
                .blames(Blame.SERVER)
                .in(Phase.RESPONSE)
                .cites(rst)
                .hints("in the middle of the response");
    }

    @Test
    void shouldCallAResetWithAnotherTtlAMiddleboxs() {
        Shop shop = Shop.http();
        shop.get();
        shop.server
                .after(Shop.TRIP)
                .sends("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + "x".repeat(1200));
        TcpPacket rst = shop.server.after(0.1).rstAck().ttl(248);

        shop.go(0.3, RESET)
                .verdict()
                .is(Cause.TCP_RESET_BY_MIDDLEBOX)
                .blames(Blame.PATH)
                .cites(rst)
                .hints("248")
                .considered(Cause.TCP_RESET_BY_PEER);
    }

    @Test
    void shouldNotCallATailTruncatedThatWasLostOnTheWay() {
        Shop shop = Shop.http();
        shop.get();
        shop.server
                .after(Shop.TRIP)
                .sends("HTTP/1.1 200 OK\r\nContent-Length: 2400\r\n\r\n" + "x".repeat(1200));
        shop.server.sends(1200).lost();
        shop.server.fin();
        shop.client.acks();

        shop.go(10, "context deadline exceeded (Client.Timeout exceeded while reading body)")
                .verdict()
                .isNot(Cause.HTTP_TRUNCATED_RESPONSE)
                .blames(Blame.PATH);
    }

    @Test
    void shouldInferATruncatedResponseInsideTls() {
        Shop shop = Shop.https().secured();
        shop.client.after(0.001).sends(encrypted(300));
        shop.server.after(Shop.TRIP).sends(TlsFlights.tickets());
        shop.client.acks();
        shop.server.after(0.05).sends(encrypted(1300));
        TcpPacket fin = shop.server.after(0.05).fin();

        shop.go(0.5, "unexpected EOF")
                .verdict()
                .is(Cause.HTTP_TRUNCATED_RESPONSE)
                .blames(Blame.SERVER)
                .cites(fin);
    }

    @Test
    void shouldNotCallAnAnswerMissingThatTheFinCounts() {
        Shop shop = Shop.http();
        shop.get();
        shop.server.after(Shop.TRIP).sends(Shop.response("200 OK", 500)).unrecorded();
        shop.server.after(0.001).fin();

        shop.go(0.2, "unexpected EOF").verdict().isNot(Cause.HTTP_CLOSED_WITHOUT_RESPONSE);
    }

    @Test
    void shouldSurviveDamagedPackets() {
        Shop shop = Shop.http();
        shop.tcp.exchanges(0.04, 0.03, Shop.request("GET", "/a"), Shop.response("200 OK", 10));
        shop.client.at(5).sends(Shop.request("GET", "/cart"));
        shop.server.at(5.005).fin();
        shop.server.at(5.02).rst();

        shop.go(5.03, "EOF").survivesDamage("HttpCloseTest");
    }
}
