package io.netverdict.storage;

import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.IncidentStatus;
import java.util.Optional;
import java.util.function.Function;

/** Which kept incident a new one yields to: the first of an id or a key stays. */
final class StandingIncident {
    private StandingIncident() {}

    /**
     * The incident that stands; empty where the new one is to be kept, as a verdict is on an
     * incident that was being collected.
     *
     * @param byId what is kept of an id
     * @param byKey what is kept of a caller's own id
     */
    static Optional<Incident> of(
            Incident incident,
            Function<String, Optional<Incident>> byId,
            Function<String, Optional<Incident>> byKey) {
        Optional<Incident> sameId = byId.apply(incident.id());
        if (sameId.isPresent()) {
            boolean completes =
                    sameId.get().status() == IncidentStatus.COLLECTING
                            && incident.status() == IncidentStatus.DECIDED;
            return completes ? Optional.empty() : sameId;
        }
        String key = incident.error().key();
        return key == null ? Optional.empty() : byKey.apply(key);
    }
}
