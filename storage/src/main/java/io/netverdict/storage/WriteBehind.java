package io.netverdict.storage;

import io.netverdict.correlator.model.Incident;
import io.netverdict.storage.Journal.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acknowledges incidents when they are in the {@link Journal}, and brings them to the database
 * behind the callers' backs, several at a time. Thread-safe.
 *
 * <p>Thread: {@code store}, which writes to the database. What it has not written when the process
 * ends is in the journal and comes at the next start.
 */
final class WriteBehind implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WriteBehind.class);

    /** So long an incident waits: most are decided meanwhile, and are written once. */
    private static final long LINGER_MILLIS = 30;

    private static final long RETRY_MILLIS = 1000;
    private static final long SETTLE_MILLIS = 5000;
    private static final long STOP_MILLIS = 300;
    private static final int BATCH = 64;
    private static final int MAX_HELD = 1000;
    private static final long MAX_JOURNAL_BYTES = 32L << 20;

    private final Journal journal;
    private final GroupAppend appender;
    private final Consumer<List<Entry>> database;
    private final Thread thread;

    /** By id, in order of arrival; this and the following guarded by this. */
    private final Map<String, Entry> held = new LinkedHashMap<>();

    private final Map<String, String> idsByKey = new HashMap<>();
    private int appending;
    private boolean urgent;
    private boolean closed;

    /**
     * Brings what the journal holds to the database, then begins.
     *
     * @param database writes incidents, all or none, and forces them
     * @param threads makes the thread
     */
    WriteBehind(Journal journal, Consumer<List<Entry>> database, ThreadFactory threads)
            throws IOException {
        this.journal = journal;
        appender = new GroupAppend(journal);
        this.database = database;
        Map<String, Entry> left = new LinkedHashMap<>();
        journal.read().forEach(entry -> left.put(entry.incident().id(), entry));
        if (!left.isEmpty()) {
            LOG.info("{} incidents come from the journal", left.size());
            database.accept(List.copyOf(left.values()));
        }
        journal.clear();
        thread = threads.newThread(this::run);
        thread.setDaemon(true);
        thread.start();
    }

    /** The incident of an id that the database may not have yet. */
    synchronized Optional<Incident> find(String id) {
        return Optional.ofNullable(held.get(id)).map(Entry::incident);
    }

    /** The JSON of an incident that the database may not have yet. */
    synchronized Optional<byte[]> json(Incident incident) {
        Entry entry = held.get(incident.id());
        return entry == null || entry.incident() != incident
                ? Optional.empty()
                : Optional.of(entry.json());
    }

    /** Likewise by the caller's own id. */
    synchronized Optional<Incident> findByKey(String key) {
        String id = idsByKey.get(key);
        return id == null ? Optional.empty() : find(id);
    }

    /**
     * Takes an incident; on return it lasts.
     *
     * @param stored what the database has in its place
     * @return the incident, or the one that stands already
     */
    Incident take(Entry entry, Optional<Incident> stored) throws IOException {
        Incident incident = entry.incident();
        Optional<Incident> standing;
        Entry lasting;
        synchronized (this) {
            awaitRoom();
            standing = standing(incident).or(() -> stored);
            // Also one that stands: whoever brought it may not be as far yet.
            lasting = standing.isEmpty() ? entry : held.get(standing.get().id());
            if (standing.isEmpty()) {
                held.remove(incident.id());
                held.put(incident.id(), entry);
                if (incident.error().key() != null) {
                    idsByKey.put(incident.error().key(), incident.id());
                }
            }
            appending++;
        }
        boolean appended = false;
        try {
            if (lasting != null) {
                appender.append(lasting);
            }
            appended = true;
        } finally {
            synchronized (this) {
                appending--;
                if (!appended && standing.isEmpty()) {
                    forget(entry);
                }
                notifyAll();
            }
        }
        return standing.orElse(incident);
    }

    private Optional<Incident> standing(Incident incident) {
        return StandingIncident.of(incident, this::find, this::findByKey);
    }

    private void awaitRoom() throws IOException {
        long deadline = System.nanoTime() + SETTLE_MILLIS * 1_000_000;
        while (held.size() >= MAX_HELD
                || journal.bytes() > MAX_JOURNAL_BYTES && !(held.isEmpty() && appending == 0)) {
            urgent = true;
            notifyAll();
            if (!await(deadline)) {
                throw new StorageException(
                        held.size()
                                + " incidents wait for the database already: it is too slow,"
                                + " or cannot be written");
            }
        }
    }

    private boolean await(long deadline) {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        try {
            if (millis > 0) {
                wait(millis);
            }
            return millis > 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits until the database has all that was taken before; not for ever. */
    void settle() {
        settle(SETTLE_MILLIS);
    }

    /** The same within so many milliseconds. */
    synchronized void settle(long millis) {
        List<Entry> before = List.copyOf(held.values());
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (before.stream().anyMatch(entry -> held.get(entry.incident().id()) == entry)) {
            urgent = true;
            notifyAll();
            if (!await(deadline)) {
                return;
            }
        }
    }

    private void run() {
        while (true) {
            List<Entry> batch = next();
            if (batch.isEmpty()) {
                return;
            }
            boolean written = false;
            try {
                database.accept(batch);
                written = true;
            } catch (RuntimeException failure) {
                LOG.warn(
                        "{} incidents wait in the journal: {}", batch.size(), failure.getMessage());
            }
            if (!finish(batch, written)) {
                return;
            }
        }
    }

    /** The oldest incidents; empty at the end. */
    private synchronized List<Entry> next() {
        try {
            while (held.isEmpty()) {
                if (closed) {
                    return List.of();
                }
                wait();
            }
            long deadline = System.nanoTime() + LINGER_MILLIS * 1_000_000;
            while (!urgent && !closed && held.size() < BATCH && await(deadline)) {
                // Woken by one that came.
            }
        } catch (InterruptedException e) {
            return List.of();
        }
        urgent = false;
        return new ArrayList<>(held.values()).subList(0, Math.min(BATCH, held.size()));
    }

    /** False where nothing more is to be tried. */
    private synchronized boolean finish(List<Entry> batch, boolean written) {
        if (written) {
            batch.forEach(this::forget);
            clearJournal();
        } else if (!closed) {
            await(System.nanoTime() + RETRY_MILLIS * 1_000_000);
        }
        notifyAll();
        return written || !closed;
    }

    /** Unless it was replaced meanwhile. */
    private void forget(Entry entry) {
        Incident incident = entry.incident();
        if (held.remove(incident.id(), entry) && incident.error().key() != null) {
            idsByKey.remove(incident.error().key(), incident.id());
        }
    }

    private void clearJournal() {
        if (held.isEmpty() && appending == 0) {
            try {
                journal.clear();
            } catch (IOException failure) {
                LOG.warn("the journal cannot be emptied: {}", failure.getMessage());
            }
        }
    }

    /** Ends; what cannot be written at once stays in the journal. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        journal.close();
    }
}
