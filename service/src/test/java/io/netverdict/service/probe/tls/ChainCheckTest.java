package io.netverdict.service.probe.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.correlator.probe.CertificateFault;
import io.netverdict.correlator.tls.CertificateInfo;
import io.netverdict.correlator.tls.CertificateReader;
import io.netverdict.service.lab.LabAuthority;
import io.netverdict.service.lab.LabIdentity;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChainCheckTest {
    private static final String HOST = "host.example";
    private static final Instant NOW = Instant.now();
    private static final Duration DAY = Duration.ofDays(1);
    private static final LabAuthority ROOT = LabAuthority.root("CN=Root, O=Known");
    private static final LabAuthority ISSUING = ROOT.intermediate("CN=Issuing, O=Known");

    private static ChainCheck.Opinion check(LabIdentity identity, String host) {
        TrustedRoots roots = TrustedRoots.of(Set.of(ROOT.certificate()));
        List<CertificateInfo> described =
                identity.chain().stream().map(ChainCheckTest::describe).toList();
        return new ChainCheck(roots).of(identity.chain(), described, host, NOW);
    }

    private static CertificateInfo describe(X509Certificate certificate) {
        try {
            return CertificateReader.read(certificate.getEncoded()).orElseThrow();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<CertificateFault> faults(LabIdentity identity) {
        return check(identity, HOST).faults();
    }

    @Test
    void shouldFindNothingWrongWithAChainThatIsInOrder() {
        ChainCheck.Opinion opinion = check(ISSUING.issue(HOST).sending(2), HOST);

        assertEquals(List.of(), opinion.faults());
        assertTrue(opinion.trust().contains("CN=Root"), opinion.trust());
    }

    @Test
    void shouldTellDatesApart() {
        assertEquals(
                List.of(CertificateFault.EXPIRED),
                faults(ISSUING.issue(HOST, NOW.minus(DAY), NOW.minusSeconds(1)).sending(2)));
        assertEquals(
                List.of(CertificateFault.NOT_YET_VALID),
                faults(ISSUING.issue(HOST, NOW.plusSeconds(60), NOW.plus(DAY)).sending(2)));
    }

    @Test
    void shouldMissANameThatIsNotCovered() {
        assertEquals(
                List.of(CertificateFault.WRONG_NAME),
                check(ISSUING.issue(HOST).sending(2), "other.example").faults());
        assertEquals(
                List.of(CertificateFault.WRONG_NAME),
                check(ISSUING.issue(HOST).sending(2), "192.0.2.1").faults());
    }

    @Test
    void shouldTellAMissingIntermediateFromAnUnknownRoot() {
        LabAuthority foreign = LabAuthority.root("CN=Foreign, O=Unknown");

        assertEquals(
                List.of(CertificateFault.MISSING_INTERMEDIATE),
                faults(ISSUING.issue(HOST).sending(1)));
        assertEquals(
                List.of(CertificateFault.UNKNOWN_ISSUER), faults(foreign.issue(HOST).sending(2)));
        assertEquals(
                List.of(CertificateFault.UNKNOWN_ISSUER), faults(foreign.issue(HOST).sending(1)));
    }

    @Test
    void shouldNotTakeAForgedIssuerForTheRealOne() {
        LabAuthority forged = LabAuthority.root("CN=Root, O=Known");

        assertEquals(List.of(CertificateFault.OTHER), faults(forged.issue(HOST).sending(1)));
    }

    @Test
    void shouldNameEveryFaultOfACertificate() {
        LabAuthority foreign = LabAuthority.root("CN=Foreign, O=Unknown");
        LabIdentity late = foreign.issue("other.example", NOW.minus(DAY), NOW.minusSeconds(1));

        assertEquals(
                List.of(
                        CertificateFault.EXPIRED,
                        CertificateFault.WRONG_NAME,
                        CertificateFault.UNKNOWN_ISSUER),
                faults(late));
    }
}
