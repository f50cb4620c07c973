package io.netverdict.capture.index;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.recording.FlowKey;
import java.nio.ByteBuffer;

/**
 * A {@link FlowKey} as primitives, filled from a packet's headers without allocating.
 *
 * <p>Mutable; one instance belongs to one thread. Grouping and order of the two ends are those of
 * {@link FlowKey}.
 */
public final class FlowTuple {
    private static final int ARP_BYTES = 28;
    private static final int ARP_PROTOCOL_TYPE_OFFSET = 2;
    private static final int ARP_LENGTHS_OFFSET = 4;
    private static final int ARP_SENDER_OFFSET = 14;
    private static final int ARP_TARGET_OFFSET = 24;

    /** Hardware addresses of six bytes, protocol addresses of four. */
    private static final short ARP_ETHERNET_IPV4_LENGTHS = 0x0604;

    private static final long HASH_MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    int protocol;
    int ports;
    long lowHigh;
    long lowLow;
    long highHigh;
    long highLow;
    int hash;

    /** Whether the packet came from the low end. */
    boolean fromLow;

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
                    view.protocol() | (view.ipVersion() == 6 ? FlowEntryDescriptor.IPV6_FLAG : 0),
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
                key.protocol() | (low.v6() ? FlowEntryDescriptor.IPV6_FLAG : 0),
                low.high(),
                low.low(),
                key.low().port(),
                high.high(),
                high.low(),
                key.high().port());
    }

    /** The key as a value; cold path. */
    public FlowKey toKey() {
        boolean v6 = (protocol & FlowEntryDescriptor.IPV6_FLAG) != 0;
        return new FlowKey(
                protocol & ~FlowEntryDescriptor.IPV6_FLAG,
                new Endpoint(new IpAddress(v6, lowHigh, lowLow), ports >>> 16),
                new Endpoint(new IpAddress(v6, highHigh, highLow), ports & 0xFFFF));
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
        int order = Long.compareUnsigned(oneHigh, otherHigh);
        if (order == 0) {
            order = Long.compareUnsigned(oneLow, otherLow);
        }
        if (order == 0) {
            order = onePort - otherPort;
        }
        fromLow = order <= 0;
        if (fromLow) {
            lowHigh = oneHigh;
            lowLow = oneLow;
            highHigh = otherHigh;
            highLow = otherLow;
            ports = onePort << 16 | otherPort;
        } else {
            lowHigh = otherHigh;
            lowLow = otherLow;
            highHigh = oneHigh;
            highLow = oneLow;
            ports = otherPort << 16 | onePort;
        }
        hash = mix();
    }

    private int mix() {
        long h = (lowHigh ^ Long.rotateLeft(highHigh, 32)) * HASH_MULTIPLIER;
        h = (h ^ (h >>> 32) ^ lowLow) * HASH_MULTIPLIER;
        h = (h ^ (h >>> 32) ^ highLow) * HASH_MULTIPLIER;
        h = (h ^ (h >>> 32) ^ ((long) protocol << 32 | ports & 0xFFFF_FFFFL)) * HASH_MULTIPLIER;
        return (int) (h >>> 32);
    }
}
