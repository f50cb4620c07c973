package io.netverdict.storage;

import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.IncidentStatus;
import java.io.IOException;
import java.util.Optional;

/** Takes incidents by way of the journal: on the disk at once, in the database later. */
final class Acknowledger {
    private final Database database;
    private final KnownKeys keys;
    private final WriteBehind behind;

    Acknowledger(Database database, KnownKeys keys, WriteBehind behind) {
        this.database = database;
        this.keys = keys;
        this.behind = behind;
    }

    /**
     * Takes an incident, unless it yields to one that is there.
     *
     * @return the one that stands
     * @throws StorageException when the journal cannot be written
     */
    Incident take(Incident incident, WrittenSlice slice) {
        Optional<Incident> stored =
                mayStand(incident)
                        ? database.query(h -> IncidentRows.standing(h, incident))
                        : Optional.empty();
        keys.add(incident);
        try {
            return behind.take(Journal.Entry.of(incident, slice.packets(), slice.bytes()), stored);
        } catch (IOException failure) {
            throw new StorageException(
                    "incident "
                            + incident.id()
                            + " cannot be written: "
                            + StorageFiles.reason(failure),
                    failure);
        }
    }

    /** Whether the database may have one that the incident yields to. */
    private boolean mayStand(Incident incident) {
        String key = incident.error().key();
        return incident.status() == IncidentStatus.DECIDED
                ? behind.find(incident.id()).isEmpty()
                : key != null && keys.mayHold(key);
    }
}
