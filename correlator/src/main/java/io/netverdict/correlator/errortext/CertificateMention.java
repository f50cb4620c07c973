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

    /** Where the text says nothing of it. */
    static final CertificateMention NONE =
            new CertificateMention(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    public CertificateMention {
        names = List.copyOf(names);
    }
}
