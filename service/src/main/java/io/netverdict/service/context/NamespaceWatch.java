package io.netverdict.service.context;

import io.netverdict.nativelib.namespace.NamespaceException;
import io.netverdict.nativelib.namespace.NetworkNamespace;
import io.netverdict.service.AnsweringThreads;
import io.netverdict.service.context.sample.CounterHistory;
import io.netverdict.service.context.sample.LinkWatch;
import io.netverdict.service.context.sample.Sampler;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one network namespace: samples its counters every second, hears of changes of its
 * interfaces, reads the rest when asked.
 *
 * <p>Threads, both in the namespace: {@code context-NAME}, which reads, and {@code
 * context-links-NAME}, which listens. Thread-safe.
 */
final class NamespaceWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NamespaceWatch.class);
    private static final long SAMPLE_MILLIS = 1000;

    /** Reports that come together are about the same moment: one reading does for them. */
    static final long REUSE_NANOS = 100_000_000L;

    private final NetworkNamespace namespace;
    private final long reuseNanos;
    private final Sampler sampler = new Sampler();
    private final CounterHistory history = new CounterHistory();
    private final LinkWatch links = new LinkWatch();
    private final ScheduledThreadPoolExecutor reader;
    private volatile String problem = "";
    private volatile String nameInSystem = "";
    private volatile NamespaceSnapshot lastSnapshot;
    private volatile NamespaceSockets lastSockets;

    private NamespaceWatch(NetworkNamespace namespace, long reuseNanos) {
        this.namespace = namespace;
        this.reuseNanos = reuseNanos;
        reader = new ScheduledThreadPoolExecutor(1, task -> inNamespace("context-", task));
        reader.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * Begins to watch.
     *
     * @param reuseNanos for so long one reading does for all reports
     */
    static NamespaceWatch start(NetworkNamespace namespace, long reuseNanos) {
        NamespaceWatch watch = new NamespaceWatch(namespace, reuseNanos);
        watch.reader.scheduleWithFixedDelay(watch::sample, 0, SAMPLE_MILLIS, TimeUnit.MILLISECONDS);
        watch.inNamespace("context-links-", watch.links).start();
        return watch;
    }

    private Thread inNamespace(String role, Runnable task) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                namespace.enter();
                            } catch (NamespaceException | LinkageError e) {
                                problem = e.getMessage();
                                LOG.warn("no context: {}", e.getMessage());
                                return;
                            }
                            nameInSystem = NetworkNamespace.nameOfThisThread();
                            AnsweringThreads.run(task);
                        },
                        role + (namespace.name().isEmpty() ? "own" : namespace.name()));
        thread.setDaemon(true);
        return thread;
    }

    private void sample() {
        try {
            history.add(sampler.sample(false));
        } catch (RuntimeException | LinkageError e) {
            // The next second may do better; an incident will tell what is missing.
            LOG.debug("sampling", e);
        }
    }

    NetworkNamespace namespace() {
        return namespace;
    }

    /** The name {@code ip netns} has for it; empty for none. */
    String nameInSystem() {
        return nameInSystem;
    }

    CounterHistory history() {
        return history;
    }

    LinkWatch links() {
        return links;
    }

    /** Why the namespace cannot be read at all; empty where it can. */
    String problem() {
        return problem;
    }

    /** Reads what can be told without knowing addresses. */
    CompletableFuture<NamespaceSnapshot> snapshot() {
        return call(
                () -> {
                    NamespaceSnapshot known = lastSnapshot;
                    if (known == null || !isOfThisMoment(known.takenNanos())) {
                        known = NamespaceSnapshot.take(sampler);
                        lastSnapshot = known;
                    }
                    return known;
                });
    }

    /**
     * Lists the sockets.
     *
     * @param ports of the report's targets, asked for when it is this task's turn
     */
    CompletableFuture<NamespaceSockets> sockets(Supplier<Set<Integer>> ports) {
        return call(
                () -> {
                    Set<Integer> wanted = ports.get();
                    NamespaceSockets known = lastSockets;
                    if (known == null
                            || !isOfThisMoment(known.takenNanos())
                            || !known.ports().containsAll(wanted)) {
                        known = NamespaceSockets.take(wanted);
                        lastSockets = known;
                    }
                    return known;
                });
    }

    private boolean isOfThisMoment(long takenNanos) {
        return System.nanoTime() - takenNanos < reuseNanos;
    }

    /**
     * Runs a task in the namespace at once where the calling thread is there, else as soon as may
     * be.
     */
    <T> CompletableFuture<T> soon(Callable<T> task) {
        if (namespace != NetworkNamespace.OWN) {
            return call(task);
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        run(task, result);
        return result;
    }

    private static <T> void run(Callable<T> task, CompletableFuture<T> result) {
        try {
            result.complete(task.call());
        } catch (Exception | LinkageError e) {
            result.completeExceptionally(e);
        }
    }

    /** Runs a task in the namespace, after those before it. */
    <T> CompletableFuture<T> call(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            reader.execute(() -> run(task, result));
        } catch (RejectedExecutionException closing) {
            result.completeExceptionally(closing);
        }
        return result;
    }

    /** Ends within a second, waiting for nothing. */
    @Override
    public void close() {
        links.close();
        reader.shutdownNow();
    }
}
