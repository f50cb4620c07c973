package io.netverdict.capture.index;

import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.packet.IpProtocol;
import java.nio.ByteBuffer;

/**
 * Which packets decide verdicts whatever their stream carries: ARP, ICMP and ND, DNS, QUIC
 * handshakes, fragments of datagrams, beginnings and ends of TCP connections. TLS handshakes are
 * {@link TlsHandshakeReach}'s part.
 *
 * <p>Hot path: no allocation, bounded work.
 */
final class DecidingPackets {
    static final int TCP_FIN = 0x01;
    static final int TCP_SYN = 0x02;
    static final int TCP_RST = 0x04;

    private static final int DNS_PORT = 53;
    private static final int DNS_OVER_TLS_PORT = 853;
    private static final int MDNS_PORT = 5353;
    private static final int LLMNR_PORT = 5355;

    private static final int UDP_HEADER_BYTES = 8;
    private static final int QUIC_READ_BYTES = 5;

    /** Long header and fixed bit, RFC 9000 section 17.2. */
    private static final int QUIC_LONG_HEADER = 0xC0;

    private static final int QUIC_VERSION_1 = 1;

    /** RFC 9369. */
    private static final int QUIC_VERSION_2 = 0x6B33_43CF;

    private static final int QUIC_VERSION_NEGOTIATION = 0;

    /** The packet type of application data before the handshake's end, in version 1. */
    private static final int QUIC_ZERO_RTT = 0x10;

    /** The same in version 2. */
    private static final int QUIC_ZERO_RTT_2 = 0x20;

    private static final int QUIC_TYPE = 0x30;

    private DecidingPackets() {}

    /** Whether a packet without ports decides: neither TCP nor UDP, or a later fragment. */
    static boolean withoutPorts(HeaderView view) {
        return view.ipVersion() == 0
                || view.protocol() == IpProtocol.ICMP
                || view.protocol() == IpProtocol.ICMPV6
                || view.isFragment() && view.protocol() != IpProtocol.TCP;
    }

    /** Whether a datagram decides. */
    static boolean udp(HeaderView view, ByteBuffer buffer) {
        int payload = view.transportOffset() + UDP_HEADER_BYTES;
        if (view.isFragment() || isDns(view)) {
            return true;
        }
        if (view.transportCapturedLength() < UDP_HEADER_BYTES + QUIC_READ_BYTES) {
            return false;
        }
        int first = buffer.get(payload);
        if ((first & QUIC_LONG_HEADER) != QUIC_LONG_HEADER) {
            return false;
        }
        return switch (buffer.getInt(payload + 1)) {
            case QUIC_VERSION_NEGOTIATION -> true;
            case QUIC_VERSION_1 -> (first & QUIC_TYPE) != QUIC_ZERO_RTT;
            case QUIC_VERSION_2 -> (first & QUIC_TYPE) != QUIC_ZERO_RTT_2;
            default -> false;
        };
    }

    /** Whether a segment decides by its flags or its port. */
    static boolean tcp(HeaderView view, int flags) {
        return (flags & (TCP_SYN | TCP_FIN | TCP_RST)) != 0
                || view.sourcePort() == DNS_PORT
                || view.destinationPort() == DNS_PORT;
    }

    /** Whether it is DNS in any of its forms. */
    static boolean isDns(HeaderView view) {
        return isDns(view.sourcePort()) || isDns(view.destinationPort());
    }

    private static boolean isDns(int port) {
        return port == DNS_PORT
                || port == DNS_OVER_TLS_PORT
                || port == MDNS_PORT
                || port == LLMNR_PORT;
    }
}
