package io.netverdict.correlator.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a client said went wrong. Only {@link #message()} is required; every other field may be
 * null, or is filled in where it was found in the message.
 *
 * @param message the client's own text
 * @param url what was asked for
 * @param method the HTTP method
 * @param occurredAt when the client reported the error; the time of receipt where missing
 * @param startedAt when the client began the request
 * @param local the client's end, {@code address:port}
 * @param remote the peer's end, {@code address:port}
 * @param proxy the proxy's URL or {@code host:port}
 * @param client name and version of the client library
 * @param key the caller's own id; the same key twice is one incident
 * @param attributes free key-value pairs kept with the incident
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErrorReport(
        String message,
        @Nullable String url,
        @Nullable String method,
        @Nullable Instant occurredAt,
        @Nullable Instant startedAt,
        @Nullable String local,
        @Nullable String remote,
        @Nullable String proxy,
        @Nullable String client,
        @Nullable String key,
        @Nullable Map<String, String> attributes) {

    public ErrorReport {
        Objects.requireNonNull(message, "message");
        attributes = attributes == null ? null : Map.copyOf(attributes);
    }

    /** A report of a message alone. */
    public static ErrorReport of(String message) {
        return new ErrorReport(message, null, null, null, null, null, null, null, null, null, null);
    }

    /** This report with the time of the error filled in where it is missing. */
    public ErrorReport withOccurredAtIfMissing(Instant receivedAt) {
        return occurredAt != null
                ? this
                : new ErrorReport(
                        message,
                        url,
                        method,
                        receivedAt,
                        startedAt,
                        local,
                        remote,
                        proxy,
                        client,
                        key,
                        attributes);
    }
}
