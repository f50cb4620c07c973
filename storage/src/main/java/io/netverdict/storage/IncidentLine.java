package io.netverdict.storage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a list shows of an incident, kept apart from its document.
 *
 * @param status a word of the contract
 * @param host of the URL or of the remote end; null where the report names none
 * @param cause null while collecting, like the fields behind it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IncidentLine(
        String id,
        Instant receivedAt,
        String status,
        String message,
        @Nullable String url,
        @Nullable String host,
        @Nullable String cause,
        @Nullable Double confidence,
        @Nullable String blame,
        @Nullable String phase,
        @Nullable String hint) {}
