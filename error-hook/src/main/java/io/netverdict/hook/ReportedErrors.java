package io.netverdict.hook;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Exceptions that were reported already, so that what is logged after an adapter has reported it is
 * not reported twice. Exceptions are told apart by identity and are not kept alive. Thread-safe.
 */
final class ReportedErrors {
    private static final int MAX_ERRORS = 1_024;
    private static final int MAX_CAUSES = 32;

    /** Some libraries throw the same exception again and again; later it is another failure. */
    private static final long SAME_FAILURE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Map<Key, Long> errors = new HashMap<>();
    private final ReferenceQueue<Throwable> gone = new ReferenceQueue<>();

    private static final class Key extends WeakReference<Throwable> {
        private final int hash;

        Key(Throwable error, ReferenceQueue<Throwable> queue) {
            super(error, queue);
            hash = System.identityHashCode(error);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            Throwable error = get();
            return this == other || error != null && other instanceof Key key && key.get() == error;
        }
    }

    /**
     * Notes an exception and its causes.
     *
     * @return whether one of them was noted a short time before
     */
    synchronized boolean note(Throwable error, long nowNanos) {
        for (Reference<?> key = gone.poll(); key != null; key = gone.poll()) {
            errors.remove(key);
        }
        if (errors.size() >= MAX_ERRORS) {
            errors.clear();
        }
        boolean known = false;
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            Long notedAtNanos = errors.put(new Key(cause, gone), nowNanos);
            known |= notedAtNanos != null && nowNanos - notedAtNanos < SAME_FAILURE_NANOS;
            cause = cause.getCause();
        }
        return known;
    }
}
