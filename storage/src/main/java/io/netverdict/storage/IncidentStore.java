package io.netverdict.storage;

import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.IncidentStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps incidents and their slices in one data directory.
 *
 * <p>What {@link #save}, {@link #saveCollecting} and {@link #decide} have returned is on the disk:
 * it survives {@code kill -9} and the loss of power. A slice is whole under its name before its
 * incident is committed, and its file goes after its incident, so an incident's slice is always
 * there.
 *
 * <p>Thread-safe; one store at a time has a directory. Writers take turns, readers never wait for
 * them. All methods throw {@link StorageException} when the disk or the database fails.
 */
public final class IncidentStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IncidentStore.class);
    private static final String JOURNAL = "incidents.journal";

    /** A slice larger than this does not go through the journal. */
    private static final int MAX_JOURNALED_BYTES = 1 << 20;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final DirectoryLock directoryLock;
    private final Database database;
    private final SliceFiles slices;
    private final RetentionRun retentionRun;
    private final ChangeSignal changes = new ChangeSignal();
    private final IncidentWriter writer;
    private final WriteHealth health = new WriteHealth();
    private final KnownKeys keys = new KnownKeys();
    private final WriteBehind behind;
    private final Acknowledger acknowledger;

    private IncidentStore(
            DirectoryLock directoryLock,
            Database database,
            SliceFiles slices,
            Retention retention,
            Journal journal,
            ThreadFactory threads)
            throws IOException {
        this.directoryLock = directoryLock;
        this.database = database;
        this.slices = slices;
        this.writer = new IncidentWriter(database, slices, keys, changes);
        this.retentionRun = new RetentionRun(database, slices, retention, writer.turn());
        this.behind =
                new WriteBehind(
                        journal, entries -> health.run(() -> writer.saveAll(entries)), threads);
        this.acknowledger = new Acknowledger(database, keys, behind);
    }

    /**
     * Opens the store of a directory, which is created where missing, readable by its owner alone
     * since slices hold payload.
     *
     * @throws StorageException when the directory cannot be written, is in use by another process,
     *     or was written by a newer version; the message says which and what to do
     */
    public static IncidentStore open(Path dataDirectory, Retention retention) {
        return open(dataDirectory, retention, task -> new Thread(task, "store"));
    }

    /**
     * The same.
     *
     * @param threads makes the thread that writes to the database: once it is too far behind,
     *     reports wait for it
     */
    public static IncidentStore open(
            Path dataDirectory, Retention retention, ThreadFactory threads) {
        try {
            Path directory =
                    StorageFiles.createPrivate(dataDirectory.toAbsolutePath()).toRealPath();
            SliceFiles slices =
                    new SliceFiles(StorageFiles.createPrivate(directory.resolve("slices")));
            DirectoryLock lock = DirectoryLock.acquire(directory);
            boolean opened = false;
            try {
                Database database = Database.open(directory);
                IncidentStore store =
                        new IncidentStore(
                                lock,
                                database,
                                slices,
                                retention,
                                new Journal(directory.resolve(JOURNAL).toFile()),
                                threads);
                store.cleanSlices();
                store.keys.complete(database.query(IncidentRows::keys));
                opened = true;
                return store;
            } finally {
                if (!opened) {
                    lock.close();
                }
            }
        } catch (IOException failure) {
            throw new StorageException(
                    "data directory "
                            + dataDirectory
                            + " cannot be written ("
                            + StorageFiles.reason(failure)
                            + "): make it writable, or choose another",
                    failure);
        }
    }

    /**
     * Keeps a decided incident and its packets.
     *
     * @param incident its {@link Incident#slice()} is ignored
     * @return the incident as kept, with its slice's figures; where one of the same id or of the
     *     same {@code error.key} was already decided, or another of that key is being collected,
     *     that one
     */
    public Incident save(Incident incident, SliceSource source) {
        requireFit(incident, IncidentStatus.DECIDED);
        return health.watch(() -> writer.save(incident, source));
    }

    /**
     * Keeps an incident whose late packets are awaited; {@link #decide} completes it.
     *
     * @return the incident as kept; where one of the same id or {@code error.key} is there already,
     *     that one: a caller who gets another id back has nothing left to do
     */
    public Incident saveCollecting(Incident incident) {
        requireFit(incident, IncidentStatus.COLLECTING);
        return health.watch(() -> writer.save(incident.withSlice(null)));
    }

    /**
     * Puts the verdict in the place of the collecting incident of the same id; where that is no
     * longer kept, the same as {@link #save}.
     *
     * @return as with {@link #save}: the first decision stands
     */
    public Incident decide(Incident incident, SliceSource source) {
        return save(incident, source);
    }

    /**
     * The same as {@link #saveCollecting} in less time: on return the incident is on the disk and
     * found, but {@link #changes()} tells of it a little later.
     */
    public Incident acknowledge(Incident collecting) {
        requireFit(collecting, IncidentStatus.COLLECTING);
        return health.watch(() -> acknowledger.take(collecting.withSlice(null), WrittenSlice.NONE));
    }

    /** The same as {@link #decide} in less time, see {@link #acknowledge}. */
    public Incident acknowledge(Incident decided, SliceSource source) {
        requireFit(decided, IncidentStatus.DECIDED);
        WrittenSlice slice = WrittenSlice.of(decided, source);
        if (slice.bytes().length > MAX_JOURNALED_BYTES) {
            behind.settle();
            return decide(decided, slice.source());
        }
        return health.watch(() -> acknowledger.take(decided.withSlice(slice.info()), slice));
    }

    /** The incident of an id; any text may be asked for. */
    public Optional<Incident> find(String id) {
        return behind.find(id).or(() -> database.query(h -> IncidentRows.find(h, id)));
    }

    /** The JSON of an incident that this store has returned: written anew only if it is old. */
    public byte[] json(Incident kept) {
        return behind.json(kept).orElseGet(() -> IncidentDocument.write(kept));
    }

    /** The incident of a caller's own id, {@code error.key}. */
    public Optional<Incident> findByKey(String key) {
        return behind.findByKey(key).or(() -> database.query(h -> IncidentRows.findByKey(h, key)));
    }

    /**
     * The incidents that a query asks for, newest first.
     *
     * @throws IllegalArgumentException when the cursor is not one of {@link IncidentPage}
     */
    public IncidentPage list(IncidentQuery query) {
        behind.settle();
        return database.query(handle -> IncidentSearch.run(handle, query));
    }

    /**
     * What a list shows of the incidents that a query asks for, newest first; quicker than {@link
     * #list}.
     *
     * @throws IllegalArgumentException as {@link #list}
     */
    public IncidentLines lines(IncidentQuery query) {
        return database.query(handle -> IncidentSearch.lines(handle, query));
    }

    /**
     * Counts over all incidents that a query asks for; its limit and cursor are ignored.
     *
     * @param steps into which the time from the first to the last is cut, about; 1 or more
     */
    public IncidentSummary summary(IncidentQuery query, int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("steps=" + steps);
        }
        return database.query(handle -> IncidentSearch.summary(handle, query, steps));
    }

    /** Incidents never decided, oldest first; after a crash, those that were being collected. */
    public List<Incident> collecting() {
        behind.settle();
        return database.query(IncidentRows::collecting);
    }

    /**
     * Incidents kept or decided after a change, in the order of their changes; one that was kept
     * and decided since comes once, decided.
     *
     * @param number of the last change seen; 0 for all
     * @param limit at most so many
     */
    public List<IncidentChange> changesAfter(long number, int limit) {
        return database.query(handle -> IncidentRows.changesAfter(handle, number, limit));
    }

    /** The number of the newest change still kept; 0 where there is none. */
    public long lastChange() {
        behind.settle();
        return database.query(IncidentRows::lastChange);
    }

    /** Waits until {@link #changes()} tells of all that was acknowledged before; not for longer. */
    public void settle(Duration limit) {
        behind.settle(limit.toMillis());
    }

    /** Signalled after every commit. */
    public ChangeSignal changes() {
        return changes;
    }

    /**
     * The slice of an incident as a pcapng file, {@code slice().bytes()} long; it can be read to
     * its end even if retention removes it meanwhile. Empty where there is no such incident, or no
     * packets. The caller closes it.
     */
    public Optional<InputStream> slice(String id) {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        if (behind.find(id).isPresent()) {
            behind.settle();
        }
        boolean kept = database.query(handle -> IncidentRows.hasSlice(handle, id));
        if (!kept) {
            return Optional.empty();
        }
        try {
            return slices.open(id);
        } catch (IOException failure) {
            throw new StorageException(
                    "the packets of incident "
                            + id
                            + " cannot be read: "
                            + StorageFiles.reason(failure),
                    failure);
        }
    }

    /** Removes what the {@link Retention} no longer allows, oldest first. */
    public RetentionReport enforce(Instant now) {
        return retentionRun.enforce(now);
    }

    /** What is kept now, and what it takes. */
    public StorageUse use() {
        return retentionRun.use();
    }

    /** How keeping incidents goes. */
    public WriteHealth health() {
        return health;
    }

    /** Waits for the writer at work, then closes; other calls fail from then on. */
    @Override
    public void close() {
        try {
            behind.close();
        } catch (IOException failure) {
            LOG.warn("closing the journal: {}", failure.getMessage());
        }
        writer.turn().lock();
        try (directoryLock) {
            StorageUse use = use();
            database.close(use.storedBytes() - use.sliceBytes());
        } catch (IOException failure) {
            throw new StorageException("closing the data directory failed", failure);
        } finally {
            writer.turn().unlock();
        }
    }

    private void cleanSlices() throws IOException {
        int removed =
                slices.clean(id -> database.query(handle -> IncidentRows.hasSlice(handle, id)));
        if (removed > 0) {
            LOG.info("removed {} slice files that no incident was committed for", removed);
        }
    }

    private static void requireFit(Incident incident, IncidentStatus expected) {
        if (incident.status() != expected) {
            throw new IllegalArgumentException("status=" + incident.status().code());
        }
        if (!ID.matcher(incident.id()).matches()) {
            throw new IllegalArgumentException("id=" + incident.id());
        }
    }
}
