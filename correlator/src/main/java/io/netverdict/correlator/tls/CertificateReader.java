package io.netverdict.correlator.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads X.509 certificates that somebody sent; whatever is wrong with one gives none. */
public final class CertificateReader {
    private static final int SAN_DNS = 2;
    private static final int SAN_IP = 7;

    private CertificateReader() {}

    /** Reads one certificate in DER. */
    public static Optional<CertificateInfo> read(byte[] der) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            X509Certificate certificate =
                    (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
            return Optional.of(
                    new CertificateInfo(
                            certificate.getSubjectX500Principal().getName(),
                            certificate.getIssuerX500Principal().getName(),
                            names(certificate, SAN_DNS),
                            names(certificate, SAN_IP),
                            certificate.getNotBefore().toInstant(),
                            certificate.getNotAfter().toInstant(),
                            certificate
                                    .getSubjectX500Principal()
                                    .equals(certificate.getIssuerX500Principal()),
                            certificate.getBasicConstraints() >= 0));
        } catch (CertificateException | RuntimeException notACertificate) {
            // The JDK's parser is known to throw unchecked exceptions on hostile encodings too.
            return Optional.empty();
        }
    }

    private static List<String> names(X509Certificate certificate, int kind) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            if (all == null) {
                return names;
            }
            for (List<?> name : all) {
                if (name.get(0).equals(kind) && name.get(1) instanceof String text) {
                    names.add(text.toLowerCase(Locale.ROOT));
                }
            }
        } catch (CertificateParsingException unreadable) {
            // A certificate without readable names covers none.
        }
        return names;
    }
}
