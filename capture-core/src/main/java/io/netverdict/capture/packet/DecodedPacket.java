package io.netverdict.capture.packet;

import java.util.Objects;

/**
 * A packet with its headers read: immutable, cold path.
 *
 * <p>Any bytes give a result; what could not be read is {@link NetworkHeader.None} or {@link
 * Transport.None}, and {@link #integrity()} tells why.
 *
 * @param captured the packet
 * @param direction of the capture or, in cooked captures, of the link header
 * @param vlanId the innermost VLAN id, or -1
 * @param network IP, ARP, or none
 * @param transport TCP, UDP, ICMP, a later fragment, another protocol, or none
 * @param integrity whether all headers were there and consistent
 */
public record DecodedPacket(
        CapturedPacket captured,
        PacketDirection direction,
        int vlanId,
        NetworkHeader network,
        Transport transport,
        Integrity integrity) {

    /** Whether headers were whole. */
    public enum Integrity {
        COMPLETE,
        /** Cut off by the snap length; the packet itself may have been fine. */
        TRUNCATED,
        /** The bytes contradict themselves. */
        MALFORMED,
        /** The link type is not known. */
        UNSUPPORTED
    }

    public DecodedPacket {
        Objects.requireNonNull(captured, "captured");
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(transport, "transport");
    }

    public long number() {
        return captured.number();
    }

    public long timeNanos() {
        return captured.timeNanos();
    }

    /** The IP header, or null. */
    public NetworkHeader.Ip ip() {
        return network instanceof NetworkHeader.Ip ip ? ip : null;
    }

    /** The TCP segment, or null. */
    public Transport.Tcp tcp() {
        return transport instanceof Transport.Tcp tcp ? tcp : null;
    }

    /** The UDP datagram (or its first fragment), or null. */
    public Transport.Udp udp() {
        return transport instanceof Transport.Udp udp ? udp : null;
    }

    /** The ICMP or ICMPv6 message, or null. */
    public Transport.Icmp icmp() {
        return transport instanceof Transport.Icmp icmp ? icmp : null;
    }

    /** The source address and port (0 where there are none), or null without IP. */
    public Endpoint source() {
        NetworkHeader.Ip ip = ip();
        return ip == null ? null : new Endpoint(ip.source(), transport.sourcePort());
    }

    /** The destination address and port (0 where there are none), or null without IP. */
    public Endpoint destination() {
        NetworkHeader.Ip ip = ip();
        return ip == null ? null : new Endpoint(ip.destination(), transport.destinationPort());
    }
}
