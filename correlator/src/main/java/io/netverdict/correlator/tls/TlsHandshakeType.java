package io.netverdict.correlator.tls;

import java.util.Locale;

/** Handshake message types (IANA, TLS HandshakeType). */
public enum TlsHandshakeType {
    HELLO_REQUEST(0),
    CLIENT_HELLO(1),
    SERVER_HELLO(2),
    HELLO_VERIFY_REQUEST(3),
    NEW_SESSION_TICKET(4),
    END_OF_EARLY_DATA(5),
    ENCRYPTED_EXTENSIONS(8),
    CERTIFICATE(11),
    SERVER_KEY_EXCHANGE(12),
    CERTIFICATE_REQUEST(13),
    SERVER_HELLO_DONE(14),
    CERTIFICATE_VERIFY(15),
    CLIENT_KEY_EXCHANGE(16),
    FINISHED(20),
    CERTIFICATE_URL(21),
    CERTIFICATE_STATUS(22),
    SUPPLEMENTAL_DATA(23),
    KEY_UPDATE(24),
    COMPRESSED_CERTIFICATE(25),
    /** NPN, which was never standardised. */
    NEXT_PROTOCOL(67),
    MESSAGE_HASH(254),
    /** Any other number. */
    UNKNOWN(-1);

    private final int code;

    TlsHandshakeType(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public static TlsHandshakeType of(int code) {
        for (TlsHandshakeType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        return UNKNOWN;
    }

    /** As the RFC writes it: {@code client_hello}; with the number where it is unknown. */
    public static String name(int code) {
        TlsHandshakeType type = of(code);
        return type == UNKNOWN ? "unknown(" + code + ")" : type.name().toLowerCase(Locale.ROOT);
    }
}
