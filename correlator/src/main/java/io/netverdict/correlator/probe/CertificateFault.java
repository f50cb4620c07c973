package io.netverdict.correlator.probe;

import io.netverdict.correlator.model.Cause;

/** What is wrong with a certificate chain, for this machine's trust store and clock. */
public enum CertificateFault {
    EXPIRED(Cause.TLS_CERTIFICATE_EXPIRED),
    NOT_YET_VALID(Cause.TLS_CERTIFICATE_NOT_YET_VALID),
    /** No name in it covers the host. */
    WRONG_NAME(Cause.TLS_CERTIFICATE_NAME_MISMATCH),
    /** The server's certificate is its own issuer. */
    SELF_SIGNED(Cause.TLS_CERTIFICATE_UNTRUSTED),
    /**
     * The chain is not whole: the server does not send a certificate that leads to a known root.
     */
    MISSING_INTERMEDIATE(Cause.TLS_CERTIFICATE_UNTRUSTED),
    /** The chain leads to an issuer that is not trusted. */
    UNKNOWN_ISSUER(Cause.TLS_CERTIFICATE_UNTRUSTED),
    /** Another reason to refuse it: signature, key usage, weak algorithm. */
    OTHER(Cause.TLS_CERTIFICATE_UNTRUSTED);

    private final Cause cause;

    CertificateFault(Cause cause) {
        this.cause = cause;
    }

    /** The catalogue's cause for it. */
    public Cause cause() {
        return cause;
    }

    /** The word for people and JSON. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
