package io.netverdict.service.probe.tls;

import io.netverdict.correlator.probe.CertificateFault;
import io.netverdict.correlator.tls.CertificateInfo;
import io.netverdict.correlator.tls.CertificateNames;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/**
 * Says all that is wrong with a chain as it was sent: dates, name and trust each by itself, so that
 * one does not hide the other. Nothing is fetched: neither missing issuers nor revocation lists.
 */
final class ChainCheck {
    /** Authority information access (RFC 5280 section 4.2.2.1): where the issuer can be fetched. */
    private static final String ISSUER_ACCESS = "1.3.6.1.5.5.7.1.1";

    private static final Pattern ORGANIZATION = Pattern.compile("(?i)(?:^|,)O=([^,]+)");

    private final TrustedRoots roots;

    /**
     * What is wrong.
     *
     * @param faults none where the chain is in order
     * @param trust in words what it leads to or lacks
     */
    record Opinion(List<CertificateFault> faults, String trust) {}

    private record Trust(Optional<CertificateFault> fault, String words) {}

    ChainCheck(TrustedRoots roots) {
        this.roots = roots;
    }

    /**
     * Judges a chain.
     *
     * @param sent the server's own certificate first, not empty
     * @param described the same certificates
     * @param host name or address that was asked for
     */
    Opinion of(
            List<X509Certificate> sent, List<CertificateInfo> described, String host, Instant now) {
        List<CertificateFault> faults = new ArrayList<>();
        CertificateInfo leaf = described.get(0);
        boolean whollyInTime =
                described.stream()
                        .allMatch(c -> !now.isBefore(c.notBefore()) && !now.isAfter(c.notAfter()));
        if (!whollyInTime) {
            boolean expired = described.stream().anyMatch(c -> now.isAfter(c.notAfter()));
            faults.add(expired ? CertificateFault.EXPIRED : CertificateFault.NOT_YET_VALID);
        }
        if (!CertificateNames.cover(leaf, host)) {
            faults.add(CertificateFault.WRONG_NAME);
        }
        Trust trust = trust(sent, whollyInTime ? now : inside(described));
        trust.fault().ifPresent(faults::add);
        return new Opinion(faults, trust.words());
    }

    /** A moment at which all were valid, so that dates do not hide what else is wrong. */
    private static Instant inside(List<CertificateInfo> chain) {
        Instant from = chain.stream().map(CertificateInfo::notBefore).max(Instant::compareTo).get();
        Instant to = chain.stream().map(CertificateInfo::notAfter).min(Instant::compareTo).get();
        return from.isBefore(to) ? from.plusSeconds(1) : from;
    }

    private Trust trust(List<X509Certificate> sent, Instant at) {
        X509Certificate leaf = sent.get(0);
        String refusal;
        try {
            X509CertSelector selector = new X509CertSelector();
            selector.setCertificate(leaf);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(roots.anchors(), selector);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(sent)));
            PKIXCertPathBuilderResult path =
                    (PKIXCertPathBuilderResult)
                            CertPathBuilder.getInstance("PKIX").build(parameters);
            X509Certificate root = path.getTrustAnchor().getTrustedCert();
            return new Trust(Optional.empty(), "leads to " + name(root.getSubjectX500Principal()));
        } catch (GeneralSecurityException | RuntimeException e) {
            // No anchors at all are an unchecked exception.
            refusal = String.valueOf(e.getMessage());
        }
        List<X509Certificate> chain = inOrder(sent);
        X509Certificate last = chain.get(chain.size() - 1);
        X500Principal issuer = last.getIssuerX500Principal();
        if (issuer.equals(last.getSubjectX500Principal())) {
            return last == leaf
                    ? new Trust(Optional.of(CertificateFault.SELF_SIGNED), "its own issuer")
                    : new Trust(
                            Optional.of(CertificateFault.UNKNOWN_ISSUER),
                            "leads to " + name(issuer) + ", which is not trusted");
        }
        boolean issuerKnown =
                roots.certificates().stream()
                        .anyMatch(root -> root.getSubjectX500Principal().equals(issuer));
        if (issuerKnown) {
            return new Trust(Optional.of(CertificateFault.OTHER), refusal);
        }
        if (last.getExtensionValue(ISSUER_ACCESS) != null || isOfTrusted(issuer)) {
            return new Trust(
                    Optional.of(CertificateFault.MISSING_INTERMEDIATE),
                    "the certificate of the issuer "
                            + name(issuer)
                            + " is not sent; the server has to send it");
        }
        return new Trust(
                Optional.of(CertificateFault.UNKNOWN_ISSUER),
                "the issuer "
                        + name(issuer)
                        + " is neither trusted nor sent: an authority of somebody's own, or its"
                        + " certificate is missing");
    }

    /** The server's certificate and its issuers as far as they were sent. */
    private static List<X509Certificate> inOrder(List<X509Certificate> sent) {
        List<X509Certificate> chain = new ArrayList<>(List.of(sent.get(0)));
        Set<X509Certificate> left = new HashSet<>(sent);
        left.remove(sent.get(0));
        while (true) {
            X500Principal issuer = chain.get(chain.size() - 1).getIssuerX500Principal();
            Optional<X509Certificate> next =
                    left.stream()
                            .filter(c -> c.getSubjectX500Principal().equals(issuer))
                            .findFirst();
            if (next.isEmpty()) {
                return chain;
            }
            chain.add(next.get());
            left.remove(next.get());
        }
    }

    /** Whether a trusted root belongs to the same organization: then it is one of its own. */
    private boolean isOfTrusted(X500Principal issuer) {
        Optional<String> organization = organization(issuer);
        return organization.isPresent()
                && roots.certificates().stream()
                        .anyMatch(
                                root ->
                                        organization(root.getSubjectX500Principal())
                                                .equals(organization));
    }

    private static Optional<String> organization(X500Principal principal) {
        Matcher matcher = ORGANIZATION.matcher(principal.getName());
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }

    private static String name(X500Principal principal) {
        return principal.getName();
    }
}
