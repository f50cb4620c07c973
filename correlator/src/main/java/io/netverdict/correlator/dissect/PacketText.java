package io.netverdict.correlator.dissect;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.NetworkHeader;
import io.netverdict.capture.packet.Transport.Icmp;
import io.netverdict.capture.packet.Transport.Tcp;
import io.netverdict.correlator.marks.Mark;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Dissected packets as lines for people: frame, seconds since the first packet, flow, addresses,
 * protocol, then what there is to say. Sequence numbers are relative to the first one seen of their
 * direction. Packets have to come in order; one thread.
 */
public final class PacketText {
    private final PacketTime time;
    private final Map<Integer, RelativeNumbers> connections =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Integer, RelativeNumbers> eldest) {
                    return size() > FlowNumbers.MAX_FLOWS;
                }
            };
    private long firstNanos;
    private boolean started;

    /**
     * Where the sequence numbers of the two directions begin; a port tells the directions apart.
     */
    private static final class RelativeNumbers {
        private final Map<Object, Long> firstNumbers = new HashMap<>(4);

        private long relative(Object sender, long number, long assumedFirst) {
            long first = firstNumbers.computeIfAbsent(sender, key -> assumedFirst);
            return number - first & 0xFFFF_FFFFL;
        }
    }

    /**
     * @param timeDigits behind the point of a second that the capture's times have
     */
    public PacketText(int timeDigits) {
        time = new PacketTime(timeDigits);
    }

    /** The packet as one line, without its end. */
    public String of(DissectedPacket dissected) {
        DecodedPacket captured = dissected.captured();
        DecodedPacket packet = dissected.packet();
        if (!started) {
            started = true;
            firstNanos = captured.timeNanos();
        }
        StringJoiner line = new StringJoiner("  ");
        line.add(String.format(Locale.ROOT, "%6d", captured.number()));
        line.add(time.seconds(captured.timeNanos() - firstNanos));
        line.add(dissected.flow() > 0 ? "#" + dissected.flow() : "#-");
        line.add(addresses(packet));
        line.add(dissected.protocol());
        line.add("length " + captured.captured().wireLength());
        if (packet.tcp() != null) {
            line.add(tcp(packet, dissected));
        }
        String messages = messages(dissected);
        if (!messages.isEmpty()) {
            line.add(messages);
        }
        if (captured.integrity() != DecodedPacket.Integrity.COMPLETE) {
            line.add("(" + captured.integrity().name().toLowerCase(Locale.ROOT) + ")");
        }
        return line.toString();
    }

    /** What a packet carries beside its TCP header, in words; empty where that is nothing. */
    public static String messages(DissectedPacket dissected) {
        StringJoiner text = new StringJoiner("  ");
        if (dissected.fragment() != null) {
            text.add(fragment(dissected.fragment()));
        }
        if (dissected.packet().icmp() != null) {
            text.add(icmp(dissected.packet().icmp()));
        }
        String notes = NotesText.of(dissected.notes());
        if (!notes.isEmpty()) {
            text.add(notes);
        }
        return text.toString();
    }

    private static String addresses(DecodedPacket packet) {
        if (packet.network() instanceof NetworkHeader.Arp arp) {
            return arp.operation() == NetworkHeader.Arp.REPLY
                    ? arp.sender() + " is at " + arp.senderHardware()
                    : arp.sender() + " asks who has " + arp.target();
        }
        if (packet.ip() == null) {
            return "-";
        }
        boolean ports = PacketJson.hasPorts(packet.transport());
        return PacketJson.address(packet.source(), ports)
                + " > "
                + PacketJson.address(packet.destination(), ports);
    }

    private String tcp(DecodedPacket packet, DissectedPacket dissected) {
        Tcp segment = packet.tcp();
        RelativeNumbers numbers =
                connections.computeIfAbsent(dissected.flow(), flow -> new RelativeNumbers());
        long assumed = segment.sequence() - (segment.syn() ? 0 : 1);
        StringJoiner text = new StringJoiner(" ");
        text.add(TcpFlagNames.of(segment.flags()));
        text.add("seq " + numbers.relative(packet.source(), segment.sequence(), assumed));
        if (segment.ack()) {
            long before = segment.acknowledgment() - 1;
            text.add(
                    "ack "
                            + numbers.relative(
                                    packet.destination(), segment.acknowledgment(), before));
        }
        text.add("payload " + segment.payloadLength());
        text.add("window " + segment.window());
        for (Mark mark : Mark.values()) {
            if (dissected.marks().contains(mark)) {
                text.add("[" + mark.label() + "]");
            }
        }
        return text.toString();
    }

    private static String fragment(FragmentNote fragment) {
        String text =
                "fragment id "
                        + fragment.identification()
                        + " offset "
                        + fragment.offset()
                        + (fragment.moreFragments() ? ", more follow" : ", last");
        if (!fragment.frames().isEmpty()) {
            return text
                    + ", completes "
                    + fragment.reassembledBytes()
                    + " bytes of frames "
                    + fragment.frames();
        }
        return fragment.reassembledIn() >= 0
                ? text + ", reassembled in " + fragment.reassembledIn()
                : text + ", never reassembled";
    }

    private static String icmp(Icmp message) {
        String text = "type " + message.type() + " code " + message.code();
        if (message.nextHopMtu() >= 0) {
            text += " mtu " + message.nextHopMtu();
        }
        if (message.neighborTarget() != null) {
            text += " target " + message.neighborTarget();
        }
        return message.quoted() == null
                ? text
                : text
                        + " about "
                        + QuoteText.source(message.quoted())
                        + " > "
                        + QuoteText.destination(message.quoted());
    }
}
