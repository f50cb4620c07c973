package io.netverdict.hook;

import java.util.Map;

/** Writes an error report as JSON, without a library. */
final class JsonWriter {
    private static final int FIRST_PRINTABLE = 0x20;

    private final StringBuilder json = new StringBuilder("{");

    private JsonWriter() {}

    /** The contract's error report. */
    static String errorReport(FailedRequest request) {
        JsonWriter writer = new JsonWriter();
        writer.field("message", request.message());
        writer.field("url", request.url());
        writer.field("method", request.method());
        writer.field("startedAt", request.startedAt());
        writer.field("occurredAt", request.occurredAt());
        writer.field("local", request.local());
        writer.field("remote", request.remote());
        writer.field("proxy", request.proxy());
        writer.field("client", request.client());
        writer.field("key", request.key());
        if (!request.attributes().isEmpty()) {
            writer.name("attributes");
            writer.json.append('{');
            for (Map.Entry<String, String> attribute : request.attributes().entrySet()) {
                writer.field(attribute.getKey(), attribute.getValue());
            }
            writer.json.append('}');
        }
        return writer.json.append('}').toString();
    }

    /** A name with the text of a value; nothing where it is null. */
    private void field(String name, Object value) {
        if (value != null) {
            name(name);
            string(value.toString());
        }
    }

    private void name(String name) {
        if (json.charAt(json.length() - 1) != '{') {
            json.append(',');
        }
        string(name);
        json.append(':');
    }

    private void string(String text) {
        json.append('"');
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            switch (character) {
                case '"', '\\' -> json.append('\\').append(character);
                case '\n' -> json.append("\\n");
                default -> {
                    // Surrogates escaped too: one alone has no UTF-8.
                    if (character < FIRST_PRINTABLE || Character.isSurrogate(character)) {
                        json.append(String.format("\\u%04x", (int) character));
                    } else {
                        json.append(character);
                    }
                }
            }
        }
        json.append('"');
    }
}
