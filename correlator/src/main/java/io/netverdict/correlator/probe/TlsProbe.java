package io.netverdict.correlator.probe;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.correlator.tls.CertificateInfo;
import java.util.List;

/**
 * A TLS handshake made to read the server's certificates; without a client certificate.
 *
 * @param target that was connected to: the server, or the proxy whose tunnel was used
 * @param serverName sent as SNI and looked for in the certificate
 * @param reply {@link Reply#ANSWERED} where certificates came
 * @param version for example {@code TLSv1.3}; null where none was agreed on
 * @param cipherSuite null where none was agreed on
 * @param applicationProtocol of ALPN; null where none was chosen
 * @param chain as sent, the server's own first; empty where none came
 * @param faults of the chain; empty where it is in order
 * @param trust in words what the chain leads to, or lacks
 * @param clientCertificateWanted whether the server asked for one
 */
public record TlsProbe(
        Endpoint target,
        String serverName,
        ProbeTime time,
        Reply reply,
        String version,
        String cipherSuite,
        String applicationProtocol,
        List<CertificateInfo> chain,
        List<CertificateFault> faults,
        String trust,
        boolean clientCertificateWanted,
        String problem)
        implements ProbeResult {
    public TlsProbe {
        chain = List.copyOf(chain);
        faults = List.copyOf(faults);
    }
}
