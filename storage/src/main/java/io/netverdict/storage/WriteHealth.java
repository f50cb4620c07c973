package io.netverdict.storage;

import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Whether incidents can be kept, as the last attempt found. Thread-safe. */
public final class WriteHealth {
    private final LongAdder failures = new LongAdder();
    private volatile StorageException problem;

    WriteHealth() {}

    <T> T watch(Supplier<T> write) {
        try {
            T written = write.get();
            problem = null;
            return written;
        } catch (StorageException failure) {
            failures.increment();
            problem = failure;
            throw failure;
        }
    }

    void run(Runnable write) {
        watch(
                () -> {
                    write.run();
                    return null;
                });
    }

    /** Writes that failed since the start. */
    public long failures() {
        return failures.sum();
    }

    /** Why the last write failed; empty while the last one succeeded. */
    public Optional<StorageException> problem() {
        return Optional.ofNullable(problem);
    }
}
