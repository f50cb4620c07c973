package io.netverdict.correlator.tls;

import java.time.Instant;
import java.util.List;

/**
 * What decides whether a client accepts a certificate.
 *
 * @param subject distinguished name, RFC 2253 form
 * @param issuer distinguished name, RFC 2253 form
 * @param dnsNames of the subject alternative names, lower case, wildcards as they are
 * @param ipNames addresses among the subject alternative names, as text
 * @param notBefore first moment of validity
 * @param notAfter last moment of validity
 * @param selfSigned whether subject and issuer are the same
 * @param ca whether it may sign others
 */
public record CertificateInfo(
        String subject,
        String issuer,
        List<String> dnsNames,
        List<String> ipNames,
        Instant notBefore,
        Instant notAfter,
        boolean selfSigned,
        boolean ca) {
    public CertificateInfo {
        dnsNames = List.copyOf(dnsNames);
        ipNames = List.copyOf(ipNames);
    }
}
