package io.netverdict.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Appends to a journal for many threads, several entries with one write: forcing it to the disk
 * takes as long for ten entries as for one. Who comes while another writes waits; the first of
 * those then writes for all of them. Thread-safe.
 */
final class GroupAppend {
    private final Journal journal;

    /** This and the following guarded by this. */
    private List<Waiting> waiting = new ArrayList<>();

    private boolean writing;

    GroupAppend(Journal journal) {
        this.journal = journal;
    }

    private static final class Waiting {
        private final Journal.Entry entry;
        private boolean over;
        private IOException failure;

        Waiting(Journal.Entry entry) {
            this.entry = entry;
        }
    }

    /** Returns when the entry is on the disk. */
    void append(Journal.Entry entry) throws IOException {
        Waiting mine = new Waiting(entry);
        List<Waiting> group;
        synchronized (this) {
            waiting.add(mine);
            awaitTurn(mine);
            if (mine.over) {
                if (mine.failure != null) {
                    throw new IOException(mine.failure.getMessage(), mine.failure);
                }
                return;
            }
            group = waiting;
            waiting = new ArrayList<>();
            writing = true;
        }
        IOException failure = null;
        try {
            journal.append(group.stream().map(each -> each.entry).toList());
        } catch (IOException e) {
            failure = e;
        } finally {
            end(group, failure);
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Until it was written for, or is to write. An interrupt does not shorten that. */
    private void awaitTurn(Waiting mine) {
        boolean interrupted = false;
        while (writing && !mine.over) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void end(List<Waiting> group, IOException failure) {
        for (Waiting each : group) {
            each.over = true;
            each.failure = failure;
        }
        writing = false;
        notifyAll();
    }
}
