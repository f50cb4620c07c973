package io.netverdict.service.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/**
 * A named network namespace.
 *
 * <p>Sockets belong to the namespace of the thread that opens them, and threads to that of the
 * thread that starts them. {@link #call} therefore is all it takes to run servers and recorders of
 * this process in another namespace. Thread-safe.
 */
public final class NetworkNamespace implements AutoCloseable {
    private static final Path NAMES = Path.of("/run/netns");
    private static final Path FILES = Path.of("/etc/netns");

    private final String name;
    private boolean closed;

    private NetworkNamespace(String name) {
        this.name = name;
    }

    /** Makes a namespace, with its loopback interface up. */
    static NetworkNamespace create(String name) {
        NetworkNamespace made = new NetworkNamespace(name);
        Commands.run("ip", "netns", "add", name);
        made.ip("link set lo up");
        return made;
    }

    /** Names of all namespaces of this machine that begin so. */
    static List<String> named(String prefix) {
        if (!Files.isDirectory(NAMES)) {
            return List.of();
        }
        try (Stream<Path> names = Files.list(NAMES)) {
            return names.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Removes a namespace that another process left behind. */
    static void remove(String name) {
        new NetworkNamespace(name).close();
    }

    public String name() {
        return name;
    }

    /** Runs lines of {@code ip} in here, for example {@code route add unreachable 192.0.2.1}. */
    public void ip(String... lines) {
        Commands.feed(String.join("\n", lines) + "\n", "ip", "-n", name, "-batch", "-");
    }

    /** Writes a file that commands run in here see in {@code /etc}. */
    void etc(String file, String text) {
        try {
            Path directory = Files.createDirectories(FILES.resolve(name));
            Files.writeString(directory.resolve(file), text);
        } catch (IOException e) {
            throw new LabException("cannot write below " + FILES + ": " + e.getMessage(), e);
        }
    }

    /** Sets a value below {@code /proc/sys/net}. */
    void sysctl(String key, String value) {
        call(() -> Files.writeString(Path.of("/proc/sys/net", key), value));
    }

    /** A command line that runs in here. */
    public ProcessBuilder process(List<String> command) {
        List<String> line = new ArrayList<>(Arrays.asList("ip", "netns", "exec", name));
        line.addAll(command);
        return new ProcessBuilder(line);
    }

    /**
     * Runs a task in here, on a thread of its own, and waits for it.
     *
     * @throws LabException with the task's exception as its cause
     */
    public <T> T call(Callable<T> task) {
        FutureTask<T> future =
                new FutureTask<>(
                        () -> {
                            enter();
                            return task.call();
                        });
        Thread thread = new Thread(future, "in-" + name);
        thread.setDaemon(true);
        thread.start();
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof LabException known
                    ? known
                    : new LabException(String.valueOf(e.getCause().getMessage()), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }

    private void enter() {
        int descriptor = LinuxCalls.open(NAMES.resolve(name).toString(), LinuxCalls.O_RDONLY);
        if (descriptor < 0) {
            throw new LabException("no network namespace " + name);
        }
        int result = LinuxCalls.setns(descriptor, LinuxCalls.CLONE_NEWNET);
        LinuxCalls.close(descriptor);
        if (result != 0) {
            throw new LabException("cannot join namespace " + name + "; it takes root");
        }
    }

    /** Removes the namespace and its files; idempotent, never throws. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            Commands.run("ip", "netns", "del", name);
        } catch (LabException e) {
            // Gone already: that is what is wanted.
        }
        try (Stream<Path> files = Files.walk(FILES.resolve(name))) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // There were none.
        }
    }
}
