package io.netverdict.correlator.dns;

/** Response codes (RFC 1035 section 4.1.1, RFC 2136 section 2.2, RFC 6891 section 9). */
public enum DnsRcode {
    NOERROR(0),
    FORMERR(1),
    SERVFAIL(2),
    NXDOMAIN(3),
    NOTIMP(4),
    REFUSED(5),
    YXDOMAIN(6),
    YXRRSET(7),
    NXRRSET(8),
    NOTAUTH(9),
    NOTZONE(10),
    DSOTYPENI(11),
    BADVERS(16),
    BADKEY(17),
    BADTIME(18),
    BADMODE(19),
    BADNAME(20),
    BADALG(21),
    BADTRUNC(22),
    BADCOOKIE(23),
    /** Any other number. */
    UNKNOWN(-1);

    private final int code;

    DnsRcode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public static DnsRcode of(int code) {
        for (DnsRcode rcode : values()) {
            if (rcode.code == code) {
                return rcode;
            }
        }
        return UNKNOWN;
    }

    /** The name, or {@code RCODEn} for a number without one. */
    public static String name(int code) {
        DnsRcode rcode = of(code);
        return rcode == UNKNOWN ? "RCODE" + code : rcode.name();
    }
}
