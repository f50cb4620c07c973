package io.netverdict.correlator.rules;

import io.netverdict.correlator.errortext.Complaint;
import io.netverdict.correlator.finding.Assessment;
import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.finding.Rejection;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.session.TlsSession;
import io.netverdict.correlator.tls.CertificateInfo;
import io.netverdict.correlator.tls.CertificateNames;
import io.netverdict.correlator.tls.TlsRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code tls.certificate-*}: the client abandons the handshake over the server's certificate.
 *
 * <p>Up to TLS 1.2 the certificate is read; in TLS 1.3 it is encrypted, and the abandoned handshake
 * together with the client's words decides.
 */
public final class ServerCertificateRule implements ConnectionRule {
    @Override
    public List<Assessment> assess(ConnectionCase c) {
        if (c.tls().isEmpty() || c.tls().get().server().records().isEmpty()) {
            return List.of();
        }
        TlsSession tls = c.tls().get();
        boolean complains =
                c.question().facts().complaints().stream().anyMatch(Complaint::isCertificate);
        HandshakeRefusal refusal = HandshakeRefusal.of(c, tls, complains);
        if (refusal == null) {
            return List.of();
        }
        Optional<Cause> told = told(c);
        Optional<CertificateInfo> leaf =
                tls.serverCertificate().flatMap(m -> m.chain().stream().findFirst());
        Instant now =
                Instant.ofEpochSecond(
                        refusal.nanos() / 1_000_000_000L, refusal.nanos() % 1_000_000_000L);
        List<Cause> seen = leaf.map(l -> faults(l, now, c)).orElse(List.of());
        Cause cause;
        double strength;
        boolean certain = refusal.certificateAlert();
        if (told.isPresent() && (leaf.isEmpty() || seen.isEmpty() || seen.contains(told.get()))) {
            cause = told.get();
            strength = leaf.isPresent() && seen.contains(cause) ? 0.98 : 0.94;
        } else if (!seen.isEmpty()) {
            cause = seen.get(0);
            strength = certain || told.isPresent() ? 0.95 : 0.7;
        } else if (certain || c.question().says(Complaint.CERTIFICATE_OTHER)) {
            cause = Cause.TLS_CERTIFICATE_UNTRUSTED;
            strength = leaf.isPresent() ? 0.93 : 0.75;
        } else {
            return List.of();
        }
        List<Assessment> assessments = new ArrayList<>();
        assessments.add(finding(c, tls, refusal, cause, strength, leaf));
        if (leaf.isPresent() && cause == Cause.TLS_CERTIFICATE_UNTRUSTED) {
            assessments.add(
                    new Rejection(
                            Cause.TLS_CERTIFICATE_EXPIRED,
                            "the certificate is valid until " + leaf.get().notAfter()));
        }
        return assessments;
    }

    private static Finding finding(
            ConnectionCase c,
            TlsSession tls,
            HandshakeRefusal refusal,
            Cause cause,
            double strength,
            Optional<CertificateInfo> leaf) {
        String host =
                tls.clientHello()
                        .map(h -> h.serverName())
                        .orElseGet(() -> c.question().hostForText());
        String hint =
                switch (cause) {
                    case TLS_CERTIFICATE_EXPIRED ->
                            "the certificate of "
                                    + host
                                    + " has expired"
                                    + leaf.map(l -> " on " + l.notAfter()).orElse("");
                    case TLS_CERTIFICATE_NOT_YET_VALID ->
                            "the certificate of "
                                    + host
                                    + " is not valid yet"
                                    + leaf.map(l -> " (from " + l.notBefore() + ")").orElse("")
                                    + ": check the client's clock";
                    case TLS_CERTIFICATE_NAME_MISMATCH ->
                            "the certificate of "
                                    + c.peer()
                                    + " does not cover "
                                    + host
                                    + leaf.map(l -> ", only " + names(l)).orElse("");
                    default ->
                            "the client does not trust the certificate of "
                                    + host
                                    + leaf.map(l -> ", issued by " + shorten(l.issuer()))
                                            .orElse("");
                };
        Finding.Builder finding =
                Finding.of(cause)
                        .strength(strength)
                        .decidedAt(refusal.nanos())
                        .hint(hint)
                        .detail(
                                leaf.isPresent()
                                        ? "The certificate is visible: subject "
                                                + leaf.get().subject()
                                                + ", issuer "
                                                + leaf.get().issuer()
                                                + ", valid "
                                                + leaf.get().notBefore()
                                                + " to "
                                                + leaf.get().notAfter()
                                                + "."
                                        : "The certificate itself is encrypted (TLS 1.3) or was cut off; that"
                                                + " the client gave up right after the server's flight is"
                                                + " seen, the reason is the client's own word.");
        if (leaf.isPresent()) {
            finding.evidencePacket(
                    "the server's certificate: "
                            + leaf.get().notBefore()
                            + " to "
                            + leaf.get().notAfter()
                            + ", names "
                            + names(leaf.get()),
                    tls.serverCertificate().get().record().first());
        } else {
            finding.evidencePackets(
                    "the server's flight, its certificate not visible (inferred)",
                    tls.server().records().stream().map(TlsRecord::first).limit(4).toList());
        }
        finding.evidencePacket(refusal.text(), refusal.packet());
        return finding.build();
    }

    private static String names(CertificateInfo leaf) {
        List<String> all = new ArrayList<>(leaf.dnsNames());
        all.addAll(leaf.ipNames());
        return all.isEmpty()
                ? shorten(leaf.subject())
                : String.join(", ", all.subList(0, Math.min(3, all.size())));
    }

    private static String shorten(String text) {
        return text.length() <= 48 ? text : text.substring(0, 47) + "…";
    }

    /** What is wrong with a certificate by itself, at a moment and for the host asked. */
    private static List<Cause> faults(CertificateInfo leaf, Instant now, ConnectionCase c) {
        List<Cause> faults = new ArrayList<>();
        if (now.isAfter(leaf.notAfter())) {
            faults.add(Cause.TLS_CERTIFICATE_EXPIRED);
        }
        if (now.isBefore(leaf.notBefore())) {
            faults.add(Cause.TLS_CERTIFICATE_NOT_YET_VALID);
        }
        Optional<String> host =
                c.tls()
                        .flatMap(t -> t.clientHello())
                        .map(h -> h.serverName())
                        .or(() -> c.question().hosts().stream().findFirst());
        if (host.isPresent() && !CertificateNames.cover(leaf, host.get())) {
            faults.add(Cause.TLS_CERTIFICATE_NAME_MISMATCH);
        }
        return faults;
    }

    private static Optional<Cause> told(ConnectionCase c) {
        if (c.question().says(Complaint.CERTIFICATE_EXPIRED)) {
            return Optional.of(Cause.TLS_CERTIFICATE_EXPIRED);
        }
        if (c.question().says(Complaint.CERTIFICATE_NOT_YET_VALID)) {
            return Optional.of(Cause.TLS_CERTIFICATE_NOT_YET_VALID);
        }
        if (c.question().says(Complaint.CERTIFICATE_NAME_MISMATCH)) {
            return Optional.of(Cause.TLS_CERTIFICATE_NAME_MISMATCH);
        }
        return c.question().says(Complaint.CERTIFICATE_UNTRUSTED)
                ? Optional.of(Cause.TLS_CERTIFICATE_UNTRUSTED)
                : Optional.empty();
    }
}
