package io.netverdict.correlator.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The kind of a step of a request, or {@link #PROBE}. */
public enum OperationKind {
    RESOLVE,
    CONNECT,
    PROXY,
    TLS,
    REQUEST,
    RESPONSE,
    /** Not a step of the request: a probe sent after it failed. */
    PROBE;

    /** The word of the contract. */
    @JsonValue
    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** The value for a word of the contract; throws for any other. */
    @JsonCreator
    public static OperationKind fromCode(String code) {
        for (OperationKind value : values()) {
            if (value.code().equals(code)) {
                return value;
            }
        }
        throw new IllegalArgumentException("code=" + code);
    }
}
