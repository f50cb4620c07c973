package io.netverdict.correlator.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Where a fault lies. */
public enum Blame {
    CLIENT,
    LOCAL_LINK,
    RESOLVER,
    PATH,
    PROXY,
    SERVER,
    NONE,
    UNKNOWN;

    /** The word of the contract. */
    @JsonValue
    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** The value for a word of the contract; throws for any other. */
    @JsonCreator
    public static Blame fromCode(String code) {
        for (Blame value : values()) {
            if (value.code().equals(code)) {
                return value;
            }
        }
        throw new IllegalArgumentException("code=" + code);
    }
}
