package io.netverdict.capture.recording;

import io.netverdict.capture.packet.Endpoint;

/**
 * The two ends of a flow, the smaller one first, so that both directions have one key.
 *
 * <p>TCP and UDP flows carry ports. Everything else is grouped so that it can be found too: ICMP
 * and other IP protocols by address pair with port 0, later fragments with the other packets of
 * their address pair and protocol but port 0, ARP under {@link #ARP} with sender and target.
 *
 * @param protocol the IP protocol number, or {@link #ARP}
 */
public record FlowKey(int protocol, Endpoint low, Endpoint high) {
    /** Stands for ARP, which has no IP protocol number. */
    public static final int ARP = 0x1_0806;

    public FlowKey {
        if (low.compareTo(high) > 0) {
            throw new IllegalArgumentException("low=" + low + " high=" + high);
        }
    }

    public static FlowKey of(int protocol, Endpoint one, Endpoint other) {
        return one.compareTo(other) <= 0
                ? new FlowKey(protocol, one, other)
                : new FlowKey(protocol, other, one);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FlowKey that
                && protocol == that.protocol
                && low.equals(that.low)
                && high.equals(that.high);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * low.hashCode() + high.hashCode()) + protocol;
    }
}
