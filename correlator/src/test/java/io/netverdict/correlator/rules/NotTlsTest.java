package io.netverdict.correlator.rules;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TlsBytes;
import org.junit.jupiter.api.Test;

/** {@code tls.not-tls}: one of the two speaks TLS and the other does not. */
class NotTlsTest {
    private static final String NGINX_PAGE =
            "<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head>"
                    + "<body><center><h1>400 Bad Request</h1></center></body></html>";

    @Test
    void shouldNameHttpInAnswerToAClientHello() {
        Shop shop = Shop.https();
        TcpPacket hello = shop.hello();
        TcpPacket answer = shop.server.after(Shop.TRIP).sends(Shop.response("400 Bad Request", 20));
        shop.server.fin();

        shop.go(0.06, "http: server gave HTTP response to HTTPS client")
                .verdict()
                .is(Cause.TLS_NOT_TLS)
                .blames(Blame.CLIENT)
                .in(Phase.TLS)
                .cites(hello, answer)
                .hints("192.0.2.7:443", "HTTP/1.1 400")
                .sure();
    }

    @Test
    void shouldNameABannerInAnswerToAClientHello() {
        Shop shop = Shop.https();
        shop.hello();
        TcpPacket banner = shop.server.after(Shop.TRIP).sends("SSH-2.0-OpenSSH_9.6\r\n");

        shop.report(
                        0.06,
                        "curl: (35) OpenSSL/3.0.2: error:0A00010B:SSL routines::wrong version number")
                .verdict()
                .is(Cause.TLS_NOT_TLS)
                .cites(banner)
                .hints("SSH-2.0");
    }

    @Test
    void shouldNotMistakeATlsAlertForSomethingElse() {
        Shop shop = Shop.https();
        shop.hello();
        shop.server.after(Shop.TRIP).sends(TlsBytes.alert(2, 70));

        shop.go(0.06, "remote error: tls: protocol version not supported")
                .verdict()
                .isNot(Cause.TLS_NOT_TLS);
    }

    @Test
    void shouldReadTheServersPageThatSaysSo() {
        Shop shop = Shop.http();
        TcpPacket request = shop.get();
        TcpPacket page =
                shop.server
                        .after(Shop.TRIP)
                        .sends(
                                "HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nContent-Length: "
                                        + NGINX_PAGE.length()
                                        + "\r\n\r\n"
                                        + NGINX_PAGE);

        shop.go(0.06, "unexpected status code 400: 400 Bad Request")
                .verdict()
                .is(Cause.TLS_NOT_TLS)
                .blames(Blame.CLIENT)
                .in(Phase.TLS)
                .cites(request, page)
                .sure();
    }

    @Test
    void shouldReadGosPageThatSaysSo() {
        Shop shop = Shop.http();
        shop.get();
        TcpPacket page =
                shop.server
                        .after(Shop.TRIP)
                        .sends(
                                "HTTP/1.0 400 Bad Request\r\n\r\n"
                                        + "Client sent an HTTP request to an HTTPS server.\n");
        shop.server.fin();

        shop.report(0.06, "curl: (22) The requested URL returned error: 400")
                .verdict()
                .is(Cause.TLS_NOT_TLS)
                .cites(page);
    }

    @Test
    void shouldReadATlsAlertInAnswerToPlainHttp() {
        Shop shop = Shop.http();
        TcpPacket request = shop.get();
        TcpPacket alert = shop.server.after(Shop.TRIP).sends(TlsBytes.alert(2, 10));
        shop.server.fin();

        shop.go(0.06, "net/http: HTTP/1.x transport connection broken: malformed HTTP response")
                .verdict()
                .is(Cause.TLS_NOT_TLS)
                .blames(Blame.CLIENT)
                .cites(request, alert);
    }

    @Test
    void shouldNotTakeAnyBadRequestForIt() {
        Shop shop = Shop.http();
        shop.get();
        shop.server.after(Shop.TRIP).sends(Shop.response("400 Bad Request", 300));

        shop.report(0.06, "curl: (22) The requested URL returned error: 400")
                .verdict()
                .is(Cause.HTTP_ERROR_STATUS)
                .blames(Blame.SERVER);
    }

    @Test
    void shouldNotGuessWhereThePageIsCutOff() {
        Shop shop = Shop.http();
        shop.get();
        shop.server.after(Shop.TRIP).sends("HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP ");

        shop.report(0.06, "curl: (22) The requested URL returned error: 400")
                .verdictWhenCutTo(96)
                .is(Cause.HTTP_ERROR_STATUS);
    }

    @Test
    void shouldLeaveAServerAloneThatAnswersSsl2InKind() {
        Shop shop = Shop.https();
        shop.client.at(Shop.OPEN + 0.001).sends(ssl2Hello());
        shop.server.after(Shop.TRIP).sends(ssl2(4, 0, 1, 0, 2, 0, 4, 0, 3, 0, 16));
        shop.client.after(0.001).sends(ssl2(2, 1, 0, 128));

        shop.go(0.3, "context deadline exceeded").verdict().isNot(Cause.TLS_NOT_TLS);
    }

    @Test
    void shouldNameHttpInAnswerToAnSsl2HelloToo() {
        Shop shop = Shop.https();
        shop.client.at(Shop.OPEN + 0.001).sends(ssl2Hello());
        shop.server.after(Shop.TRIP).sends(Shop.response("400 Bad Request", 20));

        shop.go(0.3, "wrong version number").verdict().is(Cause.TLS_NOT_TLS);
    }

    /** A ClientHello of the old format: version, lengths, one cipher, a challenge. */
    private static byte[] ssl2Hello() {
        int[] body = new int[1 + 8 + 3 + 16];
        body[0] = 1;
        body[1] = 3;
        body[2] = 1;
        body[4] = 3;
        body[8] = 16;
        body[11] = 47;
        return ssl2(body);
    }

    private static byte[] ssl2(int... body) {
        byte[] record = new byte[2 + body.length];
        record[0] = (byte) 0x80;
        record[1] = (byte) body.length;
        for (int i = 0; i < body.length; i++) {
            record[2 + i] = (byte) body[i];
        }
        return record;
    }
}
