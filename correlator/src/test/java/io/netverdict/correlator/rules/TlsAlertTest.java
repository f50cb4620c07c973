package io.netverdict.correlator.rules;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TestCertificate;
import io.netverdict.correlator.testing.TlsBytes;
import io.netverdict.correlator.testing.TlsFlights;
import io.netverdict.correlator.testing.VerdictCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fatal alerts in the clear, by number and sender. */
class TlsAlertTest {
    private final Shop shop = Shop.https();
    private TcpPacket hello;
    private TcpPacket alert;

    private VerdictCheck serverSays(int number, String clientsWords) {
        hello = shop.hello();
        alert = shop.server.after(Shop.TRIP).sends(TlsBytes.alert(2, number));
        shop.server.fin();
        return shop.go(0.06, clientsWords).verdict();
    }

    private VerdictCheck clientSays(int number, String clientsWords) {
        hello = shop.hello();
        shop.server.after(Shop.TRIP).sends(TlsBytes.serverHello12());
        alert = shop.client.after(0.001).sends(TlsBytes.alert(2, number));
        shop.client.fin();
        return shop.go(0.06, clientsWords).verdict();
    }

    @ParameterizedTest
    @CsvSource({
        "70, TLS_VERSION_MISMATCH, protocol_version(70)",
        "40, TLS_NO_SHARED_PARAMETERS, handshake_failure(40)",
        "71, TLS_NO_SHARED_PARAMETERS, insufficient_security(71)",
        "112, TLS_UNRECOGNIZED_NAME, unrecognized_name(112)",
        "80, TLS_ALERT, internal_error(80)",
        "50, TLS_ALERT, decode_error(50)",
        "120, TLS_ALERT, no_application_protocol(120)"
    })
    void shouldNameTheServersAlert(int number, Cause cause, String name) {
        serverSays(number, "remote error: tls: handshake failure")
                .is(cause)
                .blames(Blame.SERVER)
                .in(Phase.TLS)
                .cites(hello, alert)
                .hints(name, Shop.HOST, "192.0.2.7:443")
                .sure();
    }

    @Test
    void shouldBlameTheServerForAVersionTheClientWillNotSpeak() {
        clientSays(70, "tls: server selected unsupported protocol version 301")
                .is(Cause.TLS_VERSION_MISMATCH)
                .blames(Blame.SERVER)
                .cites(alert)
                .hints("protocol_version(70)");
    }

    @ParameterizedTest
    @CsvSource({"50", "51", "47", "20"})
    void shouldBlameTheServerForBytesTheClientCannotAccept(int number) {
        clientSays(number, "tls: invalid signature by the server certificate")
                .is(Cause.TLS_ALERT)
                .blames(Blame.SERVER)
                .cites(alert);
    }

    @Test
    void shouldBlameTheClientForItsOwnTrouble() {
        clientSays(80, "tls: internal error").is(Cause.TLS_ALERT).blames(Blame.CLIENT).cites(alert);
    }

    @Test
    void shouldNotCallALateHandshakeFailureAMissingParameter() {
        shop.hello();
        shop.server
                .after(Shop.TRIP)
                .sends(TlsFlights.server12(TestCertificate.forNames(Shop.HOST)));
        shop.client.after(0.001).sends(TlsBytes.clientFinish12());
        TcpPacket late = shop.server.after(Shop.TRIP).sends(TlsBytes.alert(2, 40));
        shop.server.fin();

        shop.go(0.1, "remote error: tls: handshake failure")
                .verdict()
                .is(Cause.TLS_ALERT)
                .blames(Blame.SERVER)
                .cites(late);
    }

    @Test
    void shouldLetTheFirstOfTwoAlertsDecide() {
        shop.hello();
        TcpPacket first = shop.server.after(Shop.TRIP).sends(TlsBytes.alert(2, 112));
        shop.client.after(0.001).sends(TlsBytes.alert(2, 80));
        shop.client.fin();

        shop.go(0.1, "remote error: tls: unrecognized name")
                .verdict()
                .is(Cause.TLS_UNRECOGNIZED_NAME)
                .cites(first);
    }

    @Test
    void shouldIgnoreAWarningAboutTheNameThatEndsNothing() {
        shop.hello();
        shop.server
                .after(Shop.TRIP)
                .sends(TlsBytes.join(TlsBytes.alert(1, 112), TlsFlights.server13()));
        shop.client.after(0.001).sends(TlsFlights.clientFinish13());
        TcpPacket request = shop.client.after(0.001).sends(TlsBytes.encrypted(300));
        shop.server.after(Shop.TRIP).acks();

        shop.go(10, "context deadline exceeded (Client.Timeout exceeded while awaiting headers)")
                .verdict()
                .is(Cause.HTTP_NO_RESPONSE)
                .cites(request);
    }

    @Test
    void shouldSurviveDamagedPackets() {
        hello = shop.hello();
        shop.server
                .after(Shop.TRIP)
                .sends(TlsFlights.serverAsking12(TestCertificate.forNames(Shop.HOST)));
        shop.client.after(0.001).sends(TlsFlights.clientWithoutCertificate12());
        shop.server.after(Shop.TRIP).sends(TlsBytes.alert(2, 42));

        shop.go(0.1, "remote error: tls: bad certificate").survivesDamage("TlsAlertTest");
    }
}
