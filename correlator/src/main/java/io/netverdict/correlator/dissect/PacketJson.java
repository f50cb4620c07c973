package io.netverdict.correlator.dissect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.NetworkHeader;
import io.netverdict.capture.packet.Transport;
import io.netverdict.capture.packet.Transport.Icmp;
import io.netverdict.capture.packet.Transport.QuotedPacket;
import io.netverdict.capture.packet.Transport.Tcp;
import io.netverdict.correlator.marks.Mark;
import java.util.Locale;

/**
 * A dissected packet as one JSON object: {@code frame, time, flow, src, dst, protocol, length}, and
 * where they apply {@code tcp, ip, icmp, arp, dns, tls, http, http2, quic}. Sequence numbers and
 * windows are as on the wire. One thread.
 */
public final class PacketJson {
    private final PacketTime time;

    /**
     * @param timeDigits behind the point of a second that the capture's times have
     */
    public PacketJson(int timeDigits) {
        time = new PacketTime(timeDigits);
    }

    /** The packet as an object; its {@code toString} is one line. */
    public ObjectNode of(DissectedPacket dissected) {
        DecodedPacket captured = dissected.captured();
        DecodedPacket packet = dissected.packet();
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("frame", captured.number());
        line.put("time", time.absolute(captured.timeNanos()));
        if (dissected.flow() > 0) {
            line.put("flow", dissected.flow());
        }
        addresses(line, packet);
        line.put("protocol", dissected.protocol());
        line.put("length", captured.captured().wireLength());
        if (captured.integrity() != DecodedPacket.Integrity.COMPLETE) {
            line.put("integrity", captured.integrity().name().toLowerCase(Locale.ROOT));
        }
        if (packet.tcp() != null) {
            tcp(line.putObject("tcp"), packet.tcp(), dissected);
        }
        if (dissected.fragment() != null) {
            fragment(line.putObject("ip").putObject("fragment"), dissected.fragment());
        }
        if (packet.icmp() != null) {
            icmp(line.putObject("icmp"), packet.icmp());
        }
        NotesJson.add(line, dissected.notes());
        return line;
    }

    private static void addresses(ObjectNode line, DecodedPacket packet) {
        if (packet.network() instanceof NetworkHeader.Arp arp) {
            line.put("src", arp.sender().toString());
            line.put("dst", arp.target().toString());
            line.putObject("arp")
                    .put("operation", arp.operation())
                    .put("senderHardware", arp.senderHardware())
                    .put("targetHardware", arp.targetHardware());
        } else if (packet.ip() != null) {
            boolean ports = hasPorts(packet.transport());
            line.put("src", address(packet.source(), ports));
            line.put("dst", address(packet.destination(), ports));
        }
    }

    static boolean hasPorts(Transport transport) {
        return transport instanceof Tcp || transport instanceof Transport.Udp;
    }

    static String address(Endpoint endpoint, boolean port) {
        return port ? endpoint.toString() : endpoint.address().toString();
    }

    private static void tcp(ObjectNode tcp, Tcp segment, DissectedPacket dissected) {
        tcp.put("flags", TcpFlagNames.of(segment.flags()));
        tcp.put("seq", segment.sequence());
        tcp.put("ack", segment.acknowledgment());
        tcp.put("payload", segment.payloadLength());
        tcp.put("window", segment.window());
        ArrayNode analysis = tcp.putArray("analysis");
        for (Mark mark : Mark.values()) {
            if (dissected.marks().contains(mark)) {
                analysis.add(mark.label());
            }
        }
    }

    private static void fragment(ObjectNode json, FragmentNote fragment) {
        json.put("id", fragment.identification());
        json.put("offset", fragment.offset());
        json.put("length", fragment.length());
        json.put("more", fragment.moreFragments());
        if (fragment.reassembledIn() >= 0) {
            json.put("reassembledIn", fragment.reassembledIn());
        }
        if (!fragment.frames().isEmpty()) {
            ArrayNode frames = json.putArray("frames");
            fragment.frames().forEach(frames::add);
            json.put("reassembledLength", fragment.reassembledBytes());
        }
    }

    private static void icmp(ObjectNode json, Icmp message) {
        json.put("type", message.type());
        json.put("code", message.code());
        if (message.nextHopMtu() >= 0) {
            json.put("mtu", message.nextHopMtu());
        }
        if (message.neighborTarget() != null) {
            json.put("target", message.neighborTarget().toString());
        }
        QuotedPacket quoted = message.quoted();
        if (quoted != null) {
            ObjectNode quote = json.putObject("quoted");
            quote.put("src", QuoteText.source(quoted));
            quote.put("dst", QuoteText.destination(quoted));
            quote.put("protocol", quoted.ip().protocol());
            if (quoted.tcpSequence() >= 0) {
                quote.put("seq", quoted.tcpSequence());
            }
        }
    }
}
