package io.netverdict.service.incident;

import io.netverdict.capture.recording.Recording;
import io.netverdict.correlator.Correlator;
import io.netverdict.correlator.Diagnosis;
import io.netverdict.correlator.context.ContextSource;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.IncidentStatus;
import io.netverdict.service.AnsweringThreads;
import io.netverdict.service.context.ContextCollector;
import io.netverdict.service.probe.Probed;
import io.netverdict.service.probe.Prober;
import io.netverdict.service.recorder.Recorder;
import io.netverdict.service.text.TextStyle;
import io.netverdict.storage.IncidentIds;
import io.netverdict.storage.IncidentStore;
import io.netverdict.storage.StorageException;
import java.time.Duration;
import java.time.Instant;
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
 * Takes error reports and makes incidents of them.
 *
 * <p>A report is on the disk before {@link #submit} returns, and before its verdict is kept. Its
 * packets are usually recorded by then, but for those the kernel still holds: the first look is
 * taken after {@link #FIRST_LOOK}, and where its verdict is sure, that is the verdict; else the
 * late packets are awaited for the settle time and a second look decides. With no settle time the
 * first look is taken at once, and the second after {@link #FIRST_LOOK}. Where probes are switched
 * on and that verdict is not sure, or the reporter asks for them, a last look takes in what they
 * found.
 *
 * <p>Thread-safe. Threads: {@code desk-N}, which look and store.
 */
public final class IncidentDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IncidentDesk.class);

    /** Longer than libpcap holds a packet back, with room for a busy machine. */
    static final Duration FIRST_LOOK = Duration.ofMillis(50);

    private static final int THREADS = 2;

    /** Reports beyond these are refused. */
    public static final int MAX_PENDING = 1000;

    private static final double SURE = 0.9;
    private static final long STOP_MILLIS = 800;
    private static final long RETRY_MILLIS = 2_000;

    private final Recorder recorder;
    private final IncidentStore store;
    private final ContextCollector context;
    private final Duration firstLook;
    private final Duration lastLook;
    private final Correlator correlator = new Correlator();
    private final IncidentProbes probes;
    private final VerdictKeeper keeper;
    private final Consumer<Incident> announcement;
    private final IncidentIds ids = new IncidentIds();
    private final DeskFigures figures = new DeskFigures();
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
     * @param context asked for each report when it comes
     * @param settle how long late packets are awaited; 0 for no longer than an unsure verdict needs
     * @param prober closed by its owner
     */
    public IncidentDesk(
            Recorder recorder,
            IncidentStore store,
            ContextCollector context,
            Duration settle,
            Prober prober) {
        this(recorder, store, context, settle, prober, IncidentDesk::log);
    }

    /**
     * @param announcement told of each incident that was decided and kept
     */
    public IncidentDesk(
            Recorder recorder,
            IncidentStore store,
            ContextCollector context,
            Duration settle,
            Prober prober,
            Consumer<Incident> announcement) {
        this.announcement = announcement;
        this.context = context;
        this.probes = new IncidentProbes(prober);
        this.recorder = recorder;
        this.store = store;
        keeper = new VerdictKeeper(recorder, store, probes, figures);
        firstLook = settle.isZero() ? Duration.ZERO : FIRST_LOOK;
        lastLook = settle.compareTo(FIRST_LOOK) < 0 ? FIRST_LOOK : settle;
        threads = new ScheduledThreadPoolExecutor(THREADS, AnsweringThreads.named("desk"));
        // What is pending at the end is decided by close() itself.
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Decides what a crash left undecided, as well as what is recorded now allows. */
    public void resume() {
        List<Incident> left = store.collecting();
        for (Incident incident : left) {
            Pending resumed = Pending.kept(incident, ContextSource.NONE);
            pending.put(incident.id(), resumed);
            probes.leftByRestart(incident.id());
            threads.execute(() -> look(resumed, Look.LAST));
        }
        if (!left.isEmpty()) {
            LOG.info("{} incidents were left undecided and are decided now", left.size());
        }
    }

    /**
     * Takes a report; on return it is on the disk.
     *
     * @throws DeskOverloadedException when too many wait already
     */
    public Ticket submit(ErrorReport report) {
        return submit(report, false);
    }

    /**
     * Takes a report; on return it is on the disk.
     *
     * @param probe whether the hosts of the error are to be probed, however sure the verdict is
     * @throws DeskOverloadedException when too many wait already
     */
    public Ticket submit(ErrorReport report, boolean probe) {
        if (pending.size() >= MAX_PENDING) {
            figures.refused();
            throw new DeskOverloadedException(pending.size());
        }
        Instant receivedAt = Instant.now();
        Incident collecting =
                new Incident(
                        ids.next(receivedAt),
                        receivedAt,
                        IncidentStatus.COLLECTING,
                        report.withOccurredAtIfMissing(receivedAt),
                        null,
                        List.of(),
                        List.of(),
                        Map.of(),
                        null);
        Pending mine = Pending.of(collecting, context.begin(collecting.error()));
        // Before it is kept, so that whoever finds it there by its key can wait for it.
        pending.put(collecting.id(), mine);
        if (probe) {
            probes.want(collecting.id());
        }
        // Looked at while it is brought to the disk: a verdict is kept after that.
        boolean looks = begin(mine);
        Incident kept;
        boolean mineStands = false;
        try {
            kept = store.acknowledge(collecting);
            mineStands = kept.id().equals(collecting.id());
        } finally {
            if (!mineStands) {
                forget(collecting.id());
            }
            mine.acknowledged().complete(mineStands);
        }
        if (!mineStands) {
            return earlier(kept);
        }
        if (!looks) {
            // It is on the disk, and the next start decides it.
            forget(kept.id());
            mine.decided().complete(kept);
        }
        return new Ticket(kept, true, mine.decided());
    }

    /** False where the desk is closing. */
    private boolean begin(Pending mine) {
        try {
            threads.schedule(
                    () -> look(mine, Look.FIRST), firstLook.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (RejectedExecutionException closing) {
            return false;
        }
    }

    private Ticket earlier(Incident kept) {
        Pending awaited = pending.get(kept.id());
        if (awaited != null) {
            return new Ticket(kept, false, awaited.decided());
        }
        Incident now = store.find(kept.id()).orElse(kept);
        return new Ticket(now, false, CompletableFuture.completedFuture(now));
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

    private void forget(String id) {
        pending.remove(id);
        probes.forget(id);
    }

    private static boolean isSure(Diagnosis diagnosis) {
        return diagnosis.verdict().confidence() >= SURE
                && diagnosis.verdict().cause() != Cause.CAPTURE_INSUFFICIENT;
    }

    private static void log(Incident kept) {
        String hint = TextStyle.clean(kept.verdict().hint());
        LOG.info("{} {}: {}", kept.id(), kept.verdict().cause().code(), hint);
    }

    /** Incidents on their way to a verdict. */
    public int pending() {
        return pending.size();
    }

    public DeskFigures figures() {
        return figures;
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
