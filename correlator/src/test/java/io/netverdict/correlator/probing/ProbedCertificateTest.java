package io.netverdict.correlator.probing;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.probe.CertificateFault;
import io.netverdict.correlator.probe.TlsProbe;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.Probed;
import io.netverdict.correlator.testing.ReportScript;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import io.netverdict.correlator.testing.TestCertificate;
import io.netverdict.correlator.testing.TlsBytes;
import io.netverdict.correlator.testing.TlsFlights;
import io.netverdict.correlator.tls.CertificateInfo;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code tls.certificate-*} over TLS 1.3, where the request's own certificate is encrypted. Scripts
 * run on 2026-01-01.
 */
class ProbedCertificateTest {
    private static final String HOST = "shop.example";
    private static final String SERVER = "192.0.2.7:443";
    private static final String OPEN_WORDS = "tls: handshake failure";
    private static final String UNTRUSTED =
            "tls: failed to verify certificate: x509: certificate signed by unknown authority";
    private static final Instant LONG_AGO = Instant.parse("2024-06-01T00:00:00Z");
    private static final Instant BEFORE = Instant.parse("2025-12-31T00:00:00Z");
    private static final Instant AFTER = Instant.parse("2026-01-02T00:00:00Z");
    private static final Instant FAR = Instant.parse("2027-06-01T00:00:00Z");

    private final PacketScript script = new PacketScript();
    private final TcpScript tcp = script.tcp("10.0.0.1:40000", SERVER);
    private TcpPacket refusal;

    private ReportScript failed(double seconds, String why) {
        return script.error("Get \"https://shop.example/\": " + why)
                .url("https://shop.example/")
                .remote(SERVER)
                .between(0, seconds);
    }

    private void hello() {
        tcp.opens(0, 0.02);
        tcp.client().after(0.001).sends(TlsBytes.clientHello(HOST, 517));
    }

    /** An encrypted alert right after the server's flight: why, packets do not tell. */
    private ReportScript refuses13(String why) {
        hello();
        tcp.server().after(0.02).sends(TlsFlights.server13());
        refusal =
                tcp.client()
                        .after(0.002)
                        .sends(
                                TlsBytes.join(
                                        TlsBytes.changeCipherSpec(), TlsFlights.hiddenAlert()));
        tcp.client().fin();
        return failed(0.06, why);
    }

    private static TlsProbe shown(CertificateFault fault) {
        boolean late = fault == CertificateFault.EXPIRED;
        boolean early = fault == CertificateFault.NOT_YET_VALID;
        String name = fault == CertificateFault.WRONG_NAME ? "www.example.net" : HOST;
        CertificateInfo certificate =
                new CertificateInfo(
                        "CN=" + name,
                        "CN=Example Issuing CA",
                        List.of(name),
                        List.of(),
                        early ? AFTER : LONG_AGO,
                        late ? BEFORE : FAR,
                        false,
                        false);
        return Probed.tls(SERVER, HOST, certificate, "leads to no known root", fault);
    }

    private static TlsProbe shownInOrder() {
        CertificateInfo certificate =
                new CertificateInfo(
                        "CN=" + HOST,
                        "CN=Example Issuing CA",
                        List.of(HOST),
                        List.of(),
                        LONG_AGO,
                        FAR,
                        false,
                        false);
        return Probed.tls(SERVER, HOST, certificate, "trusted root CN=Example Root");
    }

    @ParameterizedTest
    @CsvSource({
        "EXPIRED, has expired on 2025-12-31, is expired: valid",
        "NOT_YET_VALID, is not valid before 2026-01-02, is not yet valid: valid",
        "WRONG_NAME, 'does not cover shop.example, only www.example.net', is wrong name",
        "UNKNOWN_ISSUER, has an unknown issuer: CN=Example Issuing CA, is unknown issuer",
        "MISSING_INTERMEDIATE, does not send the intermediate, is missing intermediate",
        "SELF_SIGNED, is self-signed, is self signed",
    })
    void shouldTellFaultsApartThatTls13Hides(CertificateFault fault, String hint, String fact) {
        refuses13(OPEN_WORDS)
                .probes(shown(fault))
                .verdict()
                .is(fault.cause())
                .in(Phase.TLS)
                .cites(refusal)
                .hints(hint)
                .shows("probe: " + SERVER + " shows a certificate that " + fact)
                .sure();
    }

    @Test
    void shouldSayWhatIsBehindAClientsDistrust() {
        refuses13(UNTRUSTED)
                .probes(shown(CertificateFault.EXPIRED))
                .verdict()
                .is(Cause.TLS_CERTIFICATE_EXPIRED)
                .blames(Blame.SERVER)
                .in(Phase.TLS)
                .cites(refusal)
                .sure();
    }

    @Test
    void shouldConfirmWhatTheClientSaid() {
        refuses13(UNTRUSTED)
                .probes(shown(CertificateFault.UNKNOWN_ISSUER))
                .verdict()
                .is(Cause.TLS_CERTIFICATE_UNTRUSTED)
                .cites(refusal)
                .shows("leads to no known root")
                .sure();
    }

    @Test
    void shouldSayThatTheCertificateIsInOrderNow() {
        refuses13(UNTRUSTED)
                .probes(shownInOrder())
                .verdict()
                .is(Cause.TLS_CERTIFICATE_UNTRUSTED)
                .shows("probe: the certificate shown now is in order for this machine");
    }

    @Test
    void shouldReadTheRequestsOwnCertificateRatherThanTheProbes() {
        hello();
        tcp.server()
                .after(0.02)
                .sends(TlsFlights.server12(TestCertificate.of(LONG_AGO, BEFORE, HOST)));
        refusal = tcp.client().after(0.002).sends(TlsBytes.alert(TlsBytes.ALERT_FATAL, 45));
        tcp.client().fin();

        failed(0.06, OPEN_WORDS)
                .probes(shown(CertificateFault.WRONG_NAME))
                .verdict()
                .is(Cause.TLS_CERTIFICATE_EXPIRED)
                .cites(refusal)
                .showsNothingOf("probe: ");
    }

    @Test
    void shouldNotAccuseACertificateThatTheClientAccepted() {
        hello();
        tcp.server().after(0.02).streams(TlsFlights.server13());
        tcp.client().after(0.001).sends(TlsFlights.clientFinish13());
        TcpPacket request = tcp.client().after(0.001).sends(TlsBytes.encrypted(300));
        tcp.server().after(0.02).acks();

        failed(10, "context deadline exceeded")
                .probes(shown(CertificateFault.UNKNOWN_ISSUER))
                .verdict()
                .is(Cause.HTTP_NO_RESPONSE)
                .cites(request);
    }

    @Test
    void shouldInferAsWithoutAProbeWhereItSawNoCertificate() {
        refuses13(UNTRUSTED)
                .probes(Probed.tlsUnanswered(SERVER, HOST))
                .verdict()
                .is(Cause.TLS_CERTIFICATE_UNTRUSTED)
                .shows("inferred")
                .showsNothingOf("probe: ");
    }

    @Test
    void shouldTakeNoNoticeOfACertificateForAnotherName() {
        TlsProbe other =
                Probed.tls(
                        SERVER,
                        "other.example",
                        shown(CertificateFault.EXPIRED).chain().get(0),
                        "leads to no known root",
                        CertificateFault.EXPIRED);

        refuses13(UNTRUSTED)
                .probes(other)
                .verdict()
                .is(Cause.TLS_CERTIFICATE_UNTRUSTED)
                .showsNothingOf("probe: ");
    }
}
