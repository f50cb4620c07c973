package io.netverdict.capture.file;

import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.recording.FlowKey;
import java.nio.ByteBuffer;

/**
 * A {@link FlowKey} in a few words that are filled in again and again, so that looking for a
 * packet's flow passes and allocates nothing. For one thread.
 */
final class FlowWords {
    static final long V6_BIT = 1L << 32;

    private static final int PROTOCOL_SHIFT = 33;
    private static final long V4_MASK = 0xFFFF_FFFFL;
    private static final int LOW_PORT_SHIFT = 16;
    private static final int PORT_MASK = 0xFFFF;

    private static final int ARP_BYTES = 28;
    private static final int ARP_PROTOCOL_OFFSET = 2;
    private static final int ARP_LENGTHS_OFFSET = 4;
    private static final int ARP_LENGTHS_MAC_IPV4 = 6 << 8 | 4;
    private static final int ARP_SENDER_OFFSET = 14;
    private static final int ARP_TARGET_OFFSET = 24;

    /** The addresses, that of the lower end first; IPv4 in the lower half of the low word. */
    long lowHigh;

    long lowLow;
    long highHigh;
    long highLow;

    /** Protocol, IP version and ports. */
    long rest;

    /**
     * Reads those of a packet.
     *
     * @param end behind the last captured byte
     * @return false where the packet is neither IP nor ARP
     */
    boolean read(HeaderView view, ByteBuffer buffer, int end) {
        if (view.ipVersion() != 0) {
            boolean ports = view.hasPorts();
            set(
                    view.protocol(),
                    view.ipVersion() == 6,
                    view.sourceHigh(),
                    view.sourceLow(),
                    ports ? view.sourcePort() : 0,
                    view.destinationHigh(),
                    view.destinationLow(),
                    ports ? view.destinationPort() : 0);
            return true;
        }
        int arp = view.networkOffset();
        if (view.etherType() != HeaderView.ETHERTYPE_ARP
                || end - arp < ARP_BYTES
                || buffer.getShort(arp + ARP_PROTOCOL_OFFSET) != HeaderView.ETHERTYPE_IPV4
                || buffer.getShort(arp + ARP_LENGTHS_OFFSET) != ARP_LENGTHS_MAC_IPV4) {
            return false;
        }
        long sender = buffer.getInt(arp + ARP_SENDER_OFFSET) & V4_MASK;
        long target = buffer.getInt(arp + ARP_TARGET_OFFSET) & V4_MASK;
        set(FlowKey.ARP, false, 0, sender, 0, 0, target, 0);
        return true;
    }

    /** Those of a key; false where no packet has it, its addresses being of two versions. */
    boolean set(FlowKey key) {
        IpAddress low = key.low().address();
        IpAddress high = key.high().address();
        if (low.v6() != high.v6()) {
            return false;
        }
        set(
                key.protocol(),
                low.v6(),
                low.high(),
                low.low(),
                key.low().port(),
                high.high(),
                high.low(),
                key.high().port());
        return true;
    }

    private void set(
            int protocol,
            boolean v6,
            long oneHigh,
            long oneLow,
            int onePort,
            long otherHigh,
            long otherLow,
            int otherPort) {
        int order = Long.compareUnsigned(oneHigh, otherHigh);
        if (order == 0) {
            order = Long.compareUnsigned(oneLow, otherLow);
        }
        if (order == 0) {
            order = Integer.compare(onePort, otherPort);
        }
        boolean inOrder = order <= 0;
        lowHigh = inOrder ? oneHigh : otherHigh;
        lowLow = inOrder ? oneLow : otherLow;
        highHigh = inOrder ? otherHigh : oneHigh;
        highLow = inOrder ? otherLow : oneLow;
        int lowPort = inOrder ? onePort : otherPort;
        int highPort = inOrder ? otherPort : onePort;
        rest =
                (long) protocol << PROTOCOL_SHIFT
                        | (v6 ? V6_BIT : 0)
                        | (long) lowPort << LOW_PORT_SHIFT
                        | highPort;
    }

    boolean isV6() {
        return (rest & V6_BIT) != 0;
    }

    /** Both addresses of IPv4 in one word. */
    long v4Addresses() {
        return lowLow << Integer.SIZE | highLow;
    }

    static int protocol(long rest) {
        return (int) (rest >>> PROTOCOL_SHIFT);
    }

    static int lowPort(long rest) {
        return (int) (rest >>> LOW_PORT_SHIFT) & PORT_MASK;
    }

    static int highPort(long rest) {
        return (int) rest & PORT_MASK;
    }
}
