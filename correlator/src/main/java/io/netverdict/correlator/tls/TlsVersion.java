package io.netverdict.correlator.tls;

/** Protocol versions by number. */
public enum TlsVersion {
    SSL_2(0x0002, "SSL 2.0"),
    SSL_3(0x0300, "SSL 3.0"),
    TLS_1_0(0x0301, "TLS 1.0"),
    TLS_1_1(0x0302, "TLS 1.1"),
    TLS_1_2(0x0303, "TLS 1.2"),
    TLS_1_3(0x0304, "TLS 1.3");

    private final int code;
    private final String title;

    TlsVersion(int code, String title) {
        this.code = code;
        this.title = title;
    }

    public int code() {
        return code;
    }

    /** The name people use, or the number in hexadecimal. */
    public static String name(int code) {
        for (TlsVersion version : values()) {
            if (version.code == code) {
                return version.title;
            }
        }
        return String.format("0x%04x", code);
    }

    /** Whether this is one of the reserved values of RFC 8701, which mean nothing. */
    public static boolean isGrease(int code) {
        return (code & 0x0F0F) == 0x0A0A && (code >>> 8) == (code & 0xFF);
    }
}
