package io.netverdict.service.context;

import io.netverdict.correlator.context.ClockContext;
import io.netverdict.correlator.context.ConntrackContext;
import io.netverdict.correlator.context.ContextTargets;
import io.netverdict.correlator.context.HostContext;
import io.netverdict.correlator.context.ResolverContext;
import io.netverdict.correlator.context.RouteContext;
import io.netverdict.correlator.context.SocketContext;
import io.netverdict.correlator.context.SocketContext.Owner;
import io.netverdict.correlator.context.SocketUseContext;
import io.netverdict.nativelib.clock.KernelClock;
import io.netverdict.nativelib.namespace.NetworkNamespace;
import io.netverdict.nativelib.sockdiag.TcpSocket;
import io.netverdict.service.context.part.FirewallParts;
import io.netverdict.service.context.part.InterfaceParts;
import io.netverdict.service.context.part.Problems;
import io.netverdict.service.context.part.ProxyEnvironment;
import io.netverdict.service.context.part.ResolverFiles;
import io.netverdict.service.context.part.RouteParts;
import io.netverdict.service.context.part.SocketParts;
import io.netverdict.service.context.sample.CounterSample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts together what was read, with the changes over the incident's time. */
final class ContextAssembly {
    private static final Path ROOT = Path.of("/");
    private static final Path NAMESPACE_FILES = Path.of("/etc/netns");

    /** Slower changes are the time service's, which steers. */
    private static final long STEP_MILLIS = 200;

    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final NamespaceWatch watch;
    private final NamespaceSnapshot snapshot;
    private final NamespaceSockets listed;
    private final ContextTargets targets;

    /**
     * @param listed the namespace's sockets; null where they are not known yet
     */
    ContextAssembly(
            NamespaceWatch watch,
            NamespaceSnapshot snapshot,
            NamespaceSockets listed,
            ContextTargets targets) {
        this.watch = watch;
        this.snapshot = snapshot;
        this.listed = listed;
        this.targets = targets;
    }

    HostContext assemble(
            List<RouteContext> routes,
            List<TcpSocket> sockets,
            List<ConntrackContext.Entry> tracked,
            Map<Long, Owner> owners,
            Problems problems,
            long tookNanos) {
        CounterSample now = snapshot.sample();
        CounterSample before = watch.history().before(targets.fromNanos()).orElse(now);
        Map<String, Long> moved =
                now.kernel() == null || before.kernel() == null
                        ? Map.of()
                        : now.kernel().since(before.kernel());
        Instant since = Instant.ofEpochSecond(0, before.wallNanos());
        List<SocketContext> open = SocketParts.of(sockets, owners);
        Owner owner =
                open.stream()
                        .map(SocketContext::owner)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
        if (!watch.links().problem().isEmpty()) {
            problems.add("interfaceEvents", watch.links().problem());
        }
        Set<String> devices =
                routes.stream()
                        .map(RouteContext::device)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet());
        ResolverContext resolver = problems.read("resolver", null, () -> resolver(owner));
        Map<String, String> proxy = proxy(owner, problems);
        return new HostContext(
                watch.namespace().name(),
                since,
                Instant.ofEpochSecond(0, now.wallNanos()),
                tookNanos / 1000,
                InterfaceParts.of(
                        now.links(),
                        before.links(),
                        snapshot.addresses(),
                        snapshot.devices(),
                        devices),
                watch.links().since(since),
                open,
                use(moved),
                moved,
                conntrack(moved, tracked),
                routes,
                RouteParts.rules(snapshot.rules()),
                RouteParts.neighbors(
                        snapshot.neighbors(), now.links(), routes, targets.addresses()),
                FirewallParts.moved(now.refusals(), before.refusals()),
                resolver,
                proxy,
                clock(now, before),
                all(problems));
    }

    private Map<String, String> all(Problems problems) {
        Map<String, String> both = new LinkedHashMap<>(snapshot.problems().byPart());
        if (listed == null) {
            both.put("socketUse", "not counted before the verdict");
        } else {
            listed.problems().byPart().forEach(both::putIfAbsent);
        }
        problems.byPart().forEach(both::putIfAbsent);
        return both;
    }

    private SocketUseContext use(Map<String, Long> moved) {
        return listed == null || listed.census() == null
                ? null
                : listed.census().toContext(moved.getOrDefault("TcpExt.ListenOverflows", 0L));
    }

    private ConntrackContext conntrack(
            Map<String, Long> moved, List<ConntrackContext.Entry> tracked) {
        return snapshot.conntrackEntries() == null
                ? null
                : new ConntrackContext(
                        snapshot.conntrackEntries(),
                        snapshot.conntrackMax(),
                        moved.getOrDefault("Conntrack.drop", 0L),
                        moved.getOrDefault("Conntrack.insert_failed", 0L),
                        tracked);
    }

    /** As the client's process sees them where that is known, else as its namespace does. */
    private ResolverContext resolver(Owner owner) throws java.io.IOException {
        Path ownersRoot = owner == null ? null : Path.of("/proc", owner.pid() + "", "root");
        if (ownersRoot != null && Files.isReadable(ownersRoot.resolve("etc/resolv.conf"))) {
            return ResolverFiles.read(ownersRoot, null, targets.hosts());
        }
        NetworkNamespace namespace = watch.namespace();
        boolean byProcess = namespace.file() != null && namespace.file().startsWith("/proc");
        if (byProcess) {
            Path root = Path.of("/proc", namespace.name(), "root");
            return ResolverFiles.read(root, null, targets.hosts());
        }
        String name = namespace.file() == null ? watch.nameInSystem() : namespace.name();
        Path overlay = name.isEmpty() ? null : NAMESPACE_FILES.resolve(name);
        return ResolverFiles.read(ROOT, overlay, targets.hosts());
    }

    private static Map<String, String> proxy(Owner owner, Problems problems) {
        if (owner == null) {
            return ProxyEnvironment.own();
        }
        return problems.read("proxy", Map.of(), () -> ProxyEnvironment.of(owner.pid()));
    }

    private static ClockContext clock(CounterSample now, CounterSample before) {
        KernelClock kernel = KernelClock.read().orElse(null);
        long stepped = now.steppedNanos(before) / NANOS_PER_MILLI;
        return new ClockContext(
                kernel == null ? null : kernel.synchronised(),
                kernel == null || !kernel.synchronised() ? null : kernel.maxErrorMicros(),
                Math.abs(stepped) < STEP_MILLIS ? 0 : stepped,
                null,
                null);
    }
}
