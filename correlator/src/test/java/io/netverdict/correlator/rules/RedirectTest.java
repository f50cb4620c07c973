package io.netverdict.correlator.rules;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.testing.TcpPacket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code http.redirect-loop} and {@code http.captive-portal}. */
class RedirectTest {
    private final Shop shop = Shop.http();

    private TcpPacket redirect(double at, String path, String location) {
        return shop.tcp
                .exchanges(
                        at,
                        0.025,
                        Shop.request("GET", path),
                        Shop.response("302 Found", 0, "Location: " + location))
                .get(1);
    }

    @Test
    void shouldNameRedirectsThatComeBack() {
        List<TcpPacket> answers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            answers.add(redirect(0.04 + 0.1 * i, "/cart", "/login"));
            answers.add(redirect(0.09 + 0.1 * i, "/login", "/cart"));
        }

        shop.go(0.6, "stopped after 10 redirects")
                .verdict()
                .is(Cause.HTTP_REDIRECT_LOOP)
                .blames(Blame.SERVER)
                .cites(answers.toArray(new TcpPacket[0]))
                .hints("10 redirects")
                .sure();
    }

    @Test
    void shouldNotCallOneRedirectALoop() {
        redirect(0.04, "/cart", "/cart/");
        TcpPacket response =
                shop.tcp
                        .exchanges(
                                0.1,
                                0.025,
                                Shop.request("GET", "/cart/"),
                                Shop.response("500 Oops", 10))
                        .get(1);

        shop.report(0.2, "curl: (22) The requested URL returned error: 500")
                .verdict()
                .is(Cause.HTTP_ERROR_STATUS)
                .cites(response);
    }

    @Test
    void shouldFollowARelativeRedirectToTheResponseThatFailed() {
        redirect(0.04, "/cart", "cart/list");
        TcpPacket response =
                shop.tcp
                        .exchanges(
                                0.1,
                                0.025,
                                Shop.request("GET", "/cart/list"),
                                Shop.response("503 Busy", 10))
                        .get(1);
        shop.tcp.exchanges(0.14, 0.025, Shop.request("GET", "/other"), Shop.response("200 OK", 10));

        shop.report(0.2, "curl: (22) The requested URL returned error: 503")
                .verdict()
                .is(Cause.HTTP_ERROR_STATUS)
                .cites(response);
    }

    @Test
    void shouldKnowACaptivePortalByWhereItLeads() {
        TcpPacket answer = redirect(0.04, "/cart", "http://10.0.0.254/login?url=shop.example");

        shop.go(0.1, "invalid character '<' looking for beginning of value")
                .verdict()
                .is(Cause.HTTP_CAPTIVE_PORTAL)
                .blames(Blame.PATH)
                .cites(answer)
                .hints(Shop.HOST, "10.0.0.254");
    }

    @Test
    void shouldKnowACaptivePortalByItsStatus() {
        shop.get();
        TcpPacket answer =
                shop.server
                        .after(0.004)
                        .sends(Shop.response("511 Network Authentication Required", 50));

        shop.report(0.1, "curl: (22) The requested URL returned error: 511")
                .verdict()
                .is(Cause.HTTP_CAPTIVE_PORTAL)
                .blames(Blame.PATH)
                .cites(answer);
    }

    @Test
    void shouldNotTakeTheSitesOwnLoginForAPortal() {
        redirect(0.04, "/cart", "http://login.shop.example/signin");

        shop.go(0.1, "invalid character '<' looking for beginning of value")
                .verdict()
                .isNot(Cause.HTTP_CAPTIVE_PORTAL);
    }

    @Test
    void shouldSurviveDamagedPackets() {
        for (int i = 0; i < 4; i++) {
            redirect(0.04 + 0.1 * i, "/cart", "/cart");
        }

        shop.go(0.6, "stopped after 10 redirects").survivesDamage("RedirectTest");
    }
}
