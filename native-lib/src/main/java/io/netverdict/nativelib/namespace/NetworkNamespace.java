package io.netverdict.nativelib.namespace;

import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A network namespace, named as {@code ip netns} does or by a process that lives in it.
 *
 * @param name as it was told; empty for the one this process began in
 * @param file its file below {@code /run/netns} or {@code /proc}, null for the process's own
 */
public record NetworkNamespace(String name, Path file) {
    /** The namespace that threads start in. */
    public static final NetworkNamespace OWN = new NetworkNamespace("", null);

    private static final Path NAMES = Path.of("/run/netns");
    private static final Path THIS_THREAD = Path.of("/proc/thread-self/ns/net");
    private static final int EPERM = 1;

    /**
     * The namespace of a name or a process id.
     *
     * @throws NamespaceException where there is none
     */
    public static NetworkNamespace of(String nameOrPid) throws NamespaceException {
        boolean process = nameOrPid.matches("\\d{1,10}");
        Path file = NAMES.resolve(nameOrPid);
        if (process && !Files.exists(file)) {
            file = Path.of("/proc", nameOrPid, "ns", "net");
        }
        if (nameOrPid.isEmpty() || nameOrPid.contains("/") || !Files.exists(file)) {
            throw new NamespaceException(
                    process
                            ? "there is no process " + nameOrPid
                            : "there is no network namespace "
                                    + nameOrPid
                                    + " (ip netns lists them; a container's is reached by the id of"
                                    + " a process in it)");
        }
        return new NetworkNamespace(nameOrPid, file);
    }

    /**
     * Moves the calling thread in here for good; threads it starts begin here. To be called on a
     * thread made for it.
     */
    public void enter() throws NamespaceException {
        if (file == null) {
            return;
        }
        int descriptor = NamespaceCalls.open(file.toString(), NamespaceCalls.O_RDONLY_CLOEXEC);
        if (descriptor < 0) {
            throw new NamespaceException("network namespace " + name + " cannot be opened");
        }
        int result = NamespaceCalls.setns(descriptor, NamespaceCalls.CLONE_NEWNET);
        int error = result == 0 ? 0 : Native.getLastError();
        NamespaceCalls.close(descriptor);
        if (result != 0) {
            throw new NamespaceException(
                    "network namespace "
                            + name
                            + " cannot be entered"
                            + (error == EPERM ? "; it takes root" : " (error " + error + ")"));
        }
    }

    /** The name {@code ip netns} has for the calling thread's namespace; empty for none. */
    public static String nameOfThisThread() {
        try (DirectoryStream<Path> names = Files.newDirectoryStream(NAMES)) {
            Object here = key(THIS_THREAD);
            for (Path name : names) {
                if (here.equals(key(name))) {
                    return name.getFileName().toString();
                }
            }
        } catch (IOException | SecurityException none) {
            return "";
        }
        return "";
    }

    private static String key(Path file) throws IOException {
        return Files.getAttribute(file, "unix:dev") + ":" + Files.getAttribute(file, "unix:ino");
    }
}
