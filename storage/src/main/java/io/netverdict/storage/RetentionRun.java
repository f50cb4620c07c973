package io.netverdict.storage;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds and removes the incidents that {@link Retention} no longer allows. */
final class RetentionRun {
    private static final Logger LOG = LoggerFactory.getLogger(RetentionRun.class);

    /** Incidents removed in one transaction: few enough that readers' snapshots stay small. */
    private static final int BATCH = 200;

    private final Database database;
    private final SliceFiles slices;
    private final Retention retention;
    private final Lock writeLock;

    RetentionRun(Database database, SliceFiles slices, Retention retention, Lock writeLock) {
        this.database = database;
        this.slices = slices;
        this.retention = retention;
        this.writeLock = writeLock;
    }

    /** An incident that could go. */
    private record Candidate(String id, long storedBytes, Instant receivedAt) {}

    /** Runs once, keeping other writers away for a batch at a time. */
    RetentionReport enforce(Instant now) {
        Instant oldestKept = now.minus(retention.keep());
        StorageUse before = use();
        long incidents = before.incidents();
        long storedBytes = before.storedBytes();
        int byAge = 0;
        int byBytes = 0;
        List<Candidate> leaving;
        do {
            leaving = new ArrayList<>();
            for (Candidate candidate : oldest()) {
                boolean tooOld = candidate.receivedAt().isBefore(oldestKept);
                boolean tooMany = storedBytes > retention.keepBytes() && incidents > 1;
                if (!tooOld && !tooMany) {
                    break;
                }
                byAge += tooOld ? 1 : 0;
                byBytes += tooOld ? 0 : 1;
                storedBytes -= candidate.storedBytes();
                incidents--;
                leaving.add(candidate);
            }
            remove(leaving);
        } while (leaving.size() == BATCH);
        return new RetentionReport(byAge, byBytes, before.storedBytes() - storedBytes, use());
    }

    StorageUse use() {
        return database.query(this::use);
    }

    private StorageUse use(Handle handle) {
        return handle.createQuery(
                        "SELECT count(*), coalesce(sum(stored_bytes), 0),"
                                + " coalesce((SELECT sum(bytes) FROM slice), 0) FROM incident")
                .map(
                        (row, context) ->
                                new StorageUse(
                                        row.getLong(1),
                                        row.getLong(2),
                                        row.getLong(3),
                                        database.fileBytes()))
                .one();
    }

    /** The oldest incidents, at most {@value #BATCH} of them. */
    private List<Candidate> oldest() {
        return database.query(
                handle ->
                        handle.createQuery(
                                        "SELECT id, stored_bytes, received_at FROM incident"
                                                + " ORDER BY received_at, id LIMIT :limit")
                                .bind("limit", BATCH)
                                .map(
                                        (row, context) ->
                                                new Candidate(
                                                        row.getString(1),
                                                        row.getLong(2),
                                                        row.getObject(3, Instant.class)))
                                .list());
    }

    private void remove(List<Candidate> leaving) {
        if (leaving.isEmpty()) {
            return;
        }
        writeLock.lock();
        try {
            int generation = database.generation();
            database.change(handle -> leaving.forEach(i -> IncidentRows.delete(handle, i.id())));
            database.force(generation);
            // Only now: an incident that a crash brings back still has its slice.
            leaving.forEach(incident -> removeSlice(incident.id()));
        } finally {
            writeLock.unlock();
        }
    }

    private void removeSlice(String id) {
        try {
            slices.delete(id);
        } catch (IOException failure) {
            LOG.warn("the slice of {} stays until the next start: {}", id, failure.toString());
        }
    }
}
