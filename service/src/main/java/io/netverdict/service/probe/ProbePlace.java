package io.netverdict.service.probe;

import io.netverdict.nativelib.namespace.NamespaceException;
import io.netverdict.nativelib.namespace.NetworkNamespace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where is probed from: a network namespace, its resolver file, and threads that live in it, since
 * a socket belongs to the namespace of the thread that opens it. Thread-safe.
 *
 * <p>Threads: {@code probe-N}, behind the namespace's name where it is another than the service's,
 * as many as {@link #THREADS}.
 */
final class ProbePlace implements AutoCloseable {
    static final int THREADS = 10;
    private static final Path OVERLAYS = Path.of("/etc/netns");
    private static final Path HOSTS_FILE = Path.of("/etc/hosts");

    private final NetworkNamespace namespace;
    private final Path resolverFile;
    private final Path hostsFile;
    private final ThreadPoolExecutor threads;
    private final AtomicInteger count = new AtomicInteger();
    private volatile String problem;

    /**
     * @param resolverFile of the service's own namespace
     */
    ProbePlace(NetworkNamespace namespace, Path resolverFile) {
        this.namespace = namespace;
        this.resolverFile = fileOf(namespace, resolverFile);
        this.hostsFile = fileOf(namespace, HOSTS_FILE);
        threads =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        this::thread);
    }

    /** That of {@code ip netns}, of the process, or the service's own. */
    private static Path fileOf(NetworkNamespace namespace, Path own) {
        if (namespace.file() == null) {
            return own;
        }
        Path process = Path.of("/proc", namespace.name(), "root");
        Path overlay = OVERLAYS.resolve(namespace.name()).resolve(own.getFileName());
        if (Files.isReadable(overlay)) {
            return overlay;
        }
        boolean byProcess = namespace.file().startsWith("/proc");
        return byProcess ? process.resolve(Path.of("/").relativize(own)) : own;
    }

    private Thread thread(Runnable work) {
        String prefix = namespace.file() == null ? "" : namespace.name() + "/";
        Thread thread =
                new Thread(() -> runInside(work), prefix + "probe-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    private void runInside(Runnable work) {
        try {
            namespace.enter();
        } catch (NamespaceException e) {
            problem = e.getMessage();
            return;
        }
        work.run();
    }

    /**
     * Starts the threads here and now: those of the service's own namespace belong to the one that
     * starts them.
     */
    void prestart() {
        threads.prestartAllCoreThreads();
    }

    NetworkNamespace namespace() {
        return namespace;
    }

    Path resolverFile() {
        return resolverFile;
    }

    Path hostsFile() {
        return hostsFile;
    }

    ThreadPoolExecutor threads() {
        return threads;
    }

    /** Why nothing can be probed from here, once that has shown itself. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
