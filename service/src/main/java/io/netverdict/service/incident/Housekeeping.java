package io.netverdict.service.incident;

import io.netverdict.storage.IncidentStore;
import io.netverdict.storage.RetentionReport;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Enforces retention at the start and then periodically, on a thread of its own. */
public final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final long STOP_MILLIS = 500;

    private final IncidentStore store;
    private final ScheduledExecutorService thread;

    public Housekeeping(IncidentStore store, Duration every) {
        this.store = store;
        thread =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread made = new Thread(task, "housekeeping");
                            made.setDaemon(true);
                            return made;
                        });
        thread.scheduleWithFixedDelay(this::run, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        try {
            RetentionReport report = store.enforce(Instant.now());
            int removed = report.removedByAge() + report.removedByBytes();
            if (removed > 0) {
                LOG.info("retention removed {} incidents", removed);
            }
        } catch (RuntimeException e) {
            LOG.warn("retention failed and will be tried again: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
