package io.netverdict.correlator.testing;

/** ICMP errors with their numbers in both families (RFC 792, RFC 1812, RFC 4443). */
public enum IcmpKind {
    NET_UNREACHABLE(3, 0, 1, 0),
    HOST_UNREACHABLE(3, 1, 1, 3),
    PROTOCOL_UNREACHABLE(3, 2, 4, 1),
    PORT_UNREACHABLE(3, 3, 1, 4),
    NET_PROHIBITED(3, 9, 1, 1),
    HOST_PROHIBITED(3, 10, 1, 5),
    ADMIN_PROHIBITED(3, 13, 1, 1),
    REJECT_ROUTE(3, 13, 1, 6),
    TOO_BIG(3, 4, 2, 0),
    TTL_EXCEEDED(11, 0, 3, 0),
    REASSEMBLY_TIME_EXCEEDED(11, 1, 3, 1);

    private final int typeV4;
    private final int codeV4;
    private final int typeV6;
    private final int codeV6;

    IcmpKind(int typeV4, int codeV4, int typeV6, int codeV6) {
        this.typeV4 = typeV4;
        this.codeV4 = codeV4;
        this.typeV6 = typeV6;
        this.codeV6 = codeV6;
    }

    int type(boolean v6) {
        return v6 ? typeV6 : typeV4;
    }

    int code(boolean v6) {
        return v6 ? codeV6 : codeV4;
    }
}
