package io.netverdict.storage;

import io.netverdict.correlator.model.Incident;
import java.util.BitSet;
import java.util.List;

/**
 * Says of a caller's own id whether an incident of it may be kept already, without asking the
 * database: a report is acknowledged milliseconds sooner, and nearly every one brings a new id.
 * Says yes for some that are not there, never no for one that is. Thread-safe.
 */
final class KnownKeys {
    /** A mebibyte: of a hundred thousand incidents one in eighty is asked about in vain. */
    private static final int BITS = 23;

    /** Knuth's multiplier, which spreads ids that differ in their last digit only. */
    private static final int SPREAD = 0x9E37_79B9;

    private final BitSet marks = new BitSet(1 << BITS);
    private boolean complete;

    /** Until all that the database had before has been told, any may be there. */
    synchronized boolean mayHold(String key) {
        return !complete || marks.get(mark(key));
    }

    /** To be called before an incident can be found by its id. */
    synchronized void add(Incident incident) {
        if (incident.error().key() != null) {
            marks.set(mark(incident.error().key()));
        }
    }

    /** Adds what the database had; from now on what was not added is not there. */
    synchronized void complete(List<String> keys) {
        keys.forEach(key -> marks.set(mark(key)));
        complete = true;
    }

    private static int mark(String key) {
        return key.hashCode() * SPREAD >>> Integer.SIZE - BITS;
    }
}
