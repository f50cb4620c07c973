package io.netverdict.correlator.dissect;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.NetworkHeader;
import io.netverdict.capture.packet.Transport;
import io.netverdict.correlator.marks.Mark;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * A packet with everything that is said of it.
 *
 * @param captured the packet as it was captured
 * @param packet the datagram it completes, where it is the last fragment of one; else the same
 * @param flow number of its flow in the capture, from 1; 0 where it has none
 * @param marks of a TCP segment
 * @param fragment what is to be said of a fragment, else null
 * @param notes the application messages it begins or completes
 */
public record DissectedPacket(
        DecodedPacket captured,
        DecodedPacket packet,
        int flow,
        Set<Mark> marks,
        FragmentNote fragment,
        FrameNotes notes) {

    public DissectedPacket {
        Objects.requireNonNull(captured, "captured");
        Objects.requireNonNull(packet, "packet");
        marks = Set.copyOf(marks);
    }

    /** The highest protocol that was recognized, in lower case. */
    public String protocol() {
        if (!notes.quic().isEmpty()) {
            return "quic";
        }
        if (!notes.dns().isEmpty()) {
            return "dns";
        }
        if (notes.hasTls()) {
            return "tls";
        }
        if (notes.hasHttp2()) {
            return "http2";
        }
        return notes.hasHttp() ? "http" : transportName();
    }

    private String transportName() {
        Transport transport = packet.transport();
        if (transport instanceof Transport.Tcp) {
            return "tcp";
        }
        if (transport instanceof Transport.Udp) {
            return "udp";
        }
        if (transport instanceof Transport.Icmp icmp) {
            return icmp.version() == 4 ? "icmp" : "icmpv6";
        }
        if (packet.network() instanceof NetworkHeader.Arp) {
            return "arp";
        }
        if (packet.ip() != null) {
            return transport instanceof Transport.Other other
                    ? "ip-protocol-" + other.protocol()
                    : "ipv" + packet.ip().version();
        }
        int etherType = ((NetworkHeader.None) packet.network()).etherType();
        return etherType == 0
                ? "unknown"
                : String.format(Locale.ROOT, "ethertype-0x%04x", etherType);
    }
}
