package io.netverdict.hook;

import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

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
        attributes =
                attributes == null
                        ? Map.of()
                        : Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** A failure known by its text alone, now. */
    public static FailedRequest of(String message) {
        return new FailedRequest(
                message, null, null, null, Instant.now(), null, null, null, null, null, null, null);
    }

    /** A failure known by its exception, now; its causes become part of the message. */
    public static FailedRequest of(Throwable error) {
        Draft draft = new Draft(of(describe(error)));
        draft.error = error;
        return draft.finish();
    }

    /** This failure of a request for a URL. */
    public FailedRequest withRequest(String newMethod, URI uri) {
        return edited(
                draft -> {
                    draft.method = newMethod;
                    draft.url = withoutUser(uri);
                });
    }

    public FailedRequest withMessage(String newMessage) {
        return edited(draft -> draft.message = newMessage);
    }

    public FailedRequest withStartedAt(Instant newStartedAt) {
        return edited(draft -> draft.startedAt = newStartedAt);
    }

    /**
     * @param newLocal {@code address:port}; to be told only where the request had one connection,
     *     since the service then takes it for the request's only one
     */
    public FailedRequest withLocal(String newLocal) {
        return edited(draft -> draft.local = newLocal);
    }

    public FailedRequest withRemote(String newRemote) {
        return edited(draft -> draft.remote = newRemote);
    }

    public FailedRequest withProxy(String newProxy) {
        return edited(draft -> draft.proxy = newProxy);
    }

    public FailedRequest withClient(String newClient) {
        return edited(draft -> draft.client = newClient);
    }

    public FailedRequest withKey(String newKey) {
        return edited(draft -> draft.key = newKey);
    }

    /** With these attributes instead of those it had. */
    public FailedRequest withAttributes(Map<String, String> newAttributes) {
        return edited(draft -> draft.attributes = newAttributes);
    }

    /** With one more attribute; a null value adds none. */
    public FailedRequest withAttribute(String name, String value) {
        if (value == null) {
            return this;
        }
        Map<String, String> more = new LinkedHashMap<>(attributes);
        more.put(name, value);
        return withAttributes(more);
    }

    private FailedRequest edited(Consumer<Draft> edit) {
        Draft draft = new Draft(this);
        edit.accept(draft);
        return draft.finish();
    }

    /** The fields, to be changed one by one. */
    private static final class Draft {
        private String message;
        private String url;
        private String method;
        private Instant startedAt;
        private final Instant occurredAt;
        private String local;
        private String remote;
        private String proxy;
        private String client;
        private String key;
        private Map<String, String> attributes;
        private Throwable error;

        Draft(FailedRequest from) {
            message = from.message;
            url = from.url;
            method = from.method;
            startedAt = from.startedAt;
            occurredAt = from.occurredAt;
            local = from.local;
            remote = from.remote;
            proxy = from.proxy;
            client = from.client;
            key = from.key;
            attributes = from.attributes;
            error = from.error;
        }

        FailedRequest finish() {
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
                    attributes,
                    error);
        }
    }

    /** The exception and its causes, a line each, as Java prints them. */
    private static String describe(Throwable error) {
        StringBuilder text = new StringBuilder(error.toString());
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
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
