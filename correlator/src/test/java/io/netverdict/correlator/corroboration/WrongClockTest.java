package io.netverdict.correlator.corroboration;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.ReportScript;
import io.netverdict.correlator.testing.TcpScript;
import io.netverdict.correlator.testing.TestCertificate;
import io.netverdict.correlator.testing.TlsBytes;
import io.netverdict.correlator.testing.TlsFlights;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * A clock that peers contradict beside a certificate out of its time. Scripts run on 2026-01-01.
 */
class WrongClockTest {
    private static final String COLLECTED = "\"collectedAt\":\"2026-11-23T11:00:00Z\",";

    private final PacketScript script = new PacketScript();

    /** TLS 1.2, where the certificate can be read. */
    private ReportScript refused(String notBefore, String notAfter) {
        TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.2:443");
        byte[] certificate =
                TestCertificate.of(Instant.parse(notBefore), Instant.parse(notAfter), "a.example");
        tcp.opens(0, 0.02);
        tcp.client().after(0.001).sends(TlsBytes.clientHello("a.example", 517));
        tcp.server().after(0.02).sends(TlsFlights.server12(certificate));
        tcp.client().after(0.002).sends(TlsBytes.alert(TlsBytes.ALERT_FATAL, 42));
        tcp.client().fin();
        return script.error("tls: bad certificate").url("https://a.example/").between(0, 0.06);
    }

    private ReportScript ofTheFuture() {
        return refused("2026-01-02T00:00:00Z", "2027-01-01T00:00:00Z");
    }

    private ReportScript expired() {
        return refused("2024-01-01T00:00:00Z", "2025-12-31T00:00:00Z");
    }

    private static String clockOff(long days) {
        return "{"
                + COLLECTED
                + "\"clock\":{\"synchronised\":false,\"offsetSeconds\":"
                + days * 86_400
                + ",\"offsetFrom\":\"the Date of 10.0.0.2:80\"}}";
    }

    @Test
    void shouldBlameAClockThatIsBehindForACertificateOfTheFuture() {
        ofTheFuture()
                .context(clockOff(-3))
                .verdict()
                .is(Cause.TLS_CERTIFICATE_NOT_YET_VALID)
                .blames(Blame.CLIENT)
                .shows("this machine's clock is 3 days behind the Date of 10.0.0.2:80")
                .shows("context: the kernel says its clock is not synchronised")
                .sure();
    }

    @Test
    void shouldTellThatAClockIsAheadOfACertificateThatItCallsExpired() {
        expired()
                .context(clockOff(3))
                .verdict()
                .is(Cause.TLS_CERTIFICATE_EXPIRED)
                .shows("this machine's clock is 3 days ahead of the Date of 10.0.0.2:80");
    }

    @Test
    void shouldNotAccuseAClockThatIsBehindOfAnExpiredCertificate() {
        expired()
                .context(clockOff(-3))
                .verdict()
                .is(Cause.TLS_CERTIFICATE_EXPIRED)
                .blames(Blame.SERVER)
                .showsNothingOf("context: ");
    }
}
