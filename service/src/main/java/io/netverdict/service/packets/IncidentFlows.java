package io.netverdict.service.packets;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.Transport.QuotedPacket;
import io.netverdict.correlator.model.FlowSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which of an incident's flows a packet belongs to. Immutable. */
final class IncidentFlows {
    private final Map<String, List<FlowSummary>> byEnds = new HashMap<>();

    IncidentFlows(List<FlowSummary> flows) {
        for (FlowSummary flow : flows) {
            byEnds.computeIfAbsent(key(flow.local(), flow.remote()), key -> new ArrayList<>(1))
                    .add(flow);
            if (!flow.local().equals(flow.remote())) {
                byEnds.computeIfAbsent(key(flow.remote(), flow.local()), key -> new ArrayList<>(1))
                        .add(flow);
            }
        }
    }

    private static String key(String one, String other) {
        return one + ' ' + other;
    }

    /** The id of a packet's flow, or null. */
    Integer of(String source, String destination, DecodedPacket packet) {
        return find(source, destination, packet.timeNanos());
    }

    /** The id of the flow of a packet that an ICMP error quotes, or null. */
    Integer ofQuoted(QuotedPacket quoted, long nanos) {
        if (!quoted.hasPorts()) {
            return null;
        }
        String source = new Endpoint(quoted.ip().source(), quoted.sourcePort()).toString();
        Endpoint destination = new Endpoint(quoted.ip().destination(), quoted.destinationPort());
        return find(source, destination.toString(), nanos);
    }

    /** A port may be used again: then time tells. */
    private Integer find(String source, String destination, long nanos) {
        List<FlowSummary> between = byEnds.getOrDefault(key(source, destination), List.of());
        Instant time = Instant.ofEpochSecond(0, nanos);
        FlowSummary found = null;
        for (FlowSummary flow : between) {
            boolean begun = flow.firstPacketAt() == null || !flow.firstPacketAt().isAfter(time);
            if (found == null || begun) {
                found = flow;
            }
        }
        return found == null ? null : found.id();
    }
}
