package io.netverdict.correlator.rules;

import static io.netverdict.correlator.testing.TlsBytes.encrypted;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import io.netverdict.correlator.testing.TlsFlights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code http.error-status} and {@code network.healthy}: what the response itself says. */
class HttpStatusTest {
    private static final String CONTENT = "invalid character '<' looking for beginning of value";
    private final Shop shop = Shop.http();

    @ParameterizedTest
    @ValueSource(strings = {"404 Not Found", "403 Forbidden", "500 Oops", "503 Busy", "429 Slow"})
    void shouldNameTheStatusThatTheClientReports(String status) {
        TcpPacket request = shop.get();
        TcpPacket response = shop.server.after(0.1).sends(Shop.response(status, 30));

        shop.report(0.2, "curl: (22) The requested URL returned error: " + status.substring(0, 3))
                .verdict()
                .is(Cause.HTTP_ERROR_STATUS)
                .blames(Blame.SERVER)
                .in(Phase.RESPONSE)
                .cites(request, response)
                .hints(status, "GET /cart", "100 ms")
                .sure();
    }

    @Test
    void shouldNameTheStatusWhereTheClientComplainsOfContent() {
        shop.get();
        TcpPacket response = shop.server.after(0.1).sends(Shop.response("502 Bad Gateway", 30));

        shop.go(0.2, CONTENT).verdict().is(Cause.HTTP_ERROR_STATUS).cites(response);
    }

    @Test
    void shouldCallAGoodResponseHealthyWhateverTheClientMakesOfIt() {
        TcpPacket request = shop.get();
        TcpPacket response = shop.server.after(0.1).sends(Shop.response("200 OK", 30));

        shop.go(0.2, CONTENT)
                .verdict()
                .is(Cause.NETWORK_HEALTHY)
                .blames(Blame.NONE)
                .cites(request, response)
                .hints("200", "100 ms")
                .sure();
    }

    @Test
    void shouldNotAccuseAChallengeThatTheClientAnswered() {
        shop.tcp.exchanges(
                0.04,
                0.03,
                Shop.request("GET", "/cart"),
                Shop.response("401 Unauthorized", 0, "WWW-Authenticate: Basic realm=x"));
        shop.tcp.exchanges(0.1, 0.03, Shop.request("GET", "/cart"), Shop.response("200 OK", 30));

        shop.go(0.2, CONTENT).verdict().is(Cause.NETWORK_HEALTHY);
    }

    @Test
    void shouldJudgeThePathAskedForAndNotTheLast() {
        TcpPacket asked =
                shop.tcp
                        .exchanges(
                                0.04,
                                0.03,
                                Shop.request("GET", "/cart"),
                                Shop.response("500 Oops", 30))
                        .get(1);
        TcpPacket other =
                shop.tcp
                        .exchanges(
                                0.1,
                                0.03,
                                Shop.request("GET", "/other"),
                                Shop.response("404 Not Found", 30))
                        .get(1);

        shop.report(0.2, "curl: (22) The requested URL returned error: 500")
                .verdict()
                .is(Cause.HTTP_ERROR_STATUS)
                .cites(asked)
                .leavesOut(other)
                .hints("500", "/cart");
    }

    @Test
    void shouldJudgeTheConnectionThatFailedAndNotItsHealthyNeighbour() {
        TcpScript healthy = shop.net.tcp("10.0.0.1:40002", Shop.ADDRESS + ":80");
        healthy.opens(0.01, Shop.TRIP);
        healthy.exchanges(0.04, 0.03, Shop.request("GET", "/other"), Shop.response("200 OK", 10));
        shop.get();
        TcpPacket response = shop.server.at(0.1).sends(Shop.response("500 Oops", 30));

        shop.report(0.2, "curl: (22) The requested URL returned error: 500")
                .verdict()
                .is(Cause.HTTP_ERROR_STATUS)
                .cites(response);
    }

    @Test
    void shouldNameAnAnswerThatCameBeforeTheUploadWasComplete() {
        shop.client
                .at(0.031)
                .sends(
                        "POST /cart HTTP/1.1\r\nHost: shop.example\r\n"
                                + "Content-Length: 900000\r\n\r\n");
        shop.client.streams(20_000);
        TcpPacket early = shop.server.at(0.06).sends(Shop.response("413 Content Too Large", 20));
        shop.client.streams(10_000);
        TcpPacket rst = shop.server.at(0.08).rstAck();

        shop.report(
                        0.1,
                        "Post \"http://shop.example/cart\": write tcp"
                                + " 10.0.0.1:40001->192.0.2.7:80: write: connection reset by peer")
                .method("POST")
                .verdict()
                .is(Cause.HTTP_ERROR_STATUS)
                .blames(Blame.SERVER)
                .cites(early, rst)
                .hints("413");
    }

    @Test
    void shouldCallAResetWithoutAnEarlyAnswerAReset() {
        shop.client
                .at(0.031)
                .sends(
                        "POST /cart HTTP/1.1\r\nHost: shop.example\r\n"
                                + "Content-Length: 900000\r\n\r\n");
        shop.client.streams(20_000);
        TcpPacket rst = shop.server.at(0.08).rstAck();

        shop.report(
                        0.1,
                        "Post \"http://shop.example/cart\": write tcp"
                                + " 10.0.0.1:40001->192.0.2.7:80: write: connection reset by peer")
                .method("POST")
                .verdict()
                .is(Cause.TCP_RESET_BY_PEER)
                .cites(rst);
    }

    @Test
    void shouldTakeTheClientsWordForAnEncryptedStatus() {
        Shop secure = Shop.https().secured();
        TcpPacket request = secure.client.after(0.001).sends(encrypted(300));
        secure.server.after(Shop.TRIP).sends(TlsFlights.tickets());
        secure.client.acks();
        TcpPacket response = secure.server.after(0.1).sends(encrypted(500));

        secure.report(0.3, "curl: (22) The requested URL returned error: 503")
                .verdict()
                .is(Cause.HTTP_ERROR_STATUS)
                .blames(Blame.SERVER)
                .cites(request, response)
                .hints("503", "by the client's word");
    }

    @Test
    void shouldNotTakeTheClientsWordWhereNoResponseCame() {
        Shop secure = Shop.https().secured();
        secure.client.after(0.001).sends(encrypted(300));
        TcpPacket rst = secure.server.after(0.1).rstAck();

        secure.go(0.3, "read tcp 10.0.0.1:40001->192.0.2.7:443: read: connection reset by peer")
                .verdict()
                .is(Cause.TCP_RESET_BY_PEER)
                .cites(rst);
    }

    @Test
    void shouldNotTakeTwoHundredForAnError() {
        shop.get();
        shop.server.after(0.1).sends(Shop.response("200 OK", 30));

        shop.report(0.2, "curl: (22) The requested URL returned error: 500")
                .verdict()
                .isNot(Cause.HTTP_ERROR_STATUS)
                .unsure();
    }

    @Test
    void shouldReadTheStatusFromHeadersCutShort() {
        shop.get();
        shop.server.after(0.1).sends(Shop.response("500 Oops", 300));

        shop.report(0.2, "curl: (22) The requested URL returned error: 500")
                .verdictWhenCutTo(96)
                .is(Cause.HTTP_ERROR_STATUS);
    }

    @Test
    void shouldSurviveDamagedPackets() {
        shop.get();
        shop.server.after(0.1).sends(Shop.response("500 Oops", 30));

        shop.report(0.2, "curl: (22) The requested URL returned error: 500")
                .survivesDamage("HttpStatusTest");
    }
}
