package io.netverdict.hook;

import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A request that failed, as the application knows it. Only the message is required; what is null
 * the service finds where it can.
 *
 * @param message the client's own text
 * @param url what was asked for; user and password in it are not sent
 * @param method the HTTP method
 * @param startedAt when the request began
 * @param occurredAt when it failed
 * @param local the client's end, {@code address:port}
 * @param remote the peer's end, {@code address:port}
 * @param proxy the proxy's URL or {@code host:port}
 * @param client name and version of the client library
 * @param key the caller's own id; the same key twice is one incident
 * @param attributes free pairs kept with the incident, such as a trace id
 * @param error what the hint is attached to; not sent
 */
public record FailedRequest(
        String message,
        String url,
        String method,
        Instant startedAt,
        Instant occurredAt,
        String local,
        String remote,
        String proxy,
        String client,
        String key,
        Map<String, String> attributes,
        Throwable error) {
    public FailedRequest {
        Objects.requireNonNull(message, "message");
        attributes = attributes == null ? Map.of() : Map.copyOf(attributes);
    }

    /** A failure known by its text alone, now. */
    public static FailedRequest of(String message) {
        return new FailedRequest(
                message, null, null, null, Instant.now(), null, null, null, null, null, null, null);
    }

    /** A failure known by its exception, now; its causes become part of the message. */
    public static FailedRequest of(Throwable error) {
        return new FailedRequest(
                describe(error),
                null,
                null,
                null,
                Instant.now(),
                null,
                null,
                null,
                null,
                null,
                null,
                error);
    }

    /** This failure of a request for a URL. */
    public FailedRequest withRequest(String newMethod, URI uri) {
        return new FailedRequest(
                message,
                withoutUser(uri),
                newMethod,
                startedAt,
                occurredAt,
                local,
                remote,
                proxy,
                client,
                key,
                attributes,
                error);
    }

    public FailedRequest withStartedAt(Instant newStartedAt) {
        return new FailedRequest(
                message,
                url,
                method,
                newStartedAt,
                occurredAt,
                local,
                remote,
                proxy,
                client,
                key,
                attributes,
                error);
    }

    public FailedRequest withProxy(String newProxy) {
        return new FailedRequest(
                message,
                url,
                method,
                startedAt,
                occurredAt,
                local,
                remote,
                newProxy,
                client,
                key,
                attributes,
                error);
    }

    public FailedRequest withClient(String newClient) {
        return new FailedRequest(
                message,
                url,
                method,
                startedAt,
                occurredAt,
                local,
                remote,
                proxy,
                newClient,
                key,
                attributes,
                error);
    }

    public FailedRequest withKey(String newKey) {
        return new FailedRequest(
                message,
                url,
                method,
                startedAt,
                occurredAt,
                local,
                remote,
                proxy,
                client,
                newKey,
                attributes,
                error);
    }

    public FailedRequest withAttributes(Map<String, String> newAttributes) {
        return new FailedRequest(
                message,
                url,
                method,
                startedAt,
                occurredAt,
                local,
                remote,
                proxy,
                client,
                key,
                newAttributes,
                error);
    }

    /** The exception and its causes, a line each, as Java prints them. */
    private static String describe(Throwable error) {
        StringBuilder text = new StringBuilder(error.toString());
        Set<Throwable> seen = new HashSet<>();
        seen.add(error);
        for (Throwable cause = error.getCause();
                cause != null && seen.add(cause);
                cause = cause.getCause()) {
            text.append("\nCaused by: ").append(cause);
        }
        return text.toString();
    }

    private static String withoutUser(URI uri) {
        String userInfo = uri.getRawUserInfo();
        return userInfo == null ? uri.toString() : uri.toString().replace(userInfo + "@", "");
    }
}
