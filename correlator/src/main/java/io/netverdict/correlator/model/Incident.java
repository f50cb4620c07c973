package io.netverdict.correlator.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error report with its verdict.
 *
 * @param id unique and sortable by time of receipt
 * @param error as reported, with what was found added; for conversations found without a report, a
 *     description of what was found
 * @param verdict null while {@link IncidentStatus#COLLECTING}
 * @param context what else was known at the time: coverage of the recording, interfaces, sockets …
 * @param slice null until it is written
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Incident(
        String id,
        Instant receivedAt,
        IncidentStatus status,
        ErrorReport error,
        @Nullable Verdict verdict,
        List<Operation> operations,
        List<FlowSummary> flows,
        Map<String, Object> context,
        @Nullable SliceInfo slice) {
    public Incident {
        operations = List.copyOf(operations);
        flows = List.copyOf(flows);
        context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
    }

    /** This incident with its slice's figures. */
    public Incident withSlice(SliceInfo written) {
        return new Incident(
                id, receivedAt, status, error, verdict, operations, flows, context, written);
    }

    /** This incident with one thing more that was known at the time. */
    public Incident withContext(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(context);
        more.put(name, value);
        return new Incident(id, receivedAt, status, error, verdict, operations, flows, more, slice);
    }
}
