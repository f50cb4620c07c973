package io.netverdict.service.context;

import io.netverdict.nativelib.namespace.NamespaceException;
import io.netverdict.nativelib.namespace.NetworkNamespace;
import io.netverdict.service.context.sample.CounterHistory;
import io.netverdict.service.context.sample.LinkWatch;
import io.netverdict.service.context.sample.Sampler;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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
    private static final long REUSE_NANOS = 100_000_000L;

    private final NetworkNamespace namespace;
    private final Sampler sampler = new Sampler();
    private final CounterHistory history = new CounterHistory();
    private final LinkWatch links = new LinkWatch();
    private final ScheduledThreadPoolExecutor reader;
    private volatile String problem = "";
    private volatile String nameInSystem = "";
    private volatile NamespaceSnapshot last;

    private NamespaceWatch(NetworkNamespace namespace) {
        this.namespace = namespace;
        reader = new ScheduledThreadPoolExecutor(1, task -> inNamespace("context-", task));
        reader.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Begins to watch. */
    static NamespaceWatch start(NetworkNamespace namespace) {
        NamespaceWatch watch = new NamespaceWatch(namespace);
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
                            task.run();
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
    CompletableFuture<NamespaceSnapshot> snapshot(Callable<Set<Integer>> ports) {
        return call(
                () -> {
                    Set<Integer> wanted = ports.call();
                    NamespaceSnapshot known = last;
                    if (known != null
                            && System.nanoTime() - known.takenNanos() < REUSE_NANOS
                            && known.ports().containsAll(wanted)) {
                        return known;
                    }
                    NamespaceSnapshot taken = NamespaceSnapshot.take(sampler, wanted);
                    last = taken;
                    return taken;
                });
    }

    /** Runs a task in the namespace, after those before it. */
    <T> CompletableFuture<T> call(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            reader.execute(
                    () -> {
                        try {
                            result.complete(task.call());
                        } catch (Exception | LinkageError e) {
                            result.completeExceptionally(e);
                        }
                    });
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
