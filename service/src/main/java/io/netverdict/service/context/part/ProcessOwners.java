package io.netverdict.service.context.part;

import io.netverdict.correlator.context.SocketContext.Owner;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which processes hold sockets, by looking through their descriptors: proc(5). */
public final class ProcessOwners {
    private static final Path PROC = Path.of("/proc");
    private static final String SOCKET = "socket:[";
    private static final Pattern CONTAINER = Pattern.compile("([0-9a-f]{12})[0-9a-f]{52}");
    private static final int MAX_DESCRIPTORS = 50_000;

    private final Set<Long> inodes;
    private final Set<Long> userIds;
    private final long deadlineNanos;
    private final Map<Long, Owner> owners = new HashMap<>();
    private int looked;

    private ProcessOwners(Set<Long> inodes, Set<Long> userIds, long deadlineNanos) {
        this.inodes = inodes;
        this.userIds = userIds;
        this.deadlineNanos = deadlineNanos;
    }

    /**
     * Looks for the owners of sockets.
     *
     * @param inodes the sockets'
     * @param userIds the sockets' users: only their processes are looked at
     * @param deadlineNanos of {@link System#nanoTime()}, when it stops
     */
    public static Map<Long, Owner> of(
            Set<Long> inodes, Set<Long> userIds, long deadlineNanos, Problems problems) {
        ProcessOwners search = new ProcessOwners(inodes, userIds, deadlineNanos);
        if (!inodes.isEmpty()) {
            boolean whole = problems.read("owners", true, search::throughAllProcesses);
            if (!whole && search.owners.size() < inodes.size()) {
                problems.add("owners", "not all processes could be looked at in time");
            }
        }
        return search.owners;
    }

    private boolean throughAllProcesses() throws IOException {
        for (Path process : youngestFirst()) {
            if (owners.size() == inodes.size()) {
                return true;
            }
            if (System.nanoTime() - deadlineNanos > 0 || looked > MAX_DESCRIPTORS) {
                return false;
            }
            look(process);
        }
        return true;
    }

    /** Clients begin after the system's own processes, as a rule. */
    private static List<Path> youngestFirst() throws IOException {
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            processes.forEach(all::add);
        }
        all.sort(
                Comparator.comparingLong(
                                (Path process) -> Long.parseLong(process.getFileName().toString()))
                        .reversed());
        return all;
    }

    private void look(Path process) {
        try {
            long user = ((Number) Files.getAttribute(process, "unix:uid")).longValue();
            if (!userIds.contains(user)) {
                return;
            }
            try (DirectoryStream<Path> descriptors =
                    Files.newDirectoryStream(process.resolve("fd"))) {
                for (Path descriptor : descriptors) {
                    looked++;
                    long inode = inode(descriptor);
                    if (inodes.contains(inode) && !owners.containsKey(inode)) {
                        owners.put(inode, owner(process));
                    }
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException goneOrNotOurs) {
            // Processes end, and those of others are closed to an unprivileged recorder.
        }
    }

    private static long inode(Path descriptor) throws IOException {
        String target = Files.readSymbolicLink(descriptor).toString();
        return target.startsWith(SOCKET)
                ? Long.parseLong(target.substring(SOCKET.length(), target.length() - 1))
                : 0;
    }

    private static Owner owner(Path process) throws IOException {
        Matcher container = CONTAINER.matcher(Files.readString(process.resolve("cgroup")));
        return new Owner(
                Long.parseLong(process.getFileName().toString()),
                Files.readString(process.resolve("comm")).trim(),
                container.find() ? container.group(1) : "");
    }
}
