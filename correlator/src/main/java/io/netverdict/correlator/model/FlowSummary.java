package io.netverdict.correlator.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Figures of one flow of an incident, seen from the client.
 *
 * @param id from 1, unique in the incident
 * @param protocol {@code tcp}, {@code udp}, {@code icmp}, {@code arp}, …
 * @param local the client's end
 * @param remote the other end
 * @param bytesSent bytes on the wire, link headers included
 * @param retransmissions segments sent again, both directions
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FlowSummary(
        int id,
        @Nullable String protocol,
        @Nullable String local,
        @Nullable String remote,
        long packetsSent,
        long packetsReceived,
        long bytesSent,
        long bytesReceived,
        long retransmissions,
        @Nullable Instant firstPacketAt,
        @Nullable Instant lastPacketAt) {}
