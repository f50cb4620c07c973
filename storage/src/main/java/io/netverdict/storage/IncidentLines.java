package io.netverdict.storage;

import java.util.List;

/**
 * Some incidents of a list in short, newest first.
 *
 * @param nextCursor as that of {@link IncidentPage}
 */
public record IncidentLines(List<IncidentLine> incidents, String nextCursor) {
    public IncidentLines {
        incidents = List.copyOf(incidents);
    }
}
