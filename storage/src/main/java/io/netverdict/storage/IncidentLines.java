package io.netverdict.storage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some incidents of a list in short, newest first.
 *
 * @param nextCursor as that of {@link IncidentPage}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IncidentLines(List<IncidentLine> incidents, @Nullable String nextCursor) {
    public IncidentLines {
        incidents = List.copyOf(incidents);
    }
}
