package io.netverdict.correlator.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The step a request was in when it broke or ran out of time. */
public enum Phase {
    RESOLVE,
    CONNECT,
    PROXY,
    TLS,
    REQUEST,
    RESPONSE,
    NONE;

    /** The word of the contract. */
    @JsonValue
    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** The value for a word of the contract; throws for any other. */
    @JsonCreator
    public static Phase fromCode(String code) {
        for (Phase value : values()) {
            if (value.code().equals(code)) {
                return value;
            }
        }
        throw new IllegalArgumentException("code=" + code);
    }
}
