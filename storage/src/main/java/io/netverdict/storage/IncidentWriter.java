package io.netverdict.storage;

import io.netverdict.correlator.model.Incident;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Brings incidents and their slices to the database and to files, so that both last when a method
 * returns; a slice is whole under its name before its incident is committed. Thread-safe: writers
 * take turns.
 */
final class IncidentWriter {
    private final Database database;
    private final SliceFiles slices;
    private final KnownKeys keys;
    private final ChangeSignal changes;
    private final ReentrantLock turn = new ReentrantLock();

    /**
     * @param keys told of each key before it can be found
     * @param changes signalled after every commit
     */
    IncidentWriter(Database database, SliceFiles slices, KnownKeys keys, ChangeSignal changes) {
        this.database = database;
        this.slices = slices;
        this.keys = keys;
        this.changes = changes;
    }

    /** Held by who writes. */
    ReentrantLock turn() {
        return turn;
    }

    /** Saves a decided incident with its packets; the one that stands already comes back. */
    Incident save(Incident incident, SliceSource source) {
        int generation = database.generation();
        Optional<Incident> standing = database.query(h -> IncidentRows.standing(h, incident));
        if (standing.isPresent()) {
            database.force(generation);
            return standing.get();
        }
        try {
            SliceFiles.Pending slice = slices.write(source);
            try {
                return commit(
                        incident.withSlice(slice.info()),
                        () -> slices.publish(slice, incident.id()));
            } finally {
                slices.discard(slice);
            }
        } catch (IOException failure) {
            throw new StorageException(
                    "the packets of incident "
                            + incident.id()
                            + " cannot be written: "
                            + StorageFiles.reason(failure),
                    failure);
        }
    }

    /** Saves an incident without packets; the one that stands already comes back. */
    Incident save(Incident incident) {
        try {
            return commit(incident, () -> {});
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Saves what was acknowledged, all of it in one transaction. */
    void saveAll(List<Journal.Entry> entries) {
        int generation = database.generation();
        turn.lock();
        try {
            List<Journal.Entry> fresh = new ArrayList<>();
            for (Journal.Entry entry : entries) {
                Incident incident = entry.incident();
                if (database.query(h -> IncidentRows.standing(h, incident)).isEmpty()) {
                    publish(entry);
                    fresh.add(entry);
                }
            }
            database.change(
                    handle -> {
                        for (Journal.Entry entry : fresh) {
                            IncidentRows.delete(handle, entry.incident().id());
                            IncidentRows.insert(handle, entry.incident(), entry.json());
                        }
                    });
            // Before anybody else commits: H2 may leave a commit beside a checkpoint to later.
            database.force(generation);
        } catch (IOException failure) {
            throw new StorageException(
                    "the packets of an incident cannot be written: " + StorageFiles.reason(failure),
                    failure);
        } finally {
            turn.unlock();
        }
        changes.signal();
    }

    private void publish(Journal.Entry entry) throws IOException {
        if (entry.slice().length > 0) {
            SliceFiles.Pending slice = slices.write(SliceSource.of(entry.slice(), entry.packets()));
            slices.publish(slice, entry.incident().id());
        }
    }

    /** Makes the slice of an incident visible. */
    private interface SlicePublication {
        void publish() throws IOException;
    }

    private Incident commit(Incident incident, SlicePublication slice) throws IOException {
        Incident kept;
        int generation = database.generation();
        turn.lock();
        try {
            // Asked here, where no other writer can come between.
            Optional<Incident> standing = database.query(h -> IncidentRows.standing(h, incident));
            if (standing.isEmpty()) {
                keys.add(incident);
                slice.publish();
                database.change(
                        handle -> {
                            IncidentRows.delete(handle, incident.id());
                            IncidentRows.insert(handle, incident, IncidentDocument.write(incident));
                        });
            }
            kept = standing.orElse(incident);
            // Also for one that stood: whoever committed it may not be as far yet.
            database.force(generation);
        } finally {
            turn.unlock();
        }
        changes.signal();
        return kept;
    }
}
