package io.netverdict.correlator.fragment;

import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.NetworkHeader;

/**
 * What the fragments of one datagram have in common (RFC 791 3.2, RFC 8200 4.5).
 *
 * <p>IPv4 counts the protocol in; IPv6 does not, since only the first fragment says it for sure.
 *
 * @param protocol the transport protocol, or -1 for IPv6
 * @param identification 0 to 2^16-1 for IPv4, 0 to 2^32-1 for IPv6
 */
public record DatagramKey(
        IpAddress source, IpAddress destination, int protocol, long identification) {

    /** The key of a fragment's datagram. */
    static DatagramKey of(NetworkHeader.Ip ip) {
        int protocol = ip.version() == 4 ? ip.protocol() : -1;
        return new DatagramKey(ip.source(), ip.destination(), protocol, ip.identification());
    }
}
