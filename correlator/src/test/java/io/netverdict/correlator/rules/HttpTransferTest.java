package io.netverdict.correlator.rules;

import static io.netverdict.correlator.testing.TlsBytes.encrypted;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TlsFlights;
import org.junit.jupiter.api.Test;

/** A response that is not whole when the time runs out: silent at the end, or still flowing. */
class HttpTransferTest {
    private static final String TIMEOUT =
            "context deadline exceeded (Client.Timeout or context cancellation while reading body)";
    private static final int BODY = 1_000_000;
    private static final int PIECE = 1400;
    private final Shop shop = Shop.http();

    private TcpPacket head() {
        shop.get();
        TcpPacket head =
                shop.server
                        .after(Shop.TRIP)
                        .sends("HTTP/1.1 200 OK\r\nContent-Length: " + BODY + "\r\n\r\n");
        shop.client.acks();
        return head;
    }

    /** Pieces of the body, each so long after the one before; the last one. */
    private TcpPacket flows(int pieces, double gapSeconds) {
        TcpPacket last = null;
        for (int i = 0; i < pieces; i++) {
            last = shop.server.after(gapSeconds).sends(PIECE);
            shop.client.acks();
        }
        return last;
    }

    @Test
    void shouldCallSilenceAfterASteadyFlowStalled() {
        TcpPacket head = head();
        TcpPacket last = flows(20, 0.05);

        shop.go(10, TIMEOUT)
                .verdict()
                .is(Cause.HTTP_RESPONSE_STALLED)
                .blames(Blame.SERVER)
                .in(Phase.RESPONSE)
                .cites(head, last)
                .hints("28 kB of 1.0 MB", "8.9")
                .sure();
    }

    @Test
    void shouldCallAFlowThatGoesOnTooSlow() {
        TcpPacket head = head();
        TcpPacket last = flows(99, 0.1);

        shop.go(10, TIMEOUT)
                .verdict()
                .is(Cause.HTTP_TRANSFER_TOO_SLOW)
                .in(Phase.RESPONSE)
                .cites(head, last)
                .hints("139 kB of 1.0 MB", "kbit/s");
    }

    @Test
    void shouldNotCallAPauseStalledThatIsNoLongerThanThoseBefore() {
        head();
        flows(4, 1.5);

        shop.go(9, TIMEOUT).verdict().is(Cause.HTTP_TRANSFER_TOO_SLOW);
    }

    @Test
    void shouldNotCallLessThanASecondStalled() {
        head();
        flows(180, 0.05);

        shop.go(9.8, TIMEOUT).verdict().is(Cause.HTTP_TRANSFER_TOO_SLOW);
    }

    @Test
    void shouldBlameAServerThatPacesItself() {
        head();
        flows(99, 0.1);

        shop.go(10, TIMEOUT).verdict().is(Cause.HTTP_TRANSFER_TOO_SLOW).blames(Blame.SERVER);
    }

    @Test
    void shouldBlameAPathThatQueues() {
        head();
        for (int i = 0; i < 90; i++) {
            // Sent every 95 ms, arriving every 100 ms: the queue grows.
            shop.server.at(0.2 + i * 0.1).sends(PIECE).delayedBy(i * 0.005);
            shop.client.acks();
        }

        shop.go(9.3, TIMEOUT).verdict().is(Cause.HTTP_TRANSFER_TOO_SLOW).blames(Blame.PATH);
    }

    @Test
    void shouldNotBlameTheServerForATailThatWasLost() {
        head();
        flows(20, 0.05);
        shop.server.after(0.05).sends(PIECE).lost();
        shop.server.after(0.001).fin();
        shop.client.acks();

        shop.go(10, TIMEOUT)
                .verdict()
                .isNot(Cause.HTTP_RESPONSE_STALLED)
                .isNot(Cause.HTTP_TRUNCATED_RESPONSE);
    }

    @Test
    void shouldNotSpeakOfAStallWhereTheResponseIsWhole() {
        shop.get();
        shop.server.after(Shop.TRIP).sends(Shop.response("200 OK", 500));
        shop.client.acks();

        shop.go(10, TIMEOUT).verdict().isNot(Cause.HTTP_RESPONSE_STALLED);
    }

    @Test
    void shouldTellAStallInsideTlsFromRecords() {
        Shop secure = Shop.https().secured();
        secure.client.after(0.001).sends(encrypted(300));
        secure.server.after(Shop.TRIP).sends(TlsFlights.tickets());
        secure.client.acks();
        TcpPacket first = secure.server.after(0.05).sends(encrypted(1300));
        secure.client.acks();
        TcpPacket last = first;
        for (int i = 0; i < 20; i++) {
            last = secure.server.after(0.05).sends(encrypted(1300));
            secure.client.acks();
        }

        secure.go(10, TIMEOUT)
                .verdict()
                .is(Cause.HTTP_RESPONSE_STALLED)
                .blames(Blame.SERVER)
                .cites(first, last);
    }

    @Test
    void shouldTellAStallFromHeadersAlone() {
        head();
        flows(20, 0.05);

        shop.go(10, TIMEOUT).verdictWhenCutTo(128).is(Cause.HTTP_RESPONSE_STALLED);
    }

    @Test
    void shouldSurviveDamagedPackets() {
        head();
        flows(20, 0.05);

        shop.go(10, TIMEOUT).survivesDamage("HttpTransferTest");
    }
}
