package io.netverdict.storage;

import io.netverdict.correlator.model.Incident;
import java.util.List;

/**
 * Some incidents of a list, newest first.
 *
 * @param nextCursor asks for the incidents that follow ({@link IncidentQuery#cursor()}); null on
 *     the last page
 */
public record IncidentPage(List<Incident> incidents, String nextCursor) {
    public IncidentPage {
        incidents = List.copyOf(incidents);
    }
}
