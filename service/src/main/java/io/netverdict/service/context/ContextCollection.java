package io.netverdict.service.context;

import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.context.ConntrackContext;
import io.netverdict.correlator.context.ContextSource;
import io.netverdict.correlator.context.ContextTargets;
import io.netverdict.correlator.context.ContextTargets.Flow;
import io.netverdict.correlator.context.HostContext;
import io.netverdict.correlator.context.RouteContext;
import io.netverdict.correlator.context.SocketContext.Owner;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.scene.Question;
import io.netverdict.correlator.scene.QuestionReader;
import io.netverdict.nativelib.sockdiag.TcpSocket;
import io.netverdict.service.context.part.ConntrackParts;
import io.netverdict.service.context.part.Problems;
import io.netverdict.service.context.part.ProcessOwners;
import io.netverdict.service.context.part.RouteParts;
import io.netverdict.service.context.part.SocketParts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * The collecting for one report: what needs no addresses is read while packets are awaited, the
 * rest when the targets are known. What was read first stays: it is nearest the error.
 *
 * <p>{@link #about} waits {@link #WAIT_MILLIS} at most, whatever is missing then; nothing is read
 * for a report {@link #DEADLINE_MILLIS} after its first reading began.
 */
final class ContextCollection implements ContextSource {
    /** How long a verdict may wait for its context. */
    static final long WAIT_MILLIS = 10;

    /** After that the state of the machine is no longer that of the error. */
    static final long DEADLINE_MILLIS = 500;

    private static final long OWNER_SEARCH_NANOS = 100_000_000L;

    private final long begunNanos = System.nanoTime();
    private final ErrorReport report;
    private final ExecutorService ownerThread;
    private final Map<NamespaceWatch, CompletableFuture<NamespaceSnapshot>> snapshots =
            new LinkedHashMap<>();
    private final Map<NamespaceWatch, CompletableFuture<NamespaceSockets>> lists =
            new ConcurrentHashMap<>();
    private final Map<Long, Owner> owners = new ConcurrentHashMap<>();
    private final Map<Flow, TcpSocket> sockets = new ConcurrentHashMap<>();
    private final Map<Flow, ConntrackContext.Entry> tracked = new ConcurrentHashMap<>();
    private final Map<IpAddress, RouteContext> routes = new ConcurrentHashMap<>();
    private final Problems problems = new Problems();
    private volatile CompletableFuture<Void> ownersFound = CompletableFuture.completedFuture(null);
    private volatile long targetsTookNanos;

    /**
     * @param patient whether all is read before it is known what is needed
     */
    ContextCollection(
            ErrorReport report,
            List<NamespaceWatch> watches,
            boolean patient,
            ExecutorService ownerThread) {
        this.report = report;
        this.ownerThread = ownerThread;
        watches.forEach(watch -> snapshots.put(watch, watch.snapshot()));
        if (patient) {
            // Behind the snapshots, since a verdict may not need them.
            watches.forEach(this::list);
        }
    }

    /** Begins to list a namespace's sockets, once. */
    private CompletableFuture<NamespaceSockets> list(NamespaceWatch watch) {
        return lists.computeIfAbsent(
                watch,
                of -> {
                    CompletableFuture<NamespaceSockets> list = of.sockets(() -> ports(report));
                    list.thenAccept(taken -> findOwners(taken.towards()));
                    return list;
                });
    }

    private static Set<Integer> ports(ErrorReport report) {
        Question question = new QuestionReader().read(report, 0);
        Set<Integer> ports = new LinkedHashSet<>();
        question.port().ifPresent(ports::add);
        question.proxyPort().ifPresent(ports::add);
        question.remote().ifPresent(r -> ports.add(r.port()));
        return ports;
    }

    private void findOwners(List<TcpSocket> found) {
        Set<Long> inodes =
                found.stream()
                        .map(TcpSocket::inode)
                        .filter(inode -> inode != 0 && !owners.containsKey(inode))
                        .collect(Collectors.toSet());
        if (inodes.isEmpty()) {
            return;
        }
        CompletableFuture<Void> search = new CompletableFuture<>();
        ownersFound = search;
        Set<Long> users = found.stream().map(TcpSocket::userId).collect(Collectors.toSet());
        long deadline = System.nanoTime() + OWNER_SEARCH_NANOS;
        ownerThread.execute(
                () -> {
                    owners.putAll(ProcessOwners.of(inodes, users, deadline, problems));
                    search.complete(null);
                });
    }

    @Override
    public HostContext about(ContextTargets targets) {
        long waitUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS);
        NamespaceWatch watch = watchOf(targets);
        if (!watch.problem().isEmpty()) {
            return nothing(watch, watch.problem());
        }
        NamespaceSnapshot snapshot = await(snapshots.get(watch), waitUntil);
        if (snapshot == null) {
            return nothing(watch, "not collected in time");
        }
        NamespaceSockets listed = listed(watch, targets, snapshot, waitUntil);
        if (System.nanoTime() - begunNanos < TimeUnit.MILLISECONDS.toNanos(DEADLINE_MILLIS)) {
            CompletableFuture<Boolean> read =
                    watch.soon(() -> readTargets(targets, snapshot, listed));
            if (await(read, waitUntil) == null) {
                problems.add("targets", "not read in time");
            }
        }
        await(ownersFound, waitUntil);
        if (!ownersFound.isDone()) {
            problems.add("owners", "not found in time");
        }
        return new ContextAssembly(watch, snapshot, listed, targets)
                .assemble(
                        routesOf(targets),
                        socketsOf(targets),
                        trackedOf(targets),
                        new HashMap<>(owners),
                        problems,
                        snapshot.tookNanos() + targetsTookNanos);
    }

    /**
     * The sockets of the namespace; null where they need not be awaited: those of the flows are
     * asked for one by one.
     */
    private NamespaceSockets listed(
            NamespaceWatch watch,
            ContextTargets targets,
            NamespaceSnapshot snapshot,
            long waitUntil) {
        if (targets.flows().isEmpty() || snapshot.portsMayBeShort()) {
            return await(list(watch), waitUntil);
        }
        CompletableFuture<NamespaceSockets> list = lists.get(watch);
        return list == null || list.isCompletedExceptionally() ? null : list.getNow(null);
    }

    /** The namespace whose interfaces recorded the request; else the recorder's own. */
    private NamespaceWatch watchOf(ContextTargets targets) {
        NamespaceWatch own = snapshots.keySet().iterator().next();
        for (NamespaceWatch watch : snapshots.keySet()) {
            String prefix = watch.namespace().name() + "/";
            if (watch != own
                    && targets.interfaces().stream().anyMatch(name -> name.startsWith(prefix))) {
                return watch;
            }
        }
        return own;
    }

    private static HostContext nothing(NamespaceWatch watch, String why) {
        return new HostContext(
                watch.namespace().name(),
                null,
                Instant.now(),
                0,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of("context", why));
    }

    private static <T> T await(CompletableFuture<T> result, long untilNanos) {
        try {
            return result.get(Math.max(0, untilNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private boolean readTargets(
            ContextTargets targets, NamespaceSnapshot snapshot, NamespaceSockets listed) {
        long start = System.nanoTime();
        List<Flow> unread = new ArrayList<>();
        for (Flow flow : targets.flows()) {
            TcpSocket known = listed == null ? null : known(flow, listed);
            if (known != null) {
                sockets.putIfAbsent(flow, known);
            } else if (!sockets.containsKey(flow)) {
                unread.add(flow);
            }
        }
        Map<Flow, TcpSocket> found =
                problems.read("sockets", Map.of(), () -> SocketParts.find(unread));
        sockets.putAll(found);
        if (!found.isEmpty()) {
            findOwners(List.copyOf(found.values()));
        }
        if (snapshot.conntrackEntries() != null) {
            List<Flow> untracked =
                    targets.flows().stream().filter(f -> !tracked.containsKey(f)).toList();
            tracked.putAll(ConntrackParts.find(untracked, problems));
        }
        List<IpAddress> unrouted =
                targets.addresses().stream().filter(a -> !routes.containsKey(a)).toList();
        List<RouteContext> answers =
                problems.read(
                        "routes",
                        List.of(),
                        () -> RouteParts.routes(unrouted, snapshot.sample().links()));
        for (int i = 0; i < answers.size(); i++) {
            routes.put(unrouted.get(i), answers.get(i));
        }
        targetsTookNanos += System.nanoTime() - start;
        return true;
    }

    private static TcpSocket known(Flow flow, NamespaceSockets listed) {
        for (TcpSocket socket : listed.towards()) {
            if (socket.local().getPort() == flow.client().port()
                    && socket.remote().getPort() == flow.server().port()
                    && IpAddress.of(socket.remote().getAddress().getAddress())
                            .equals(flow.server().address())) {
                return socket;
            }
        }
        return null;
    }

    private List<RouteContext> routesOf(ContextTargets targets) {
        return targets.addresses().stream()
                .map(routes::get)
                .filter(java.util.Objects::nonNull)
                .toList();
    }

    private List<TcpSocket> socketsOf(ContextTargets targets) {
        return targets.flows().stream()
                .map(sockets::get)
                .filter(java.util.Objects::nonNull)
                .toList();
    }

    private List<ConntrackContext.Entry> trackedOf(ContextTargets targets) {
        return targets.flows().stream()
                .map(tracked::get)
                .filter(java.util.Objects::nonNull)
                .toList();
    }
}
