package io.netverdict.service.incident;

import io.netverdict.correlator.context.ContextSource;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.IncidentStatus;
import io.netverdict.service.context.ContextCollector;
import io.netverdict.service.probe.Prober;
import io.netverdict.service.recorder.Recorder;
import io.netverdict.service.text.TextStyle;
import io.netverdict.storage.IncidentIds;
import io.netverdict.storage.IncidentStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes error reports and makes incidents of them, which {@link PacketLooks} decide. A report is on
 * the disk before {@link #submit} returns, and before its verdict is kept. Thread-safe.
 */
public final class IncidentDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IncidentDesk.class);

    /** Reports beyond these are refused. */
    public static final int MAX_PENDING = 1000;

    private final IncidentStore store;
    private final ContextCollector context;
    private final IncidentProbes probes;
    private final IncidentIds ids = new IncidentIds();
    private final DeskFigures figures = new DeskFigures();
    private final PacketLooks looks;

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
        this.context = context;
        this.store = store;
        probes = new IncidentProbes(prober);
        looks = new PacketLooks(recorder, store, settle, probes, figures, announcement);
    }

    /** Decides what a crash left undecided, as well as what is recorded now allows. */
    public void resume() {
        List<Incident> left = store.collecting();
        for (Incident incident : left) {
            Pending resumed = Pending.kept(incident, ContextSource.NONE);
            looks.expect(resumed);
            probes.leftByRestart(incident.id());
            looks.lookOnce(resumed);
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
        if (looks.pending() >= MAX_PENDING) {
            figures.refused();
            throw new DeskOverloadedException(looks.pending());
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
        looks.expect(mine);
        if (probe) {
            probes.want(collecting.id());
        }
        // Looked at while it is brought to the disk: a verdict is kept after that.
        boolean begun = looks.begin(mine);
        Incident kept;
        boolean mineStands = false;
        try {
            kept = store.acknowledge(collecting);
            mineStands = kept.id().equals(collecting.id());
        } finally {
            if (!mineStands) {
                looks.forget(collecting.id());
            }
            mine.acknowledged().complete(mineStands);
        }
        if (!mineStands) {
            return earlier(kept);
        }
        if (!begun) {
            // It is on the disk, and the next start decides it.
            looks.forget(kept.id());
            mine.decided().complete(kept);
        }
        return new Ticket(kept, true, mine.decided());
    }

    private Ticket earlier(Incident kept) {
        Pending awaited = looks.find(kept.id());
        if (awaited != null) {
            return new Ticket(kept, false, awaited.decided());
        }
        Incident now = store.find(kept.id()).orElse(kept);
        return new Ticket(now, false, CompletableFuture.completedFuture(now));
    }

    private static void log(Incident kept) {
        String hint = TextStyle.clean(kept.verdict().hint());
        LOG.info("{} {}: {}", kept.id(), kept.verdict().cause().code(), hint);
    }

    /** Incidents on their way to a verdict. */
    public int pending() {
        return looks.pending();
    }

    public DeskFigures figures() {
        return figures;
    }

    /** Decides at once what is pending, then stops; takes less than a second. */
    @Override
    public void close() {
        looks.close();
    }
}
