package io.netverdict.correlator.rules;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TlsBytes;
import io.netverdict.correlator.testing.TlsFlights;
import org.junit.jupiter.api.Test;

/** {@code tls.closed-in-handshake} and the closes next to it. */
class ClosedInHandshakeTest {
    private final Shop shop = Shop.https();

    @Test
    void shouldNameAFinInAnswerToTheClientHello() {
        TcpPacket hello = shop.hello();
        TcpPacket fin = shop.server.after(Shop.TRIP).fin();
        shop.client.acks();
        shop.client.fin();

        shop.go(0.06, "EOF")
                .verdict()
                .is(Cause.TLS_CLOSED_IN_HANDSHAKE)
                .blames(Blame.SERVER)
                .in(Phase.TLS)
                .cites(hello, fin)
                .hints("192.0.2.7:443", "FIN", "20 ms", Shop.HOST)
                .sure();
    }

    @Test
    void shouldNameTheServersOwnReset() {
        TcpPacket hello = shop.hello();
        TcpPacket rst = shop.server.after(Shop.TRIP).rstAck();

        shop.go(0.06, "read tcp 10.0.0.1:40001->192.0.2.7:443: read: connection reset by peer")
                .verdict()
                .is(Cause.TLS_CLOSED_IN_HANDSHAKE)
                .blames(Blame.SERVER)
                .cites(hello, rst)
                .hints("RST");
    }

    @Test
    void shouldBlameThePathForAResetWithAnotherTtl() {
        shop.hello();
        TcpPacket rst = shop.server.after(0.004).rstAck().ttl(119);

        shop.go(0.06, "read tcp 10.0.0.1:40001->192.0.2.7:443: read: connection reset by peer")
                .verdict()
                .is(Cause.TLS_CLOSED_IN_HANDSHAKE)
                .blames(Blame.PATH)
                .cites(rst);
    }

    @Test
    void shouldBlameThePathForAResetThatTheServerContradicts() {
        shop.hello();
        TcpPacket rst = shop.server.after(0.004).rstAck();
        shop.server.after(0.016).sends(TlsFlights.server13());

        shop.go(0.06, "read tcp 10.0.0.1:40001->192.0.2.7:443: read: connection reset by peer")
                .verdict()
                .is(Cause.TLS_CLOSED_IN_HANDSHAKE)
                .blames(Blame.PATH)
                .cites(rst);
    }

    @Test
    void shouldCountACloseBehindTheServerHelloToo() {
        shop.hello();
        shop.server.after(Shop.TRIP).sends(TlsBytes.serverHello12());
        shop.client.acks();
        TcpPacket fin = shop.server.after(0.1).fin();

        shop.go(0.2, "EOF").verdict().is(Cause.TLS_CLOSED_IN_HANDSHAKE).cites(fin);
    }

    @Test
    void shouldLetAnAlertBeforeTheCloseDecide() {
        shop.hello();
        TcpPacket alert = shop.server.after(Shop.TRIP).sends(TlsBytes.alert(2, 80));
        TcpPacket fin = shop.server.fin();

        shop.go(0.06, "remote error: tls: internal error")
                .verdict()
                .is(Cause.TLS_ALERT)
                .cites(alert)
                .leavesOut(fin);
    }

    @Test
    void shouldNotCountACloseBehindTheHandshake() {
        shop.secured();
        shop.client.after(0.001).sends(TlsBytes.encrypted(300));
        TcpPacket fin = shop.server.after(1).fin();

        shop.go(1.2, "EOF").verdict().is(Cause.HTTP_CLOSED_WITHOUT_RESPONSE).cites(fin);
    }

    @Test
    void shouldLeaveAClientThatClosesFirstToOtherRules() {
        shop.hello();
        shop.server.after(Shop.TRIP).acks();
        shop.client.at(5).fin();
        shop.server.after(Shop.TRIP).fin();

        shop.go(5, "net/http: TLS handshake timeout").verdict().is(Cause.TLS_NO_RESPONSE);
    }

    @Test
    void shouldTellTheCloseFromHeadersAlone() {
        shop.hello();
        shop.server.after(Shop.TRIP).fin();

        shop.go(0.06, "EOF").verdictWhenCutTo(96).is(Cause.TLS_CLOSED_IN_HANDSHAKE);
    }
}
