package io.netverdict.correlator.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One step of the request.
 *
 * @param target the name, {@code address:port} or URL it was about
 * @param flow the id of its flow in the incident, or null
 * @param endedAt null while unfinished
 * @param detail figures and findings, JSON-friendly values
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Operation(
        OperationKind kind,
        @Nullable String target,
        @Nullable Integer flow,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Outcome outcome,
        Map<String, Object> detail) {
    public Operation {
        detail = Collections.unmodifiableMap(new LinkedHashMap<>(detail));
    }
}
