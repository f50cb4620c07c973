package io.netverdict.capture.packet;

/** What stands behind the link header. */
public sealed interface NetworkHeader {

    /**
     * An IPv4 or IPv6 header (RFC 791, RFC 8200).
     *
     * @param hopLimit TTL or hop limit, 0 to 255
     * @param protocol the transport protocol, behind any extension headers
     * @param identification IPv4's, or the fragment header's; -1 where there is none
     * @param dontFragment IPv4's DF; always true for IPv6 without a fragment header
     * @param fragmentOffset in bytes
     * @param payloadWireLength bytes behind the IP headers on the wire
     */
    record Ip(
            int version,
            IpAddress source,
            IpAddress destination,
            int hopLimit,
            int protocol,
            long identification,
            boolean dontFragment,
            boolean moreFragments,
            int fragmentOffset,
            int payloadWireLength)
            implements NetworkHeader {

        public boolean isFragment() {
            return moreFragments || fragmentOffset > 0;
        }
    }

    /**
     * An ARP packet for IPv4 over Ethernet (RFC 826).
     *
     * @param operation 1 request, 2 reply
     */
    record Arp(
            int operation,
            String senderHardware,
            IpAddress sender,
            String targetHardware,
            IpAddress target)
            implements NetworkHeader {
        public static final int REQUEST = 1;
        public static final int REPLY = 2;
    }

    /**
     * Another protocol, or nothing readable.
     *
     * @param etherType the ethertype, 0 where there is none
     */
    record None(int etherType) implements NetworkHeader {}
}
