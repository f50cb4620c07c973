package io.netverdict.correlator.rules;

import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.testing.ReportScript;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TestCertificate;
import io.netverdict.correlator.testing.TlsBytes;
import io.netverdict.correlator.testing.TlsFlights;
import org.junit.jupiter.api.Test;

/** Packets of which only the beginning was kept: what is not there may have been said. */
class ShortSnapLengthTest {
    private static final int SNAP_LENGTH = 96;
    private static final int HANDSHAKE_FAILURE = 40;

    @Test
    void shouldNotBeSureThatAHandshakeStalledOfWhichItSawLittle() {
        Shop shop = Shop.https().secured();
        shop.client.after(0.001).sends(TlsBytes.encrypted(200));
        shop.server.after(Shop.TRIP).acks();
        shop.net.liveUntil(6);

        told(shop, 5, "context deadline exceeded").verdictWhenCutTo(SNAP_LENGTH).notSure();
        told(shop, 5, "context deadline exceeded").verdict().is(Cause.HTTP_NO_RESPONSE).certain();
    }

    @Test
    void shouldNotBeSureOfTheMomentOfAReset() {
        Shop shop = Shop.https().secured();
        shop.client.after(0.001).sends(TlsBytes.encrypted(200));
        shop.server.after(Shop.TRIP).rstAck();

        told(shop, 0.2, "read: connection reset by peer").verdictWhenCutTo(SNAP_LENGTH).notSure();
        told(shop, 0.2, "read: connection reset by peer")
                .verdict()
                .is(Cause.TCP_RESET_BY_PEER)
                .certain();
    }

    @Test
    void shouldBeSureOfACloseBeforeAnyAnswerHoweverShortTheClientHello() {
        Shop shop = Shop.https();
        shop.hello();
        TcpPacket rst = shop.server.after(Shop.TRIP).rstAck();

        told(shop, 0.2, "read: connection reset by peer")
                .verdictWhenCutTo(SNAP_LENGTH)
                .is(Cause.TLS_CLOSED_IN_HANDSHAKE)
                .cites(rst)
                .certain();
    }

    @Test
    void shouldNotBeSureOfAnAlertThatACertificateRequestMayExplain() {
        Shop shop = Shop.https();
        shop.hello();
        shop.server.at(Shop.OPEN + Shop.TRIP).streams(TlsFlights.serverAsking12(certificate()));
        shop.client.after(0.001).streams(TlsFlights.clientWithoutCertificate12());
        shop.server.after(Shop.TRIP).sends(TlsBytes.alert(TlsBytes.ALERT_FATAL, HANDSHAKE_FAILURE));

        told(shop, 0.2, "remote error: tls: handshake failure")
                .verdictWhenCutTo(SNAP_LENGTH)
                .is(Cause.TLS_ALERT)
                .notSure();
        told(shop, 0.2, "remote error: tls: handshake failure")
                .verdict()
                .is(Cause.TLS_CLIENT_CERTIFICATE_REQUIRED)
                .certain();
    }

    @Test
    void shouldNotCallAResponseWholeWhoseHeadItDidNotSee() {
        Shop shop = Shop.http();
        shop.get();
        shop.server
                .after(Shop.TRIP)
                .sends(
                        Shop.response(
                                "302 Found", 0, "Server: a", "Location: http://portal.example/"));
        shop.client.after(0.001).acks();

        told(shop, 0.2, "invalid character '<' looking for beginning of value")
                .verdictWhenCutTo(SNAP_LENGTH)
                .notSure();
    }

    /** What a client says that knows its connection: the name in the ClientHello may be cut. */
    private static ReportScript told(Shop shop, double seconds, String message) {
        return shop.go(seconds, message).local("10.0.0.1:40001");
    }

    private static byte[] certificate() {
        return TestCertificate.forNames(Shop.HOST);
    }
}
