package io.netverdict.correlator.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Whether late packets are still awaited. */
public enum IncidentStatus {
    COLLECTING,
    DECIDED;

    /** The word of the contract. */
    @JsonValue
    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** The value for a word of the contract; throws for any other. */
    @JsonCreator
    public static IncidentStatus fromCode(String code) {
        for (IncidentStatus value : values()) {
            if (value.code().equals(code)) {
                return value;
            }
        }
        throw new IllegalArgumentException("code=" + code);
    }
}
