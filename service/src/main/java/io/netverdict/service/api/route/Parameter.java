package io.netverdict.service.api.route;

import java.util.Locale;
import java.util.Map;

/**
 * What a call takes beside its body.
 *
 * @param in where it stands
 * @param type what its text is read as
 * @param constraints keywords of JSON Schema beside the type's own
 */
public record Parameter(
        String name, In in, Class<?> type, String description, Map<String, Object> constraints) {

    /** Places of parameters, by the words of OpenAPI. */
    public enum In {
        PATH,
        QUERY,
        HEADER;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Parameter path(String name, String description) {
        return new Parameter(name, In.PATH, String.class, description, Map.of());
    }

    public static Parameter query(String name, Class<?> type, String description) {
        return new Parameter(name, In.QUERY, type, description, Map.of());
    }

    public static Parameter header(String name, String description) {
        return new Parameter(name, In.HEADER, String.class, description, Map.of());
    }

    /** The same with keywords of JSON Schema. */
    public Parameter with(Map<String, Object> keywords) {
        return new Parameter(name, in, type, description, keywords);
    }
}
