package io.netverdict.correlator.tls;

import java.util.Locale;

/** What an alert says (RFC 8446 section 6, RFC 5246 section 7.2, older and later ones). */
public enum TlsAlertDescription {
    CLOSE_NOTIFY(0),
    UNEXPECTED_MESSAGE(10),
    BAD_RECORD_MAC(20),
    DECRYPTION_FAILED(21),
    RECORD_OVERFLOW(22),
    DECOMPRESSION_FAILURE(30),
    HANDSHAKE_FAILURE(40),
    NO_CERTIFICATE(41),
    BAD_CERTIFICATE(42),
    UNSUPPORTED_CERTIFICATE(43),
    CERTIFICATE_REVOKED(44),
    CERTIFICATE_EXPIRED(45),
    CERTIFICATE_UNKNOWN(46),
    ILLEGAL_PARAMETER(47),
    UNKNOWN_CA(48),
    ACCESS_DENIED(49),
    DECODE_ERROR(50),
    DECRYPT_ERROR(51),
    TOO_MANY_CIDS_REQUESTED(52),
    EXPORT_RESTRICTION(60),
    PROTOCOL_VERSION(70),
    INSUFFICIENT_SECURITY(71),
    INTERNAL_ERROR(80),
    INAPPROPRIATE_FALLBACK(86),
    USER_CANCELED(90),
    NO_RENEGOTIATION(100),
    MISSING_EXTENSION(109),
    UNSUPPORTED_EXTENSION(110),
    CERTIFICATE_UNOBTAINABLE(111),
    UNRECOGNIZED_NAME(112),
    BAD_CERTIFICATE_STATUS_RESPONSE(113),
    BAD_CERTIFICATE_HASH_VALUE(114),
    UNKNOWN_PSK_IDENTITY(115),
    CERTIFICATE_REQUIRED(116),
    GENERAL_ERROR(117),
    NO_APPLICATION_PROTOCOL(120),
    ECH_REQUIRED(121),
    /** Any other number. */
    UNKNOWN(-1);

    private final int code;

    TlsAlertDescription(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public static TlsAlertDescription of(int code) {
        for (TlsAlertDescription description : values()) {
            if (description.code == code) {
                return description;
            }
        }
        return UNKNOWN;
    }

    /** As the RFC writes it, with its number: {@code handshake_failure(40)}. */
    public static String name(int code) {
        return of(code).name().toLowerCase(Locale.ROOT) + "(" + code + ")";
    }
}
