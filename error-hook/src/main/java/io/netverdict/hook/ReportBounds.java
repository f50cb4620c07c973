package io.netverdict.hook;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Cuts a report to a size that is cheap to keep, to send and to store, and says in the report what
 * was cut: some clients put a whole response into their error text.
 */
final class ReportBounds {
    /**
     * Characters of a message that are sent; the end tells the cause more often than the middle.
     */
    static final int MAX_MESSAGE_CHARS = 32_768;

    private static final int MESSAGE_END_CHARS = 8_192;
    private static final int MAX_FIELD_CHARS = 4_096;
    private static final int MAX_ATTRIBUTES = 96;
    private static final String TRUNCATED = "netverdict.truncated";

    private ReportBounds() {}

    static FailedRequest cut(FailedRequest request) {
        StringBuilder said = new StringBuilder();
        String message = message(request.message(), said);
        Map<String, String> attributes = attributes(request.attributes(), said);
        FailedRequest bounded =
                new FailedRequest(
                        message,
                        field("url", request.url(), said),
                        field("method", request.method(), said),
                        request.startedAt(),
                        request.occurredAt(),
                        request.local(),
                        request.remote(),
                        field("proxy", request.proxy(), said),
                        field("client", request.client(), said),
                        request.key(),
                        attributes,
                        request.error());
        return said.isEmpty() ? request : bounded.withAttribute(TRUNCATED, said.toString());
    }

    private static String message(String message, StringBuilder said) {
        int length = message.length();
        if (length <= MAX_MESSAGE_CHARS) {
            return message;
        }
        say(said, "message", length);
        int beginning = MAX_MESSAGE_CHARS - MESSAGE_END_CHARS;
        return message.substring(0, beginning)
                + "\n[... "
                + (length - MAX_MESSAGE_CHARS)
                + " characters left out ...]\n"
                + message.substring(length - MESSAGE_END_CHARS);
    }

    private static Map<String, String> attributes(
            Map<String, String> attributes, StringBuilder said) {
        Map<String, String> kept = new LinkedHashMap<>();
        attributes.forEach(
                (name, value) -> {
                    if (name != null && value != null && kept.size() < MAX_ATTRIBUTES) {
                        kept.put(field("name", name, said), field(name, value, said));
                    }
                });
        if (kept.size() < attributes.size()) {
            say(said, "attributes", attributes.size());
        }
        return kept;
    }

    private static String field(String name, String value, StringBuilder said) {
        if (value == null || value.length() <= MAX_FIELD_CHARS) {
            return value;
        }
        say(said, name.length() > MAX_FIELD_CHARS ? "attribute" : name, value.length());
        return value.substring(0, MAX_FIELD_CHARS);
    }

    private static void say(StringBuilder said, String what, int length) {
        if (said.length() < MAX_FIELD_CHARS) {
            said.append(said.isEmpty() ? "" : ", ").append(what).append(" of ").append(length);
        }
    }
}
