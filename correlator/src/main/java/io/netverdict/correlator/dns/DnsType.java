package io.netverdict.correlator.dns;

/** Record types by name (IANA, DNS Resource Record Types). */
public enum DnsType {
    A(1),
    NS(2),
    CNAME(5),
    SOA(6),
    PTR(12),
    HINFO(13),
    MX(15),
    TXT(16),
    AAAA(28),
    SRV(33),
    NAPTR(35),
    DNAME(39),
    OPT(41),
    DS(43),
    RRSIG(46),
    NSEC(47),
    DNSKEY(48),
    NSEC3(50),
    TLSA(52),
    SVCB(64),
    HTTPS(65),
    ANY(255),
    CAA(257),
    /** Any other number. */
    UNKNOWN(-1);

    private final int code;

    DnsType(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public static DnsType of(int code) {
        for (DnsType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        return UNKNOWN;
    }

    /** The name, or {@code TYPEn} (RFC 3597 section 5) for a number without one here. */
    public static String name(int code) {
        DnsType type = of(code);
        return type == UNKNOWN ? "TYPE" + code : type.name();
    }
}
