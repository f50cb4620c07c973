package io.netverdict.service.packets;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document that {@link SlicePackets} writes, as the API's description shows it. */
public record DecodedSlice(
        @JsonPropertyDescription(
                        "Packets of the slice; of many the first and those that are evidence are"
                                + " given.")
                long total,
        @Nullable Instant startedAt,
        List<Packet> packets) {

    /** One packet; protocols that the engine takes apart add a member of their name. */
    public record Packet(
            @JsonPropertyDescription("From 1, as evidence cites it.") long frame,
            Instant time,
            @JsonPropertyDescription("Seconds since the first packet.") double at,
            @JsonPropertyDescription("The incident's flow.") @Nullable Integer flow,
            @Nullable String src,
            @Nullable String dst,
            String protocol,
            @JsonPropertyDescription("Bytes on the wire.") int length,
            @JsonPropertyDescription("Its messages in words.") @Nullable String info,
            @JsonPropertyDescription(
                            "flags, seq and ack from 0, window in bytes, sack, analysis marks,"
                                    + " retransmissionOf, options and the raw numbers.")
                    @Nullable Map<String, Object> tcp,
            @Nullable Map<String, Object> ip) {}
}
