package io.netverdict.capture.recording;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.packet.IpAddress;
import java.nio.ByteBuffer;

/**
 * A {@link FlowKey} as primitives, filled from a packet's headers without allocating.
 *
 * <p>Mutable; one instance belongs to one thread. Grouping and order of the two ends are those of
 * {@link FlowKey}.
 */
public final class FlowTuple {
    private static final int IPV6_FLAG = 1 << 31;

    private static final int ARP_BYTES = 28;
    private static final int ARP_PROTOCOL_TYPE_OFFSET = 2;
    private static final int ARP_LENGTHS_OFFSET = 4;
    private static final int ARP_SENDER_OFFSET = 14;
    private static final int ARP_TARGET_OFFSET = 24;

    /** Hardware addresses of six bytes, protocol addresses of four. */
    private static final short ARP_ETHERNET_IPV4_LENGTHS = 0x0604;

    private static final long HASH_MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private int protocol;
    private int ports;
    private long lowHigh;
    private long lowLow;
    private long highHigh;
    private long highLow;
    private boolean fromLow;

    private int hash;
    private boolean hashed;

    /**
     * Takes the key of a packet.
     *
     * @param view wrapped around the packet
     * @param buffer the one the view is wrapped around
     * @param end where the captured bytes end in it
     * @return false where the packet belongs to no flow: neither IP nor ARP, or cut too short
     */
    public boolean read(HeaderView view, ByteBuffer buffer, int end) {
        if (view.ipVersion() != 0) {
            boolean hasPorts = view.hasPorts();
            order(
                    view.protocol() | (view.ipVersion() == 6 ? IPV6_FLAG : 0),
                    view.sourceHigh(),
                    view.sourceLow(),
                    hasPorts ? view.sourcePort() : 0,
                    view.destinationHigh(),
                    view.destinationLow(),
                    hasPorts ? view.destinationPort() : 0);
            return true;
        }
        int arp = view.networkOffset();
        if (view.etherType() != HeaderView.ETHERTYPE_ARP
                || arp < 0
                || end - arp < ARP_BYTES
                || buffer.getShort(arp + ARP_PROTOCOL_TYPE_OFFSET)
                        != (short) HeaderView.ETHERTYPE_IPV4
                || buffer.getShort(arp + ARP_LENGTHS_OFFSET) != ARP_ETHERNET_IPV4_LENGTHS) {
            return false;
        }
        order(
                FlowKey.ARP,
                0,
                buffer.getInt(arp + ARP_SENDER_OFFSET) & 0xFFFF_FFFFL,
                0,
                0,
                buffer.getInt(arp + ARP_TARGET_OFFSET) & 0xFFFF_FFFFL,
                0);
        return true;
    }

    /** Takes a key as it stands. */
    public void set(FlowKey key) {
        IpAddress low = key.low().address();
        IpAddress high = key.high().address();
        order(
                key.protocol() | (low.v6() ? IPV6_FLAG : 0),
                low.high(),
                low.low(),
                key.low().port(),
                high.high(),
                high.low(),
                key.high().port());
    }

    /** Takes what was kept of one: {@link #protocolAndFamily}, {@link #ports}, {@link #hash}. */
    public void set(int protocolAndFamily, int bothPorts, int hashOfAll) {
        protocol = protocolAndFamily;
        ports = bothPorts;
        hash = hashOfAll;
        hashed = true;
    }

    /** Takes what was kept of one: {@link #protocolAndFamily}, {@link #ports} and the addresses. */
    public void set(
            int protocolAndFamily,
            int bothPorts,
            long lowHighBits,
            long lowLowBits,
            long highHighBits,
            long highLowBits) {
        protocol = protocolAndFamily;
        ports = bothPorts;
        hashed = false;
        setAddresses(lowHighBits, lowLowBits, highHighBits, highLowBits);
    }

    /** Takes the addresses that were kept of one, that of the low end first. */
    public void setAddresses(
            long lowHighBits, long lowLowBits, long highHighBits, long highLowBits) {
        lowHigh = lowHighBits;
        lowLow = lowLowBits;
        highHigh = highHighBits;
        highLow = highLowBits;
    }

    /** The key as a value; cold path. */
    public FlowKey toKey() {
        boolean v6 = isV6(protocol);
        return new FlowKey(
                protocol(protocol),
                new Endpoint(new IpAddress(v6, lowHigh, lowLow), lowPort(ports)),
                new Endpoint(new IpAddress(v6, highHigh, highLow), highPort(ports)));
    }

    private void order(
            int protocolAndFamily,
            long oneHigh,
            long oneLow,
            int onePort,
            long otherHigh,
            long otherLow,
            int otherPort) {
        protocol = protocolAndFamily;
        hashed = false;
        int order = Long.compareUnsigned(oneHigh, otherHigh);
        if (order == 0) {
            order = Long.compareUnsigned(oneLow, otherLow);
        }
        if (order == 0) {
            order = onePort - otherPort;
        }
        fromLow = order <= 0;
        if (fromLow) {
            setAddresses(oneHigh, oneLow, otherHigh, otherLow);
            ports = onePort << Short.SIZE | otherPort;
        } else {
            setAddresses(otherHigh, otherLow, oneHigh, oneLow);
            ports = otherPort << Short.SIZE | onePort;
        }
    }

    /** The protocol, with a bit for IPv6; {@link #protocol(int)} and {@link #isV6(int)} read it. */
    public int protocolAndFamily() {
        return protocol;
    }

    /** Two unsigned shorts: {@link #lowPort(int)} and {@link #highPort(int)} read them. */
    public int ports() {
        return ports;
    }

    /** The upper half of the low end's address, big-endian; 0 with IPv4. */
    public long lowHigh() {
        return lowHigh;
    }

    /** The lower half of the low end's address, that of IPv4 in the lower half of this. */
    public long lowLow() {
        return lowLow;
    }

    /** As {@link #lowHigh} of the high end. */
    public long highHigh() {
        return highHigh;
    }

    /** As {@link #lowLow} of the high end. */
    public long highLow() {
        return highLow;
    }

    /** Whether the packet came from the low end. */
    public boolean fromLow() {
        return fromLow;
    }

    /** A hash of all of it, the same at any time: a ring in a file keeps it. */
    public int hash() {
        if (!hashed) {
            hash = mix();
            hashed = true;
        }
        return hash;
    }

    private int mix() {
        long h = (lowHigh ^ Long.rotateLeft(highHigh, 32)) * HASH_MULTIPLIER;
        h = (h ^ (h >>> 32) ^ lowLow) * HASH_MULTIPLIER;
        h = (h ^ (h >>> 32) ^ highLow) * HASH_MULTIPLIER;
        h = (h ^ (h >>> 32) ^ ((long) protocol << 32 | ports & 0xFFFF_FFFFL)) * HASH_MULTIPLIER;
        return (int) (h >>> 32);
    }

    /** The protocol alone, as {@link FlowKey#protocol} has it. */
    public static int protocol(int protocolAndFamily) {
        return protocolAndFamily & ~IPV6_FLAG;
    }

    public static boolean isV6(int protocolAndFamily) {
        return (protocolAndFamily & IPV6_FLAG) != 0;
    }

    public static int lowPort(int ports) {
        return ports >>> Short.SIZE;
    }

    public static int highPort(int ports) {
        return ports & 0xFFFF;
    }
}
