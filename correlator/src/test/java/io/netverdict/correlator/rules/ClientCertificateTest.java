package io.netverdict.correlator.rules;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TestCertificate;
import io.netverdict.correlator.testing.TlsBytes;
import io.netverdict.correlator.testing.TlsFlights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tls.client-certificate-*}: the server's word about the client's certificate. */
class ClientCertificateTest {
    private final Shop shop = Shop.https();
    private TcpPacket answer;
    private TcpPacket alert;

    private void tls12(byte[] clientsFlight, int alertNumber) {
        shop.hello();
        shop.server
                .after(Shop.TRIP)
                .sends(TlsFlights.serverAsking12(TestCertificate.forNames(Shop.HOST)));
        answer = shop.client.after(0.002).sends(clientsFlight);
        alert = shop.server.after(Shop.TRIP).sends(TlsBytes.alert(2, alertNumber));
        shop.server.fin();
    }

    /** TLS 1.3: the alert may come behind the client's request, which went out early. */
    private void tls13(byte[] clientsFlight) {
        shop.hello();
        shop.server.after(Shop.TRIP).streams(TlsFlights.server13());
        answer = shop.client.after(0.002).sends(clientsFlight);
        shop.client.after(0.0005).sends(TlsBytes.encrypted(300));
        alert = shop.server.after(Shop.TRIP).sends(TlsFlights.hiddenAlert());
        shop.server.fin();
    }

    @ParameterizedTest
    @ValueSource(ints = {116, 40, 42})
    void shouldCallAnEmptyCertificateMissing(int number) {
        tls12(TlsFlights.clientWithoutCertificate12(), number);

        shop.go(0.1, "remote error: tls: handshake failure")
                .verdict()
                .is(Cause.TLS_CLIENT_CERTIFICATE_REQUIRED)
                .blames(Blame.CLIENT)
                .in(Phase.TLS)
                .cites(answer, alert)
                .hints("(" + number + ")")
                .sure();
    }

    @ParameterizedTest
    @ValueSource(ints = {42, 43, 45, 46, 48})
    void shouldCallACertificateThatWasSentRejected(int number) {
        tls12(TlsFlights.clientWithCertificate12(TestCertificate.forNames("client-7")), number);

        shop.go(0.1, "remote error: tls: unknown certificate authority")
                .verdict()
                .is(Cause.TLS_CLIENT_CERTIFICATE_REJECTED)
                .blames(Blame.CLIENT)
                .in(Phase.TLS)
                .cites(answer, alert)
                .hints("(" + number + ")")
                .sure();
    }

    @Test
    void shouldNotSpeakOfTheClientsCertificateWhereNobodyAskedForIt() {
        shop.hello();
        shop.server.after(Shop.TRIP).sends(TlsBytes.alert(2, 40));

        shop.go(0.1, "remote error: tls: handshake failure")
                .verdict()
                .is(Cause.TLS_NO_SHARED_PARAMETERS)
                .blames(Blame.SERVER);
    }

    @Test
    void shouldTellAnEmptyCertificateOfTls13ByItsSize() {
        tls13(TlsFlights.clientWithoutCertificate13());

        shop.go(0.1, "remote error: tls: certificate required")
                .verdict()
                .is(Cause.TLS_CLIENT_CERTIFICATE_REQUIRED)
                .blames(Blame.CLIENT)
                .cites(answer, alert)
                .shows("inferred")
                .hints("certificate_required(116)")
                .sure();
    }

    @Test
    void shouldTellARejectedCertificateOfTls13ByItsSize() {
        tls13(TlsFlights.clientWithCertificate13());

        shop.go(0.1, "remote error: tls: unknown certificate authority")
                .verdict()
                .is(Cause.TLS_CLIENT_CERTIFICATE_REJECTED)
                .blames(Blame.CLIENT)
                .cites(answer, alert)
                .shows("inferred");
    }

    @Test
    void shouldTellItWhereTheClientsWordsAreVague() {
        tls13(TlsFlights.clientWithoutCertificate13());

        shop.report(0.1, "java.net.SocketException: Connection reset")
                .verdict()
                .is(Cause.TLS_CLIENT_CERTIFICATE_REQUIRED)
                .blames(Blame.CLIENT);
    }

    @Test
    void shouldAcceptAnEmptyCertificateThatTheServerAccepted() {
        shop.hello();
        shop.server.after(Shop.TRIP).streams(TlsFlights.server13());
        shop.client.after(0.002).sends(TlsFlights.clientWithoutCertificate13());
        TcpPacket request = shop.client.after(0.0005).sends(TlsBytes.encrypted(300));
        shop.server.after(Shop.TRIP).sends(TlsFlights.tickets());
        shop.client.acks();

        shop.go(10, "context deadline exceeded (Client.Timeout exceeded while awaiting headers)")
                .verdict()
                .is(Cause.HTTP_NO_RESPONSE)
                .cites(request);
    }

    @Test
    void shouldNotTakeACloseNotifyBehindTheResponseForIt() {
        shop.hello();
        shop.server.after(Shop.TRIP).streams(TlsFlights.server13());
        shop.client.after(0.002).sends(TlsFlights.clientWithCertificate13());
        shop.client.after(0.0005).sends(TlsBytes.encrypted(300));
        shop.server.after(Shop.TRIP).sends(TlsFlights.tickets());
        shop.server.after(0.05).sends(TlsBytes.encrypted(900));
        shop.server.sends(TlsFlights.hiddenAlert());
        shop.server.fin();

        shop.go(0.3, "invalid character '<' looking for beginning of value")
                .verdict()
                .is(Cause.NETWORK_HEALTHY)
                .blames(Blame.NONE);
    }

    @Test
    void shouldNotTakeACloseNotifyBehindTheClientsOwnCloseForIt() {
        shop.hello();
        shop.server.after(Shop.TRIP).streams(TlsFlights.server13());
        shop.client.after(0.002).sends(TlsFlights.clientWithCertificate13());
        shop.client.after(0.0005).sends(TlsBytes.encrypted(300));
        shop.server.after(Shop.TRIP).acks();
        shop.client.at(10).fin();
        shop.server.at(10.02).sends(TlsFlights.hiddenAlert());

        shop.go(10, "context deadline exceeded (Client.Timeout exceeded while awaiting headers)")
                .verdict()
                .is(Cause.HTTP_NO_RESPONSE);
    }
}
