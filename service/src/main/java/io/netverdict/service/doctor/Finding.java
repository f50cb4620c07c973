package io.netverdict.service.doctor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * What one check found.
 *
 * @param check its name
 * @param state how it is
 * @param detail what was seen
 * @param mend what to do; null where nothing is to be done
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(String check, State state, String detail, String mend) {

    /** How a part of the machine is. */
    public enum State {
        OK,
        /** Something is missing that is only useful. */
        NOTE,
        /** Recording will not work. */
        MISSING;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String check, String detail) {
        return new Finding(check, State.OK, detail, null);
    }

    static Finding note(String check, String detail, String mend) {
        return new Finding(check, State.NOTE, detail, mend);
    }

    static Finding missing(String check, String detail, String mend) {
        return new Finding(check, State.MISSING, detail, mend);
    }
}
