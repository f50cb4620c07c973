package io.netverdict.service.context;

import io.netverdict.correlator.context.ContextSource;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.nativelib.namespace.NetworkNamespace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Watches the recorder's namespaces and collects from them when an error is reported. Thread-safe.
 *
 * <p>Threads: those of each {@link NamespaceWatch}, and {@code context-owners}, which looks for the
 * processes behind sockets.
 */
public final class ContextService implements ContextCollector, AutoCloseable {
    private static final int MAX_WAITING_SEARCHES = 16;

    private final List<NamespaceWatch> watches;
    private final boolean patient;
    private final ExecutorService owners;

    private ContextService(List<NamespaceWatch> watches, boolean patient) {
        this.watches = List.copyOf(watches);
        this.patient = patient;
        owners =
                new ThreadPoolExecutor(
                        0,
                        1,
                        10,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(MAX_WAITING_SEARCHES),
                        task -> {
                            Thread thread = new Thread(task, "context-owners");
                            thread.setDaemon(true);
                            return thread;
                        },
                        new ThreadPoolExecutor.DiscardPolicy());
    }

    /**
     * Begins to watch the calling thread's namespace and others. Whatever cannot be read, this
     * begins all the same: incidents say what is missing.
     *
     * @param patient whether verdicts come so late that all may be read before; else what takes
     *     long is read only where a verdict needs it
     */
    public static ContextService start(List<NetworkNamespace> others, boolean patient) {
        return start(others, patient, NamespaceWatch.REUSE_NANOS);
    }

    /** Begins to watch the calling thread's namespace, and reads it anew for each report. */
    public static ContextService startWithoutReuse() {
        return start(List.of(), false, 0);
    }

    private static ContextService start(
            List<NetworkNamespace> others, boolean patient, long reuseNanos) {
        List<NamespaceWatch> watches = new ArrayList<>();
        watches.add(NamespaceWatch.start(NetworkNamespace.OWN, reuseNanos));
        others.forEach(other -> watches.add(NamespaceWatch.start(other, reuseNanos)));
        return new ContextService(watches, patient);
    }

    @Override
    public ContextSource begin(ErrorReport report) {
        return new ContextCollection(report, watches, patient, owners);
    }

    /** Ends at once; idempotent. */
    @Override
    public void close() {
        watches.forEach(NamespaceWatch::close);
        owners.shutdownNow();
    }
}
