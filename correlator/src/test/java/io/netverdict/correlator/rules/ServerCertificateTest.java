package io.netverdict.correlator.rules;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TestCertificate;
import io.netverdict.correlator.testing.TlsBytes;
import io.netverdict.correlator.testing.TlsFlights;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** {@code tls.certificate-*}: read in TLS 1.2, inferred in TLS 1.3. Scripts run on 2026-01-01. */
class ServerCertificateTest {
    private static final Instant LONG_AGO = Instant.parse("2024-06-01T00:00:00Z");
    private static final Instant BEFORE = Instant.parse("2025-12-31T00:00:00Z");
    private static final Instant AFTER = Instant.parse("2026-01-02T00:00:00Z");
    private static final Instant FAR = Instant.parse("2027-06-01T00:00:00Z");
    private static final String EXPIRED =
            "tls: failed to verify certificate: x509: certificate has expired or is not yet valid:"
                    + " current time 2026-01-01T00:00:00Z is after 2025-12-31T00:00:00Z";
    private static final String UNTRUSTED =
            "tls: failed to verify certificate: x509: certificate signed by unknown authority";

    private final Shop shop = Shop.https();
    private TcpPacket flight;
    private TcpPacket refusal;

    /** TLS 1.2: the client gets this certificate and answers with an alert. */
    private void refuses12(byte[] certificate, int alert) {
        shop.hello();
        flight = shop.server.after(Shop.TRIP).sends(TlsFlights.server12(certificate));
        refusal = shop.client.after(0.002).sends(TlsBytes.alert(2, alert));
        shop.client.fin();
    }

    /** TLS 1.3: an encrypted alert in place of the Finished, and the close. */
    private void refuses13() {
        shop.hello();
        flight = shop.server.after(Shop.TRIP).sends(TlsFlights.server13());
        refusal =
                shop.client
                        .after(0.002)
                        .sends(
                                TlsBytes.join(
                                        TlsBytes.changeCipherSpec(), TlsFlights.hiddenAlert()));
        shop.client.fin();
    }

    @Test
    void shouldReadThatACertificateHasExpired() {
        refuses12(TestCertificate.of(LONG_AGO, BEFORE, Shop.HOST), 42);

        shop.go(0.06, EXPIRED)
                .verdict()
                .is(Cause.TLS_CERTIFICATE_EXPIRED)
                .blames(Blame.SERVER)
                .in(Phase.TLS)
                .cites(flight, refusal)
                .hints(Shop.HOST, "2025-12-31")
                .sure();
    }

    @Test
    void shouldReadItWithoutTheClientsWordsToo() {
        refuses12(TestCertificate.of(LONG_AGO, BEFORE, Shop.HOST), 45);

        shop.go(0.06, "remote error").verdict().is(Cause.TLS_CERTIFICATE_EXPIRED);
    }

    @Test
    void shouldBlameTheClientForACertificateOfTheFuture() {
        refuses12(TestCertificate.of(AFTER, FAR, Shop.HOST), 42);

        shop.go(
                        0.06,
                        "tls: failed to verify certificate: x509: certificate has expired or is not"
                                + " yet valid: current time 2026-01-01T00:00:00Z is before"
                                + " 2026-01-02T00:00:00Z")
                .verdict()
                .is(Cause.TLS_CERTIFICATE_NOT_YET_VALID)
                .blames(Blame.CLIENT)
                .cites(flight, refusal)
                .hints("2026-01-02", "clock");
    }

    @Test
    void shouldReadThatNoNameCoversTheHost() {
        refuses12(TestCertificate.of(LONG_AGO, FAR, "www.example.net", "*.shop.example"), 42);

        shop.go(
                        0.06,
                        "tls: failed to verify certificate: x509: certificate is valid for"
                                + " www.example.net, *.shop.example, not shop.example")
                .verdict()
                .is(Cause.TLS_CERTIFICATE_NAME_MISMATCH)
                .blames(Blame.SERVER)
                .cites(flight, refusal)
                .hints(Shop.HOST, "www.example.net");
    }

    @Test
    void shouldCallAFaultlessCertificateUntrusted() {
        refuses12(TestCertificate.of(LONG_AGO, FAR, Shop.HOST), 48);

        shop.go(0.06, UNTRUSTED)
                .verdict()
                .is(Cause.TLS_CERTIFICATE_UNTRUSTED)
                .blames(Blame.SERVER)
                .cites(flight, refusal)
                .considered(Cause.TLS_CERTIFICATE_EXPIRED)
                .sure();
    }

    @Test
    void shouldPreferTheMoreSpecificFaultThatTheCertificateShows() {
        refuses12(TestCertificate.of(LONG_AGO, BEFORE, Shop.HOST), 46);

        shop.report(0.06, "javax.net.ssl.SSLHandshakeException: PKIX path building failed")
                .verdict()
                .is(Cause.TLS_CERTIFICATE_EXPIRED);
    }

    @Test
    void shouldInferFromTheClientsWordsInTls13() {
        refuses13();

        shop.go(0.06, EXPIRED)
                .verdict()
                .is(Cause.TLS_CERTIFICATE_EXPIRED)
                .blames(Blame.SERVER)
                .cites(refusal)
                .shows("inferred")
                .sure();
    }

    @Test
    void shouldInferDistrustInTls13() {
        refuses13();

        shop.go(0.06, UNTRUSTED)
                .verdict()
                .is(Cause.TLS_CERTIFICATE_UNTRUSTED)
                .blames(Blame.SERVER)
                .cites(refusal)
                .shows("inferred");
    }

    @Test
    void shouldInferANameMismatchInTls13() {
        refuses13();

        shop.report(
                        0.06,
                        "curl: (60) SSL: no alternative certificate subject name matches target host"
                                + " name 'shop.example'")
                .verdict()
                .is(Cause.TLS_CERTIFICATE_NAME_MISMATCH)
                .cites(refusal);
    }

    @Test
    void shouldInferFromACloseWithoutAnAlert() {
        shop.hello();
        flight = shop.server.after(Shop.TRIP).sends(TlsFlights.server13());
        TcpPacket close = shop.client.after(0.002).fin();

        shop.go(0.06, UNTRUSTED).verdict().is(Cause.TLS_CERTIFICATE_UNTRUSTED).cites(flight, close);
    }

    @Test
    void shouldInferWhereTheHandshakeWasFinishedBeforeTheCheck() {
        shop.secured();
        TcpPacket close = shop.client.after(0.001).sends(TlsFlights.hiddenAlert());
        shop.client.fin();

        shop.go(0.07, UNTRUSTED).verdict().is(Cause.TLS_CERTIFICATE_UNTRUSTED).cites(close);
    }

    @Test
    void shouldInferWhereTheCertificateWasCutOff() {
        refuses12(TestCertificate.of(LONG_AGO, BEFORE, Shop.HOST), 45);

        shop.go(0.06, EXPIRED).verdictWhenCutTo(128).is(Cause.TLS_CERTIFICATE_EXPIRED);
    }

    @Test
    void shouldNotAccuseACertificateThatTheClientAccepted() {
        shop.secured();
        TcpPacket request = shop.client.after(0.001).sends(TlsBytes.encrypted(300));
        shop.server.after(Shop.TRIP).acks();

        shop.go(10, "context deadline exceeded (Client.Timeout exceeded while awaiting headers)")
                .verdict()
                .is(Cause.HTTP_NO_RESPONSE)
                .cites(request);
    }

    @Test
    void shouldSurviveDamagedPackets() {
        refuses12(TestCertificate.of(LONG_AGO, BEFORE, Shop.HOST), 45);

        shop.go(0.06, EXPIRED).survivesDamage("ServerCertificateTest");
    }
}
