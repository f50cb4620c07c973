package io.netverdict.correlator.probing;

import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.probe.CertificateFault;
import io.netverdict.correlator.probe.TlsProbe;
import io.netverdict.correlator.rules.ConnectionCase;
import io.netverdict.correlator.rules.HandshakeRefusal;
import io.netverdict.correlator.session.TlsSession;
import io.netverdict.correlator.story.RequestStory;
import io.netverdict.correlator.story.RequestStory.Attempt;
import io.netverdict.correlator.tls.CertificateInfo;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The certificate that a probe was shown, where the request's own is encrypted (TLS 1.3) or was cut
 * off. One that the packets show goes before it.
 */
final class ProbedCertificate implements ProbeWeigher {
    private static final double CONFIRMED = 0.97;
    private static final double TOLD_APART = 0.95;
    private static final double SUSPECTED = 0.9;
    private static final double GONE = 0.85;
    private static final int MAX_NAMES = 3;
    private static final int MAX_NAME_LENGTH = 48;
    private static final int MAX_HINT_LENGTH = 160;

    @Override
    public Finding weigh(Finding finding, Attempt attempt, RequestStory story) {
        if (attempt == null || !finding.cause().code().startsWith("tls.certificate-")) {
            return finding;
        }
        Optional<TlsProbe> probed = probe(attempt, story);
        if (probed.isEmpty() || isVisible(attempt.connection())) {
            return finding;
        }
        TlsProbe probe = probed.get();
        if (probe.faults().isEmpty()) {
            return Probing.with(
                            finding,
                            "the certificate shown now is in order for this machine ("
                                    + probe.trust()
                                    + ", valid until "
                                    + probe.chain().get(0).notAfter()
                                    + "): it was replaced, or the client's clock or trust store"
                                    + " differs")
                    .withStrength(GONE * finding.strength());
        }
        Optional<CertificateFault> same =
                probe.faults().stream().filter(f -> f.cause() == finding.cause()).findFirst();
        if (same.isPresent()) {
            return Probing.with(finding, words(probe, same.get()))
                    .withStrength(Math.max(CONFIRMED, finding.strength()));
        }
        CertificateFault first = probe.faults().get(0);
        if (finding.cause() != Cause.TLS_CERTIFICATE_UNTRUSTED) {
            return Probing.with(finding, words(probe, first))
                    .withStrength(GONE * finding.strength());
        }
        // "Not trusted" is what a client says of any fault; the probe knows which.
        return Finding.of(first.cause())
                .strength(TOLD_APART)
                .decidedAt(finding.decidedNanos())
                .hint(hint(probe, first))
                .detail(detail())
                .build()
                .withEvidence(finding.evidence())
                .withEvidence(List.of(Probing.evidence(words(probe, first))));
    }

    @Override
    public Optional<Finding> find(Attempt attempt, RequestStory story) {
        ConnectionCase c = attempt.connection();
        Optional<TlsProbe> probe = probe(attempt, story).filter(p -> !p.faults().isEmpty());
        Optional<TlsSession> tls = c.tls();
        if (probe.isEmpty() || tls.isEmpty() || isVisible(c)) {
            return Optional.empty();
        }
        HandshakeRefusal refusal = HandshakeRefusal.of(c, tls.get(), true);
        boolean served = tls.get().serverHello().isPresent();
        if (refusal == null || !served || refusal.nanos() > c.deadlineNanos()) {
            return Optional.empty();
        }
        CertificateFault fault = probe.get().faults().get(0);
        return Optional.of(
                Finding.of(fault.cause())
                        .strength(SUSPECTED)
                        .decidedAt(refusal.nanos())
                        .hint(hint(probe.get(), fault))
                        .detail(detail())
                        .evidencePacket(refusal.text(), refusal.packet())
                        .build()
                        .withEvidence(List.of(Probing.evidence(words(probe.get(), fault)))));
    }

    private static String detail() {
        return "The certificate of the request itself is encrypted (TLS 1.3) or was cut off: that"
                + " the client gave up right after the server's flight is seen, what is wrong"
                + " with the certificate was read by a probe afterwards.";
    }

    /** Whether the request's own packets show the certificate. */
    private static boolean isVisible(ConnectionCase c) {
        return c.tls()
                .flatMap(TlsSession::serverCertificate)
                .map(message -> !message.chain().isEmpty())
                .orElse(false);
    }

    private static Optional<TlsProbe> probe(Attempt attempt, RequestStory story) {
        ConnectionCase c = attempt.connection();
        Optional<String> name =
                c.tls().flatMap(TlsSession::clientHello).map(hello -> hello.serverName());
        return story.probes()
                .of(TlsProbe.class)
                .filter(p -> p.target().equals(c.tcp().server()) && !p.chain().isEmpty())
                .filter(p -> name.isEmpty() || name.get().equalsIgnoreCase(p.serverName()))
                .findFirst();
    }

    private static String hint(TlsProbe probe, CertificateFault fault) {
        CertificateInfo leaf = probe.chain().get(0);
        String whose = "the certificate of " + probe.serverName();
        return cut(
                switch (fault) {
                    case EXPIRED ->
                            whose
                                    + " has expired"
                                    + late(probe).map(c -> " on " + c.notAfter()).orElse("");
                    case NOT_YET_VALID ->
                            whose
                                    + " is not valid before "
                                    + leaf.notBefore()
                                    + ": check the client's clock";
                    case WRONG_NAME ->
                            "the certificate of "
                                    + probe.target()
                                    + " does not cover "
                                    + probe.serverName()
                                    + ", only "
                                    + names(leaf);
                    case SELF_SIGNED -> whose + " is self-signed and not trusted";
                    case MISSING_INTERMEDIATE ->
                            "the server of "
                                    + probe.serverName()
                                    + " does not send the intermediate certificate "
                                    + shorten(leaf.issuer());
                    case UNKNOWN_ISSUER ->
                            whose + " has an unknown issuer: " + shorten(leaf.issuer());
                    case OTHER -> whose + " is refused: " + probe.trust();
                });
    }

    private static String cut(String hint) {
        return hint.length() <= MAX_HINT_LENGTH
                ? hint
                : hint.substring(0, MAX_HINT_LENGTH - 1) + "…";
    }

    /** The certificate of the chain that ended first. */
    private static Optional<CertificateInfo> late(TlsProbe probe) {
        return probe.chain().stream()
                .min(java.util.Comparator.comparing(CertificateInfo::notAfter));
    }

    private static String words(TlsProbe probe, CertificateFault fault) {
        CertificateInfo leaf = probe.chain().get(0);
        String all =
                probe.faults().stream()
                        .map(CertificateFault::word)
                        .collect(Collectors.joining(", "));
        String what =
                switch (fault) {
                    case EXPIRED, NOT_YET_VALID ->
                            "valid " + leaf.notBefore() + " to " + leaf.notAfter();
                    case WRONG_NAME -> "for " + names(leaf);
                    default -> "issued by " + shorten(leaf.issuer()) + "; " + probe.trust();
                };
        return String.format(
                Locale.ROOT,
                "%s shows a certificate that is %s: %s (%s sent)",
                probe.target(),
                all,
                what,
                probe.chain().size() == 1
                        ? "1 certificate"
                        : probe.chain().size() + " certificates");
    }

    private static String names(CertificateInfo leaf) {
        List<String> all = new java.util.ArrayList<>(leaf.dnsNames());
        all.addAll(leaf.ipNames());
        return all.isEmpty()
                ? shorten(leaf.subject())
                : String.join(", ", all.subList(0, Math.min(MAX_NAMES, all.size())));
    }

    private static String shorten(String text) {
        return text.length() <= MAX_NAME_LENGTH
                ? text
                : text.substring(0, MAX_NAME_LENGTH - 1) + "…";
    }
}
