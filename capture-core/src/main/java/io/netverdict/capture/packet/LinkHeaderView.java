package io.netverdict.capture.packet;

import java.nio.ByteBuffer;

/**
 * A flyweight over the link header of a packet: finds the network header behind it, also behind
 * VLAN tags, MPLS labels, PPPoE and LLC/SNAP.
 *
 * <p>Hot path: allocates nothing, never throws on network bytes, every loop is bounded. One
 * instance belongs to one thread.
 *
 * <p>Sources: IEEE 802.1Q, IEEE 802.11 9.2, tcpdump's LINKTYPE registry, RFC 1042, RFC 1188, RFC
 * 1661, RFC 2516, RFC 3032, radiotap.org.
 */
final class LinkHeaderView {
    private static final int ETHERNET_HEADER_BYTES = 14;
    private static final int VLAN_TAG_BYTES = 4;
    private static final int MAX_VLAN_TAGS = 4;
    private static final int SLL_HEADER_BYTES = 16;
    private static final int SLL2_HEADER_BYTES = 20;
    private static final int NULL_HEADER_BYTES = 4;
    private static final int PACKET_TYPE_OUTGOING = 4;

    /** Up to here the ethertype field is a length (IEEE 802.3 3.2.6). */
    private static final int MAX_LENGTH_FIELD = 1500;

    private static final int FDDI_HEADER_BYTES = 13;
    private static final int SNAP_HEADER_BYTES = 8;
    private static final int SNAP_ADDRESSES = 0xAAAA;
    private static final int SNAP_CONTROL_AND_ORGANISATION = 0x0300_0000;

    private static final int ETHERTYPE_MPLS = 0x8847;
    private static final int ETHERTYPE_MPLS_MULTICAST = 0x8848;
    private static final int MPLS_LABEL_BYTES = 4;
    private static final int MAX_MPLS_LABELS = 16;

    private static final int ETHERTYPE_PPPOE_SESSION = 0x8864;
    private static final int PPPOE_HEADER_BYTES = 6;
    private static final int PPP_ADDRESS_AND_CONTROL = 0xFF03;
    private static final int PPP_IPV4 = 0x21;
    private static final int PPP_IPV6 = 0x57;

    private static final int RADIOTAP_HEADER_BYTES = 8;
    private static final int WLAN_HEADER_BYTES = 24;
    private static final int WLAN_TYPE_MASK = 0x0C;
    private static final int WLAN_TYPE_DATA = 0x08;
    private static final int WLAN_NO_DATA = 0x40;
    private static final int WLAN_QOS = 0x80;
    private static final int WLAN_BOTH_DISTRIBUTION_SYSTEMS = 0x03;
    private static final int WLAN_PROTECTED = 0x40;
    private static final int WLAN_ORDER = 0x80;

    private static final int NFLOG_HEADER_BYTES = 4;
    private static final int NFLOG_PAYLOAD = 9;
    private static final int MAX_NFLOG_ATTRIBUTES = 64;

    private ByteBuffer buffer;
    private int end;
    private int wireEnd;
    private int etherType;
    private int vlanId;
    private PacketDirection direction = PacketDirection.UNKNOWN;
    private int networkOffset;
    private boolean truncated;
    private boolean malformed;

    /**
     * Points this view at a packet.
     *
     * @param offset of the link header
     * @param end behind the last captured byte
     * @param wireEnd behind the last byte on the wire
     */
    void wrap(ByteBuffer buffer, int offset, int end, int wireEnd, LinkType linkType) {
        this.buffer = buffer;
        this.end = end;
        this.wireEnd = wireEnd;
        etherType = 0;
        vlanId = -1;
        direction = PacketDirection.UNKNOWN;
        networkOffset = -1;
        truncated = false;
        malformed = false;
        switch (linkType) {
            case ETHERNET -> ethernet(offset);
            case LINUX_SLL -> cooked(offset);
            case LINUX_SLL2 -> cooked2(offset);
            case NULL, LOOP -> rawIp(offset + NULL_HEADER_BYTES);
            case RAW, RAW_BSD, RAW_OPENBSD, IPV4, IPV6 -> rawIp(offset);
            case PPP, PPP_HDLC -> ppp(offset);
            case FDDI -> snap(offset + FDDI_HEADER_BYTES);
            case IEEE802_11 -> wlan(offset);
            case IEEE802_11_RADIOTAP -> radiotap(offset);
            case NFLOG -> nflog(offset);
            case UNKNOWN -> {}
        }
    }

    private void ethernet(int offset) {
        if (!has(offset, ETHERNET_HEADER_BYTES)) {
            return;
        }
        int type = u16(offset + 12);
        if (type <= MAX_LENGTH_FIELD) {
            snap(offset + ETHERNET_HEADER_BYTES);
        } else {
            network(type, offset + ETHERNET_HEADER_BYTES);
        }
    }

    private void cooked(int offset) {
        if (!has(offset, SLL_HEADER_BYTES)) {
            return;
        }
        cookedDirection(u16(offset));
        network(u16(offset + 14), offset + SLL_HEADER_BYTES);
    }

    private void cooked2(int offset) {
        if (!has(offset, SLL2_HEADER_BYTES)) {
            return;
        }
        cookedDirection(u8(offset + 10));
        network(u16(offset), offset + SLL2_HEADER_BYTES);
    }

    private void cookedDirection(int packetType) {
        direction =
                packetType == PACKET_TYPE_OUTGOING
                        ? PacketDirection.OUTBOUND
                        : PacketDirection.INBOUND;
    }

    private void rawIp(int offset) {
        if (!has(offset, 1)) {
            return;
        }
        int version = u8(offset) >>> 4;
        if (version == 4) {
            found(HeaderView.ETHERTYPE_IPV4, offset);
        } else if (version == 6) {
            found(HeaderView.ETHERTYPE_IPV6, offset);
        }
    }

    private void ppp(int offset) {
        if (!has(offset, 2)) {
            return;
        }
        int at = u16(offset) == PPP_ADDRESS_AND_CONTROL ? offset + 2 : offset;
        if (!has(at, 2)) {
            return;
        }
        // An odd first byte is a compressed protocol field (RFC 1661 6.5).
        boolean compressed = (u8(at) & 1) != 0;
        int protocol = compressed ? u8(at) : u16(at);
        if (protocol == PPP_IPV4 || protocol == PPP_IPV6) {
            rawIp(at + (compressed ? 1 : 2));
        }
    }

    /** LLC without SNAP carries bridging and management only. */
    private void snap(int offset) {
        if (has(offset, 2)
                && u16(offset) == SNAP_ADDRESSES
                && has(offset, SNAP_HEADER_BYTES)
                && buffer.getInt(offset + 2) == SNAP_CONTROL_AND_ORGANISATION) {
            network(u16(offset + 6), offset + SNAP_HEADER_BYTES);
        }
    }

    private void radiotap(int offset) {
        if (!has(offset, RADIOTAP_HEADER_BYTES)) {
            return;
        }
        int length = Short.reverseBytes(buffer.getShort(offset + 2)) & 0xFFFF;
        if (has(offset, length)) {
            wlan(offset + length);
        }
    }

    /** Data frames that are not encrypted; management and control have nothing for us. */
    private void wlan(int offset) {
        if (!has(offset, 2)) {
            return;
        }
        int type = u8(offset);
        int flags = u8(offset + 1);
        if ((type & WLAN_TYPE_MASK) != WLAN_TYPE_DATA
                || (type & WLAN_NO_DATA) != 0
                || (flags & WLAN_PROTECTED) != 0) {
            return;
        }
        int length = WLAN_HEADER_BYTES;
        if ((flags & WLAN_BOTH_DISTRIBUTION_SYSTEMS) == WLAN_BOTH_DISTRIBUTION_SYSTEMS) {
            length += 6;
        }
        if ((type & WLAN_QOS) != 0) {
            length += (flags & WLAN_ORDER) != 0 ? 6 : 2;
        }
        snap(offset + length);
    }

    /** Attributes in the byte order of the machine, which is taken to be little-endian. */
    private void nflog(int offset) {
        int at = offset + NFLOG_HEADER_BYTES;
        for (int i = 0; i < MAX_NFLOG_ATTRIBUTES && has(at, 4); i++) {
            int length = Short.reverseBytes(buffer.getShort(at)) & 0xFFFF;
            int type = Short.reverseBytes(buffer.getShort(at + 2)) & 0xFFFF;
            if (length < 4) {
                malformed = true;
                return;
            }
            if (type == NFLOG_PAYLOAD) {
                rawIp(at + 4);
                return;
            }
            at += length + 3 & ~3;
        }
    }

    /** Goes through what may stand between an ethertype and the network header. */
    private void network(int firstType, int firstOffset) {
        int type = firstType;
        int offset = firstOffset;
        for (int tags = 0; tags < MAX_VLAN_TAGS && isVlan(type); tags++) {
            if (!has(offset, VLAN_TAG_BYTES)) {
                return;
            }
            vlanId = u16(offset) & 0x0FFF;
            type = u16(offset + 2);
            offset += VLAN_TAG_BYTES;
        }
        switch (type) {
            case ETHERTYPE_MPLS, ETHERTYPE_MPLS_MULTICAST -> mpls(offset);
            case ETHERTYPE_PPPOE_SESSION -> pppoe(offset);
            default -> found(type, offset);
        }
        if (networkOffset < 0) {
            found(type, offset);
        }
    }

    /** Its length field says where the packet ends; what follows is padding (RFC 2516 4). */
    private void pppoe(int offset) {
        if (!has(offset, PPPOE_HEADER_BYTES)) {
            return;
        }
        int payload = offset + PPPOE_HEADER_BYTES;
        wireEnd = Math.min(wireEnd, payload + u16(offset + 4));
        end = Math.min(end, wireEnd);
        ppp(payload);
    }

    private static boolean isVlan(int type) {
        return type == HeaderView.ETHERTYPE_VLAN
                || type == HeaderView.ETHERTYPE_QINQ
                || type == HeaderView.ETHERTYPE_QINQ_OLD;
    }

    /** What follows the label stack is told by its first four bits (RFC 4928). */
    private void mpls(int firstOffset) {
        int offset = firstOffset;
        for (int labels = 0; labels < MAX_MPLS_LABELS; labels++) {
            if (!has(offset, MPLS_LABEL_BYTES)) {
                return;
            }
            boolean bottom = (u8(offset + 2) & 1) != 0;
            offset += MPLS_LABEL_BYTES;
            if (bottom) {
                rawIp(offset);
                return;
            }
        }
    }

    private void found(int type, int offset) {
        etherType = type;
        networkOffset = offset;
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

    private int u8(int offset) {
        return buffer.get(offset) & 0xFF;
    }

    private int u16(int offset) {
        return buffer.getShort(offset) & 0xFFFF;
    }

    /** The ethertype of the network header; 0 where there is none. */
    int etherType() {
        return etherType;
    }

    /** The innermost VLAN id, or -1. */
    int vlanId() {
        return vlanId;
    }

    /** As cooked captures tell. */
    PacketDirection direction() {
        return direction;
    }

    /** Where the network header begins, or -1. */
    int networkOffset() {
        return networkOffset;
    }

    /** Behind the last captured byte that belongs to the packet, padding left out. */
    int end() {
        return end;
    }

    /** Behind the last byte of the packet on the wire, padding left out. */
    int wireEnd() {
        return wireEnd;
    }

    boolean truncated() {
        return truncated;
    }

    boolean malformed() {
        return malformed;
    }
}
