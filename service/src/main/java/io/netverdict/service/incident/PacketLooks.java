package io.netverdict.service.incident;

import io.netverdict.capture.recording.Recording;
import io.netverdict.correlator.Correlator;
import io.netverdict.correlator.Diagnosis;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Incident;
import io.netverdict.service.AnsweringThreads;
import io.netverdict.service.probe.Probed;
import io.netverdict.service.recorder.Recorder;
import io.netverdict.storage.IncidentStore;
import io.netverdict.storage.StorageException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the packets of incidents until a verdict on each is kept.
 *
 * <p>They are usually recorded when the report comes, but for those the kernel still holds: the
 * first look is taken after {@link #FIRST_LOOK}, and where its verdict is sure, that is the
 * verdict; else the late packets are awaited for the settle time and a second look decides. With no
 * settle time the first look is taken at once, and the second after {@link #FIRST_LOOK}. Where
 * probes are switched on and that verdict is not sure, or the reporter asks for them, a last look
 * takes in what they found.
 *
 * <p>Thread-safe. Threads: {@code desk-N}, which look and store.
 */
final class PacketLooks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PacketLooks.class);

    /** Longer than libpcap holds a packet back, with room for a busy machine. */
    static final Duration FIRST_LOOK = Duration.ofMillis(50);

    private static final int THREADS = 2;
    private static final double SURE = 0.9;
    private static final long STOP_MILLIS = 800;
    private static final long RETRY_MILLIS = 2_000;

    private final Recorder recorder;
    private final Duration firstLook;
    private final Duration lastLook;
    private final Correlator correlator = new Correlator();
    private final IncidentProbes probes;
    private final VerdictKeeper keeper;
    private final Consumer<Incident> announcement;
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor threads;

    /** What a look at the packets waits for before it, and what may come after it. */
    private enum Look {
        FIRST,
        SETTLED,
        LAST,
        /** After one whose verdict could not be kept. */
        AGAIN
    }

    /**
     * @param settle how long late packets are awaited; 0 for no longer than an unsure verdict needs
     * @param announcement told of each incident that was decided and kept
     */
    PacketLooks(
            Recorder recorder,
            IncidentStore store,
            Duration settle,
            IncidentProbes probes,
            DeskFigures figures,
            Consumer<Incident> announcement) {
        this.recorder = recorder;
        this.probes = probes;
        this.announcement = announcement;
        keeper = new VerdictKeeper(recorder, store, probes, figures);
        firstLook = settle.isZero() ? Duration.ZERO : FIRST_LOOK;
        lastLook = settle.compareTo(FIRST_LOOK) < 0 ? FIRST_LOOK : settle;
        threads = new ScheduledThreadPoolExecutor(THREADS, AnsweringThreads.named("desk"));
        // What is pending at the end is decided by close() itself.
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Has an incident be found as one on its way. */
    void expect(Pending awaited) {
        pending.put(awaited.incident().id(), awaited);
    }

    /** An incident on its way; null where there is none of the id. */
    Pending find(String id) {
        return pending.get(id);
    }

    /** Incidents on their way to a verdict. */
    int pending() {
        return pending.size();
    }

    /** Begins with an expected incident; false where this is closing. */
    boolean begin(Pending awaited) {
        try {
            threads.schedule(
                    () -> look(awaited, Look.FIRST), firstLook.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (RejectedExecutionException closing) {
            return false;
        }
    }

    /** Decides an expected incident by one look. */
    void lookOnce(Pending awaited) {
        threads.execute(() -> look(awaited, Look.LAST));
    }

    /** Looks at the packets; decides when that is sure or this is the last look. */
    private void look(Pending awaited, Look look) {
        try {
            long start = System.nanoTime();
            String id = awaited.incident().id();
            boolean last = look == Look.LAST || look == Look.AGAIN || threads.isShutdown();
            boolean settled = last || look == Look.SETTLED || firstLook.equals(lastLook);
            CompletableFuture<?> probing = CompletableFuture.completedFuture(null);
            boolean unsure = true;
            try (Recording recording = recorder.snapshot()) {
                Diagnosis diagnosis =
                        correlator.diagnose(
                                probes.hideIn(recording),
                                awaited.incident().error(),
                                awaited.context(),
                                probes.found(id));
                long verdictNanos = System.nanoTime() - start;
                if (!awaited.acknowledged().join()) {
                    return;
                }
                boolean sure = isSure(diagnosis);
                boolean probe = !last && (sure || settled || probes.isWanted(id));
                Optional<CompletableFuture<Probed>> begun =
                        probe ? probes.begin(id, diagnosis, recording, sure) : Optional.empty();
                if (begun.isEmpty() && (sure || settled)) {
                    keeper.keep(awaited, diagnosis, recording, verdictNanos)
                            .ifPresent(kept -> decided(awaited, kept));
                    return;
                }
                if (sure || settled) {
                    unsure = false;
                    probing = begun.get();
                }
            }
            if (unsure) {
                lookSettled(awaited);
            } else {
                probing.whenComplete((probed, failed) -> lookAgain(awaited));
            }
        } catch (StorageException e) {
            if (look != Look.AGAIN) {
                LOG.error("verdict on {} is not kept yet: {}", awaited.incident().id(), e, e);
            }
            lookWhenKept(awaited);
        } catch (RuntimeException e) {
            // The report stays on the disk as collecting and is tried again at the next start.
            // Its cause in the line: stack traces are shown only where they are asked for.
            LOG.error("incident {} could not be decided: {}", awaited.incident().id(), e, e);
            forget(awaited.incident().id());
            awaited.decided().complete(awaited.incident());
        }
    }

    private void decided(Pending awaited, Incident kept) {
        pending.remove(kept.id());
        awaited.decided().complete(kept);
        announcement.accept(kept);
    }

    private void lookSettled(Pending awaited) {
        long delayMillis = lastLook.minus(firstLook).toMillis();
        try {
            threads.schedule(() -> look(awaited, Look.SETTLED), delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            // close() decides what is pending.
            LOG.debug("incident {} is decided at the end", awaited.incident().id());
        }
    }

    /**
     * Its packets may be overwritten before a start of the service comes to it: tried on and on.
     */
    private void lookWhenKept(Pending awaited) {
        Pending again = awaited.again();
        String id = awaited.incident().id();
        pending.put(id, again);
        awaited.decided().complete(awaited.incident());
        try {
            threads.schedule(() -> look(again, Look.AGAIN), RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            // It is on the disk, and the next start decides it.
            forget(id);
        }
    }

    private void lookAgain(Pending awaited) {
        try {
            threads.execute(() -> look(awaited, Look.LAST));
        } catch (RejectedExecutionException closing) {
            // close() decides what is pending.
            LOG.debug("incident {} is decided at the end", awaited.incident().id());
        }
    }

    /** An incident that is not to be decided, or not here. */
    void forget(String id) {
        pending.remove(id);
        probes.forget(id);
    }

    private static boolean isSure(Diagnosis diagnosis) {
        return diagnosis.verdict().confidence() >= SURE
                && diagnosis.verdict().cause() != Cause.CAPTURE_INSUFFICIENT;
    }

    /** Decides at once what is pending, then stops; takes less than a second. */
    @Override
    public void close() {
        threads.shutdown();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS);
        try {
            threads.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Pending awaited : List.copyOf(pending.values())) {
            if (System.nanoTime() > deadline) {
                LOG.info("{} incidents will be decided at the next start", pending.size());
                return;
            }
            look(awaited, Look.LAST);
        }
    }
}
