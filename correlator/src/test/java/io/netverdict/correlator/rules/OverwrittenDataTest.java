package io.netverdict.correlator.rules;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import io.netverdict.correlator.testing.TlsBytes;
import org.junit.jupiter.api.Test;

/**
 * Of the request's time the recorder has kept handshakes, ends and errors, and overwritten data:
 * what those show still decides, and nothing is concluded from data that is not there.
 */
class OverwrittenDataTest {
    private static final double DATA_SINCE = 60;
    private static final double NOW = 61;
    private static final String TIMEOUT =
            "context deadline exceeded (Client.Timeout exceeded while awaiting headers)";

    private static void otherTraffic(PacketScript net) {
        TcpScript other = net.tcp("10.0.0.1:50001", "192.0.2.9:80");
        other.opens(DATA_SINCE + 0.1, Shop.TRIP);
        net.dataSince(DATA_SINCE).liveUntil(NOW);
    }

    @Test
    void shouldStillSayThatAConnectionWasRefused() {
        PacketScript net = new PacketScript();
        TcpScript tcp = net.tcp("10.0.0.1:40000", "192.0.2.7:80");
        TcpPacket syn = tcp.client().at(0).syn();
        TcpPacket rst = tcp.server().at(0.02).refuses();
        otherTraffic(net);

        net.error("dial tcp 192.0.2.7:80: connect: connection refused")
                .url("http://192.0.2.7/")
                .between(0, 0.021)
                .verdict()
                .is(Cause.TCP_REFUSED)
                .cites(syn, rst);
    }

    @Test
    void shouldStillSayThatNothingAnsweredASyn() {
        PacketScript net = new PacketScript();
        TcpScript tcp = net.tcp("10.0.0.1:40000", "192.0.2.7:80");
        TcpPacket first = tcp.client().at(0).syn();
        TcpPacket second = tcp.client().at(1).syn();
        otherTraffic(net);

        net.error("dial tcp 192.0.2.7:80: i/o timeout")
                .url("http://192.0.2.7/")
                .between(0, 3)
                .verdict()
                .is(Cause.TCP_SYN_NO_RESPONSE)
                .cites(first, second);
    }

    @Test
    void shouldStillReadAnAlert() {
        Shop shop = Shop.https();
        shop.hello();
        TcpPacket alert = shop.server.at(Shop.OPEN + Shop.TRIP).sends(TlsBytes.alert(2, 70));
        shop.server.after(0).fin();
        otherTraffic(shop.net);

        shop.go(0.06, "remote error: tls: protocol version not supported")
                .verdict()
                .is(Cause.TLS_VERSION_MISMATCH)
                .cites(alert);
    }

    @Test
    void shouldNotTakeOverwrittenDataForSilence() {
        Shop shop = Shop.http();
        shop.get();
        shop.server.after(Shop.TRIP).acks();
        shop.client.at(5).fin();
        otherTraffic(shop.net);

        shop.go(5, TIMEOUT).verdict().is(Cause.CAPTURE_INSUFFICIENT).hints("data");
    }

    @Test
    void shouldNotTakeAnOverwrittenResponseForNone() {
        Shop shop = Shop.http();
        shop.get();
        shop.server.after(Shop.TRIP).streams(Shop.response("503 Busy", 100).getBytes(US_ASCII));
        shop.server.after(0).fin();
        otherTraffic(shop.net);

        shop.go(0.1, "EOF").verdict().is(Cause.CAPTURE_INSUFFICIENT);
    }

    @Test
    void shouldNotTakeOverwrittenBytesOfALongConnectionForLost() {
        Shop shop = Shop.http();
        shop.get();
        shop.server.after(Shop.TRIP).streams(Shop.response("200 OK", 400_000).getBytes(US_ASCII));
        shop.client.after(0.01).acks();
        TcpPacket request = shop.client.at(DATA_SINCE + 0.2).sends(Shop.request("GET", "/cart"));
        shop.server.after(Shop.TRIP).sends(Shop.response("500 Internal Server Error", 10));
        shop.client.after(0.01).acks();
        otherTraffic(shop.net);

        shop.net
                .error("unexpected status 500")
                .url("http://shop.example/cart")
                .between(DATA_SINCE + 0.2, DATA_SINCE + 0.3)
                .verdict()
                .is(Cause.HTTP_ERROR_STATUS)
                .cites(request);
    }

    @Test
    void shouldNotTakeATimeWithoutARecorderForSilence() {
        PacketScript net = new PacketScript();
        TcpScript tcp = net.tcp("10.0.0.1:40000", "192.0.2.7:80");
        tcp.client().at(0).syn();
        net.gap(0.5, 2).liveUntil(NOW);

        net.error("dial tcp 192.0.2.7:80: i/o timeout")
                .url("http://192.0.2.7/")
                .between(0, 3)
                .verdict()
                .is(Cause.CAPTURE_INSUFFICIENT)
                .hints("no recorder was running for 1.50 s");
    }

    @Test
    void shouldStillSayWhatWasSeenBeforeTheRecorderWasGone() {
        PacketScript net = new PacketScript();
        TcpScript tcp = net.tcp("10.0.0.1:40000", "192.0.2.7:80");
        tcp.client().at(0).syn();
        tcp.server().at(0.02).refuses();
        net.gap(0.5, 2).liveUntil(NOW);

        net.error("dial tcp 192.0.2.7:80: connect: connection refused")
                .url("http://192.0.2.7/")
                .between(0, 0.021)
                .verdict()
                .is(Cause.TCP_REFUSED);
    }
}
