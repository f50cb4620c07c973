package io.netverdict.service.probe.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The roots that clients on this machine trust: Java's own and the system's bundle, into which an
 * administrator puts his. Immutable.
 */
public final class TrustedRoots {
    private static final Logger LOG = LoggerFactory.getLogger(TrustedRoots.class);

    /** Debian's, Fedora's and Alpine's, the first that is there. */
    private static final List<Path> BUNDLES =
            List.of(
                    Path.of("/etc/ssl/certs/ca-certificates.crt"),
                    Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
                    Path.of("/etc/ssl/cert.pem"));

    private final Set<X509Certificate> certificates;
    private final Set<TrustAnchor> anchors = new LinkedHashSet<>();

    private TrustedRoots(Set<X509Certificate> certificates) {
        this.certificates = Set.copyOf(certificates);
        this.certificates.forEach(root -> anchors.add(new TrustAnchor(root, null)));
    }

    /** Some roots. */
    public static TrustedRoots of(Set<X509Certificate> roots) {
        return new TrustedRoots(roots);
    }

    /** Those of this machine as they are now; takes some 50 ms. */
    public static TrustedRoots ofThisMachine() {
        Set<X509Certificate> roots = new LinkedHashSet<>();
        try {
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    roots.addAll(List.of(x509.getAcceptedIssuers()));
                }
            }
        } catch (GeneralSecurityException e) {
            LOG.warn("Java's trust store cannot be read: {}", e.getMessage());
        }
        BUNDLES.stream().filter(Files::isReadable).findFirst().ifPresent(b -> read(b, roots));
        return new TrustedRoots(roots);
    }

    private static void read(Path bundle, Set<X509Certificate> roots) {
        try (InputStream in = Files.newInputStream(bundle)) {
            CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast)
                    .forEach(roots::add);
        } catch (IOException | CertificateException e) {
            LOG.warn("{} cannot be read: {}", bundle, e.getMessage());
        }
    }

    Set<TrustAnchor> anchors() {
        return anchors;
    }

    Set<X509Certificate> certificates() {
        return certificates;
    }
}
