package io.netverdict.service.analysis;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jsr310.ser.InstantSerializer;
import io.netverdict.correlator.model.ContractJson;
import io.netverdict.correlator.model.ErrorReport;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** JSON whose times have as many digits as the capture they come from. */
public final class CaptureTimes {
    private CaptureTimes() {}

    /**
     * The contract's mapper with that many digits behind the point; a time that needs more shows
     * them. A report's own times stay as they were given.
     *
     * @param digits 0 to 9
     */
    public static ObjectMapper mapper(int digits) {
        SimpleModule module = new SimpleModule();
        module.addSerializer(Instant.class, new DigitsSerializer(digits));
        return ContractJson.mapper()
                .copy()
                .registerModule(module)
                .addMixIn(ErrorReport.class, AsReported.class);
    }

    /** Keeps the digits of a report's times. */
    private interface AsReported {
        @JsonSerialize(using = InstantSerializer.class)
        @JsonFormat(shape = JsonFormat.Shape.STRING)
        Instant occurredAt();

        @JsonSerialize(using = InstantSerializer.class)
        @JsonFormat(shape = JsonFormat.Shape.STRING)
        Instant startedAt();
    }

    private static final class DigitsSerializer extends StdSerializer<Instant> {
        private static final long serialVersionUID = 1L;

        private final transient DateTimeFormatter formatter;

        DigitsSerializer(int digits) {
            super(Instant.class);
            formatter = new DateTimeFormatterBuilder().appendInstant(digits).toFormatter();
        }

        @Override
        public void serialize(Instant time, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            String fixed = formatter.format(time);
            // appendInstant cuts what does not fit.
            json.writeString(Instant.parse(fixed).equals(time) ? fixed : time.toString());
        }
    }
}
