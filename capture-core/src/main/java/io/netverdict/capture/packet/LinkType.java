package io.netverdict.capture.packet;

/** Link types (LINKTYPE_* of the tcpdump registry) whose packets can be read down to IP or ARP. */
public enum LinkType {
    NULL(0),
    ETHERNET(1),
    PPP(9),
    FDDI(10),
    RAW_BSD(12),
    RAW_OPENBSD(14),
    PPP_HDLC(50),
    RAW(101),
    IEEE802_11(105),
    LOOP(108),
    LINUX_SLL(113),
    IEEE802_11_RADIOTAP(127),
    IPV4(228),
    IPV6(229),
    NFLOG(239),
    LINUX_SLL2(276),
    /** Any other number: its packets are counted and reported, not decoded. */
    UNKNOWN(-1);

    private static final LinkType[] VALUES = values();

    private final int code;

    LinkType(int code) {
        this.code = code;
    }

    /** The number in file headers; -1 for {@link #UNKNOWN}. */
    public int code() {
        return code;
    }

    /** The link type with that number, or {@link #UNKNOWN}. Allocates nothing. */
    public static LinkType fromCode(int code) {
        for (LinkType type : VALUES) {
            if (type.code == code) {
                return type;
            }
        }
        return UNKNOWN;
    }
}
