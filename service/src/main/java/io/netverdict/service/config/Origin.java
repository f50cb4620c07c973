package io.netverdict.service.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Where a setting's value comes from.
 *
 * @param place the flag, the variable, or file and line; null for a default
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Origin(Kind kind, String place) {
    static final Origin DEFAULT = new Origin(Kind.DEFAULT, null);

    /** The sources of values, those that win first. */
    public enum Kind {
        FLAG,
        ENVIRONMENT,
        FILE,
        DEFAULT;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public String toString() {
        return place == null ? kind.code() : place;
    }
}
