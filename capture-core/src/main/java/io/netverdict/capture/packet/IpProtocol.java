package io.netverdict.capture.packet;

/** Numbers of the IPv4 protocol and IPv6 next-header fields that are looked into (IANA). */
public final class IpProtocol {
    public static final int HOP_BY_HOP = 0;
    public static final int ICMP = 1;
    public static final int TCP = 6;
    public static final int UDP = 17;
    public static final int ROUTING = 43;
    public static final int FRAGMENT = 44;
    public static final int AUTHENTICATION = 51;
    public static final int ICMPV6 = 58;
    public static final int NO_NEXT = 59;
    public static final int DESTINATION_OPTIONS = 60;
    public static final int MOBILITY = 135;

    private IpProtocol() {}
}
