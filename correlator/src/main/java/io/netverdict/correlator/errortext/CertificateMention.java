package io.netverdict.correlator.errortext;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the text says of the server's certificate.
 *
 * @param checkedAt the client's clock when it checked
 * @param notAfter end of validity
 * @param notBefore begin of validity
 * @param names names the certificate covers
 */
public record CertificateMention(
        Optional<Instant> checkedAt,
        Optional<Instant> notAfter,
        Optional<Instant> notBefore,
        List<String> names) {

    public CertificateMention {
        names = List.copyOf(names);
    }
}
