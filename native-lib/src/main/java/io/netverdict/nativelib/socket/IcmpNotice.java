package io.netverdict.nativelib.socket;

import java.net.InetAddress;

/**
 * An error about a packet sent, from the socket's error queue (ip(7), IP_RECVERR).
 *
 * @param byNetwork whether an ICMP message brought it; otherwise the own host made it
 * @param v6 whether it is ICMPv6
 * @param type of the ICMP message
 * @param code of the ICMP message
 * @param mtuBytes next-hop MTU of "fragmentation needed" and "packet too big"; -1 otherwise
 * @param reporter who sent the ICMP message; null where unknown
 * @param quoted what of the packet's payload comes back: for ICMP sockets the ICMP message
 * @param destinationPort the port the packet was sent to; 0 where there is none
 */
public record IcmpNotice(
        boolean byNetwork,
        boolean v6,
        int type,
        int code,
        int mtuBytes,
        InetAddress reporter,
        byte[] quoted,
        int destinationPort) {
    private static final int V4_UNREACHABLE = 3;
    private static final int V4_TIME_EXCEEDED = 11;
    private static final int V6_UNREACHABLE = 1;
    private static final int V6_TIME_EXCEEDED = 3;
    private static final int V4_PORT_UNREACHABLE = 3;
    private static final int V6_PORT_UNREACHABLE = 4;

    /** The packet's hop limit ran out on the way. */
    public boolean timeExceeded() {
        return byNetwork && type == (v6 ? V6_TIME_EXCEEDED : V4_TIME_EXCEEDED);
    }

    /** The destination, or somebody on the way, does not take the packet. */
    public boolean unreachable() {
        return byNetwork && mtuBytes < 0 && type == (v6 ? V6_UNREACHABLE : V4_UNREACHABLE);
    }

    /** The packet arrived, and nothing listens on its port. */
    public boolean portUnreachable() {
        return unreachable() && code == (v6 ? V6_PORT_UNREACHABLE : V4_PORT_UNREACHABLE);
    }
}
