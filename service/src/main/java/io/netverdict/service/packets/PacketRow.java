package io.netverdict.service.packets;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.NetworkHeader;
import io.netverdict.capture.packet.Transport.QuotedPacket;
import io.netverdict.capture.packet.Transport.SackBlock;
import io.netverdict.capture.packet.Transport.Tcp;
import io.netverdict.capture.packet.Transport.TcpOptions;
import io.netverdict.correlator.dissect.DissectedPacket;
import io.netverdict.correlator.dissect.PacketJson;
import io.netverdict.correlator.dissect.PacketText;
import io.netverdict.correlator.marks.Mark;
import io.netverdict.correlator.model.FlowSummary;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/**
 * Makes of each packet what a person wants to see of it: the fields of {@link PacketJson}, with
 * {@code at} (seconds since the slice's first packet), {@code flow} (the incident's, absent where
 * it is in none), {@code info} (its messages in words), {@code ip}, and for TCP numbers that begin
 * at 0 ({@code seq, ack, sack}), the window in bytes ({@code window}), the raw numbers ({@code
 * rawSeq, rawAck, rawWindow}), the options, and the frame whose bytes a retransmission repeats
 * ({@code retransmissionOf}). Packets have to come in order; one thread.
 */
final class PacketRow {
    private static final int TIME_DIGITS = 9;
    private static final double NANOS_PER_SECOND = 1e9;

    private final PacketJson json = new PacketJson(TIME_DIGITS);
    private final IncidentFlows flows;
    private final Map<Integer, Map<Object, SentBytes>> connections = new HashMap<>();
    private final long startNanos;
    private final LongUnaryOperator frames;

    /**
     * @param startNanos time of the first packet
     * @param frames the number to give each frame
     */
    PacketRow(List<FlowSummary> flows, long startNanos, LongUnaryOperator frames) {
        this.flows = new IncidentFlows(flows);
        this.startNanos = startNanos;
        this.frames = frames;
    }

    Instant startedAt() {
        return Instant.ofEpochSecond(0, startNanos);
    }

    ObjectNode of(DissectedPacket dissected) {
        DecodedPacket packet = dissected.packet();
        ObjectNode row = json.of(dissected);
        row.put("frame", frames.applyAsLong(dissected.captured().number()));
        row.put("at", (packet.timeNanos() - startNanos) / NANOS_PER_SECOND);
        row.remove("flow");
        Integer flow = flow(packet, row);
        if (flow != null) {
            row.put("flow", flow);
        }
        String info = PacketText.messages(dissected);
        if (!info.isEmpty()) {
            row.put("info", info);
        }
        if (packet.ip() != null) {
            ip(row.withObject("/ip"), packet.ip());
        }
        if (packet.tcp() != null) {
            tcp((ObjectNode) row.get("tcp"), dissected);
        }
        return row;
    }

    private Integer flow(DecodedPacket packet, ObjectNode row) {
        Integer own = flows.of(row.path("src").asText(), row.path("dst").asText(), packet);
        QuotedPacket quoted = packet.icmp() == null ? null : packet.icmp().quoted();
        if (quoted == null) {
            return own;
        }
        Integer about = flows.ofQuoted(quoted, packet.timeNanos());
        return about == null ? own : about;
    }

    private static void ip(ObjectNode json, NetworkHeader.Ip ip) {
        json.put("version", ip.version());
        json.put(ip.version() == 4 ? "ttl" : "hopLimit", ip.hopLimit());
        if (ip.identification() >= 0) {
            json.put("id", ip.identification());
        }
        json.put("dontFragment", ip.dontFragment());
    }

    private void tcp(ObjectNode json, DissectedPacket dissected) {
        DecodedPacket packet = dissected.packet();
        Tcp segment = packet.tcp();
        Map<Object, SentBytes> ends =
                connections.computeIfAbsent(dissected.flow(), flow -> new HashMap<>(4));
        SentBytes sent = ends.computeIfAbsent(packet.source(), end -> new SentBytes());
        SentBytes received = ends.computeIfAbsent(packet.destination(), end -> new SentBytes());
        long sequence = sent.relative(segment.sequence(), segment.syn() ? 0 : 1);
        json.put("rawSeq", segment.sequence()).put("seq", sequence);
        json.put("rawAck", segment.acknowledgment());
        if (segment.ack()) {
            json.put("ack", received.relative(segment.acknowledgment(), 1));
        } else {
            json.remove("ack");
        }
        json.put("rawWindow", segment.window());
        sent.offers(segment);
        json.put("window", sent.windowBytes(segment, received));
        options(json, segment, received);
        boolean again = dissected.marks().stream().anyMatch(Mark::isRetransmission);
        long original = sent.add(sequence, segment.sequenceLength(), packet.number());
        if (again && original > 0) {
            json.put("retransmissionOf", frames.applyAsLong(original));
        }
    }

    private static void options(ObjectNode json, Tcp segment, SentBytes received) {
        TcpOptions options = segment.options();
        if (!options.sack().isEmpty()) {
            ArrayNode blocks = json.putArray("sack");
            for (SackBlock block : options.sack()) {
                blocks.addArray()
                        .add(received.relative(block.left(), 1))
                        .add(received.relative(block.right(), 1));
            }
        }
        if (options.maximumSegmentSize() >= 0) {
            json.put("mss", options.maximumSegmentSize());
        }
        if (options.windowScale() >= 0) {
            json.put("windowScale", options.windowScale());
        }
        if (options.sackPermitted()) {
            json.put("sackPermitted", true);
        }
        if (options.timestampValue() >= 0) {
            json.put("timestamp", options.timestampValue());
            json.put("timestampEcho", options.timestampEcho());
        }
    }
}
