package io.netverdict.capture.packet;

import java.nio.ByteBuffer;

/**
 * A flyweight over one packet in a buffer: finds link, network and transport headers in place.
 *
 * <p>Hot path: {@link #wrap} allocates nothing, never throws on network bytes and reads each header
 * once; every read is checked against the captured length. All offsets are absolute in the wrapped
 * buffer; -1 means that the layer is not there. Multi-byte fields are big-endian (network order).
 * One instance belongs to one thread.
 *
 * <p>Sources: RFC 791, RFC 8200, RFC 9293, RFC 768; for link headers see {@link LinkHeaderView}.
 */
public final class HeaderView {
    public static final int ETHERTYPE_IPV4 = 0x0800;
    public static final int ETHERTYPE_ARP = 0x0806;
    public static final int ETHERTYPE_VLAN = 0x8100;
    public static final int ETHERTYPE_IPV6 = 0x86DD;
    public static final int ETHERTYPE_QINQ = 0x88A8;
    public static final int ETHERTYPE_QINQ_OLD = 0x9100;

    private static final int IPV4_MIN_HEADER_BYTES = 20;
    private static final int IPV6_HEADER_BYTES = 40;
    private static final int FRAGMENT_HEADER_BYTES = 8;
    private static final int MAX_EXTENSION_HEADERS = 16;

    private final LinkHeaderView link = new LinkHeaderView();
    private ByteBuffer buffer;
    private int end;
    private int wireEnd;

    private int networkOffset;
    private int ipVersion;
    private int protocol;
    private int transportOffset;
    private int transportWireLength;
    private long sourceHigh;
    private long sourceLow;
    private long destinationHigh;
    private long destinationLow;
    private int ports;
    private int fragmentOffset;
    private boolean moreFragments;
    private long fragmentId;
    private boolean truncated;
    private boolean malformed;

    /**
     * Points this view at a packet.
     *
     * @param buffer holds the packet; read with absolute gets, its order must be big-endian
     * @param offset of the link header
     * @param capturedLength bytes present from there
     * @param wireLength bytes the packet had on the wire
     * @return this
     */
    public HeaderView wrap(
            ByteBuffer buffer, int offset, int capturedLength, int wireLength, LinkType linkType) {
        this.buffer = buffer;
        this.end = offset + capturedLength;
        this.wireEnd = offset + Math.max(capturedLength, wireLength);
        clearNetwork();
        link.wrap(buffer, offset, end, wireEnd, linkType);
        end = link.end();
        wireEnd = link.wireEnd();
        networkOffset = link.networkOffset();
        truncated = link.truncated();
        malformed = link.malformed();
        if (link.etherType() == ETHERTYPE_IPV4) {
            ipv4(networkOffset);
        } else if (link.etherType() == ETHERTYPE_IPV6) {
            ipv6(networkOffset);
        }
        return this;
    }

    private void clearNetwork() {
        ipVersion = 0;
        protocol = -1;
        transportOffset = -1;
        transportWireLength = 0;
        sourceHigh = 0;
        sourceLow = 0;
        destinationHigh = 0;
        destinationLow = 0;
        ports = 0;
        fragmentOffset = 0;
        moreFragments = false;
        fragmentId = -1;
    }

    private void ipv4(int offset) {
        if (!has(offset, IPV4_MIN_HEADER_BYTES)) {
            return;
        }
        // Few wide reads instead of many narrow ones: this is most of what an index costs.
        long first = buffer.getLong(offset);
        int headerLength = (int) (first >>> 56 & 0x0F) * 4;
        if (first >>> 60 != 4 || headerLength < IPV4_MIN_HEADER_BYTES) {
            malformed = true;
            return;
        }
        long second = buffer.getLong(offset + 8);
        ipVersion = 4;
        protocol = (int) (second >>> 48) & 0xFF;
        sourceLow = second & 0xFFFF_FFFFL;
        destinationLow = buffer.getInt(offset + 16) & 0xFFFF_FFFFL;
        int fragmentField = (int) first & 0xFFFF;
        fragmentOffset = (fragmentField & 0x1FFF) * 8;
        moreFragments = (fragmentField & 0x2000) != 0;
        fragmentId = first >>> 16 & 0xFFFF;
        int totalLength = (int) (first >>> 32) & 0xFFFF;
        // Segmentation offload hands over packets whose length does not fit the field: 0 then.
        int ipEnd = totalLength == 0 ? wireEnd : offset + totalLength;
        if (totalLength != 0 && totalLength < headerLength) {
            malformed = true;
            return;
        }
        clip(ipEnd);
        transport(offset + headerLength);
    }

    private void ipv6(int offset) {
        if (!has(offset, IPV6_HEADER_BYTES)) {
            return;
        }
        if ((buffer.get(offset) & 0xF0) >>> 4 != 6) {
            malformed = true;
            return;
        }
        ipVersion = 6;
        sourceHigh = buffer.getLong(offset + 8);
        sourceLow = buffer.getLong(offset + 16);
        destinationHigh = buffer.getLong(offset + 24);
        destinationLow = buffer.getLong(offset + 32);
        int payloadLength = u16(offset + 4);
        protocol = buffer.get(offset + 6) & 0xFF;
        clip(payloadLength == 0 ? wireEnd : offset + IPV6_HEADER_BYTES + payloadLength);
        int next = offset + IPV6_HEADER_BYTES;
        for (int headers = 0; headers < MAX_EXTENSION_HEADERS; headers++) {
            int length;
            switch (protocol) {
                case IpProtocol.HOP_BY_HOP,
                        IpProtocol.ROUTING,
                        IpProtocol.DESTINATION_OPTIONS,
                        IpProtocol.MOBILITY -> {
                    if (!has(next, 2)) {
                        return;
                    }
                    length = 8 + 8 * (buffer.get(next + 1) & 0xFF);
                }
                case IpProtocol.AUTHENTICATION -> {
                    if (!has(next, 2)) {
                        return;
                    }
                    length = 8 + 4 * (buffer.get(next + 1) & 0xFF);
                }
                case IpProtocol.FRAGMENT -> {
                    if (!has(next, FRAGMENT_HEADER_BYTES)) {
                        return;
                    }
                    int field = u16(next + 2);
                    fragmentOffset = field & 0xFFF8;
                    moreFragments = (field & 1) != 0;
                    fragmentId = buffer.getInt(next + 4) & 0xFFFF_FFFFL;
                    length = FRAGMENT_HEADER_BYTES;
                }
                default -> {
                    transport(next);
                    return;
                }
            }
            if (!has(next, length)) {
                return;
            }
            int following = buffer.get(next) & 0xFF;
            next += length;
            protocol = following;
            if (fragmentOffset > 0) {
                transport(next);
                return;
            }
        }
        malformed = true;
    }

    /** Ethernet pads short frames: what lies beyond the IP length is not the packet's. */
    private void clip(int ipEnd) {
        wireEnd = Math.min(wireEnd, ipEnd);
        end = Math.min(end, ipEnd);
    }

    private void transport(int offset) {
        if (offset > wireEnd) {
            malformed = true;
            return;
        }
        if (offset > end) {
            truncated = true;
            return;
        }
        transportOffset = offset;
        transportWireLength = wireEnd - offset;
        ports = hasPorts() ? buffer.getInt(offset) : 0;
    }

    private boolean has(int offset, int bytes) {
        if (offset >= 0 && bytes <= end - offset) {
            return true;
        }
        if (bytes <= wireEnd - offset) {
            truncated = true;
        } else {
            malformed = true;
        }
        return false;
    }

    private int u16(int offset) {
        return buffer.getShort(offset) & 0xFFFF;
    }

    /** What the view points into. */
    public ByteBuffer buffer() {
        return buffer;
    }

    /** The ethertype behind VLAN tags, labels and PPP; 0 where there is none. */
    public int etherType() {
        return link.etherType();
    }

    /** The innermost VLAN id, or -1. */
    public int vlanId() {
        return link.vlanId();
    }

    /** As cooked captures tell; {@link PacketDirection#UNKNOWN} otherwise. */
    public PacketDirection direction() {
        return link.direction();
    }

    /** Where the IP or ARP header begins, or -1. */
    public int networkOffset() {
        return networkOffset;
    }

    /** 4, 6, or 0 for no IP. */
    public int ipVersion() {
        return ipVersion;
    }

    /** The transport protocol behind any extension headers, or -1. See {@link IpProtocol}. */
    public int protocol() {
        return protocol;
    }

    /** Where the transport header (or a later fragment's data) begins, or -1. */
    public int transportOffset() {
        return transportOffset;
    }

    /** Bytes of transport header and payload on the wire. */
    public int transportWireLength() {
        return transportWireLength;
    }

    /** Bytes of transport header and payload that were captured. */
    public int transportCapturedLength() {
        return transportOffset < 0 ? 0 : Math.max(0, end - transportOffset);
    }

    /** Fragment offset in bytes. */
    public int fragmentOffset() {
        return fragmentOffset;
    }

    public boolean moreFragments() {
        return moreFragments;
    }

    public boolean isFragment() {
        return fragmentOffset > 0 || moreFragments;
    }

    /** IPv4's identification, or that of an IPv6 fragment header; -1 where there is none. */
    public long fragmentId() {
        return fragmentId;
    }

    /** Whether a header was cut off by the snap length. */
    public boolean truncated() {
        return truncated;
    }

    /** Whether a header contradicts itself or the packet's length. */
    public boolean malformed() {
        return malformed;
    }

    /** Whether ports can be read: TCP or UDP, not a later fragment, four bytes there. */
    public boolean hasPorts() {
        return (protocol == IpProtocol.TCP || protocol == IpProtocol.UDP)
                && fragmentOffset == 0
                && transportCapturedLength() >= 4;
    }

    /** 0 where there are no ports. */
    public int sourcePort() {
        return ports >>> 16;
    }

    public int destinationPort() {
        return ports & 0xFFFF;
    }

    /** First eight bytes of the source address; 0 for IPv4. */
    public long sourceHigh() {
        return sourceHigh;
    }

    /** Last eight bytes of the source address, or IPv4's four; 0 without an address. */
    public long sourceLow() {
        return sourceLow;
    }

    public long destinationHigh() {
        return destinationHigh;
    }

    public long destinationLow() {
        return destinationLow;
    }
}
