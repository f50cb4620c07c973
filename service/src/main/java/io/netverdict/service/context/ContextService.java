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
    private final ExecutorService owners;

    private ContextService(List<NamespaceWatch> watches) {
        this.watches = List.copyOf(watches);
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
     */
    public static ContextService start(List<NetworkNamespace> others) {
        List<NamespaceWatch> watches = new ArrayList<>();
        watches.add(NamespaceWatch.start(NetworkNamespace.OWN));
        others.forEach(other -> watches.add(NamespaceWatch.start(other)));
        return new ContextService(watches);
    }

    @Override
    public ContextSource begin(ErrorReport report) {
        return new ContextCollection(report, watches, owners);
    }

    /** Ends at once; idempotent. */
    @Override
    public void close() {
        watches.forEach(NamespaceWatch::close);
        owners.shutdownNow();
    }
}
