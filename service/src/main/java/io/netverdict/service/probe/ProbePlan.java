package io.netverdict.service.probe;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.dns.DnsType;
import io.netverdict.correlator.probe.ConnectProbe;
import io.netverdict.correlator.probe.NameServerProbe;
import io.netverdict.correlator.probe.PingProbe;
import io.netverdict.correlator.probe.ProbeReport;
import io.netverdict.correlator.probe.ProbeResult;
import io.netverdict.correlator.probe.Reply;
import io.netverdict.service.probe.flow.ProbeSession;
import io.netverdict.service.probe.tls.CertificateReading;
import io.netverdict.service.probe.tls.TrustedRoots;
import io.netverdict.service.probe.wire.ConnectAttempt;
import io.netverdict.service.probe.wire.NameServerQuery;
import io.netverdict.service.probe.wire.PathMtuSearch;
import io.netverdict.service.probe.wire.Ping;
import io.netverdict.service.probe.wire.ProxyConnect;
import io.netverdict.service.probe.wire.Traceroute;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is asked for one incident, and in which order: name servers at once, then every address at
 * the same time, and of each the certificate once its port is open. Runs on the threads given.
 */
final class ProbePlan {
    private static final Logger LOG = LoggerFactory.getLogger(ProbePlan.class);

    /** Routes are traced to so many addresses. */
    private static final int MAX_ROUTES = 2;

    private final ProbeTargets targets;
    private final List<Endpoint> nameServers;
    private final ProbeSession session;
    private final Supplier<TrustedRoots> roots;
    private final Executor threads;
    private final Queue<ProbeResult> results = new ConcurrentLinkedQueue<>();
    private final AtomicInteger skipped = new AtomicInteger();

    ProbePlan(
            ProbeTargets targets,
            List<Endpoint> nameServers,
            ProbeSession session,
            Supplier<TrustedRoots> roots,
            Executor threads) {
        this.targets = targets;
        this.nameServers = nameServers;
        this.session = session;
        this.roots = roots;
        this.threads = threads;
    }

    /** Begins; completes once all have ended, never exceptionally. */
    CompletableFuture<Void> begin() {
        List<CompletableFuture<NameServerProbe>> lookups = lookUp();
        Set<Endpoint> known = known();
        CompletableFuture<Void> asked =
                known.isEmpty()
                        ? CompletableFuture.allOf(lookups.toArray(CompletableFuture[]::new))
                                .thenCompose(none -> reach(answered(lookups)))
                        : reach(known);
        return CompletableFuture.allOf(
                asked, CompletableFuture.allOf(lookups.toArray(CompletableFuture[]::new)));
    }

    /** What has been found so far. */
    ProbeReport report() {
        return new ProbeReport(
                results.stream()
                        .sorted(Comparator.comparingLong(result -> result.time().startedNanos()))
                        .toList());
    }

    /** Probes for which no time was left. */
    int skipped() {
        return skipped.get();
    }

    private List<CompletableFuture<NameServerProbe>> lookUp() {
        String name = targets.dialled();
        List<CompletableFuture<NameServerProbe>> lookups = new ArrayList<>();
        if (name == null || IpAddress.parse(name).isPresent() || isLocal(name)) {
            return lookups;
        }
        for (Endpoint server : nameServers) {
            for (DnsType type : List.of(DnsType.A, DnsType.AAAA)) {
                CompletableFuture<NameServerProbe> udp =
                        run(() -> NameServerQuery.overUdp(session, server, name, type));
                lookups.add(udp);
                lookups.add(
                        udp.thenCompose(
                                first ->
                                        run(
                                                () ->
                                                        NameServerQuery.overTcp(
                                                                session, server, name, type))));
            }
        }
        return lookups;
    }

    private static boolean isLocal(String name) {
        return name.equals("localhost") || name.endsWith(".localhost");
    }

    /** Who is to be reached, as far as packets and report tell. */
    private Set<Endpoint> known() {
        Set<Endpoint> known = new LinkedHashSet<>(targets.endpoints());
        if (targets.dialled() != null) {
            IpAddress.parse(targets.dialled())
                    .filter(ProbeTargets::isPeer)
                    .ifPresent(a -> known.add(new Endpoint(a, targets.dialledPort())));
            if (isLocal(targets.dialled())) {
                IpAddress.parse("127.0.0.1")
                        .ifPresent(a -> known.add(new Endpoint(a, targets.dialledPort())));
            }
            targets.addresses().forEach(a -> known.add(new Endpoint(a, targets.dialledPort())));
        }
        return known;
    }

    private Set<Endpoint> answered(List<CompletableFuture<NameServerProbe>> lookups) {
        Set<Endpoint> found = new LinkedHashSet<>();
        for (CompletableFuture<NameServerProbe> lookup : lookups) {
            NameServerProbe probe = lookup.getNow(null);
            if (probe != null) {
                probe.addresses().stream()
                        .filter(ProbeTargets::isPeer)
                        .forEach(a -> found.add(new Endpoint(a, targets.dialledPort())));
            }
        }
        return found;
    }

    private CompletableFuture<Void> reach(Set<Endpoint> endpoints) {
        List<CompletableFuture<?>> all = new ArrayList<>();
        Set<IpAddress> hosts = new LinkedHashSet<>();
        for (Endpoint endpoint : endpoints.stream().limit(ProbeTargets.MAX_ENDPOINTS).toList()) {
            all.add(connect(endpoint));
            if (!hosts.add(endpoint.address())) {
                continue;
            }
            all.add(
                    run(() -> Ping.to(session, endpoint.address()))
                            .thenCompose(ping -> measure(endpoint, ping)));
            if (hosts.size() <= MAX_ROUTES) {
                all.add(run(() -> Traceroute.overUdp(session, endpoint)));
                all.add(run(() -> Traceroute.overTcp(session, endpoint)));
            }
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<?> measure(Endpoint endpoint, PingProbe ping) {
        return ping == null
                ? CompletableFuture.completedFuture(null)
                : run(() -> PathMtuSearch.to(session, endpoint.address(), ping));
    }

    private CompletableFuture<?> connect(Endpoint endpoint) {
        return run(() -> ConnectAttempt.to(session, endpoint))
                .thenCompose(connect -> converse(endpoint, connect));
    }

    /** What an open port is asked: its certificate, or as a proxy for a tunnel. */
    private CompletableFuture<?> converse(Endpoint endpoint, ConnectProbe connect) {
        boolean open = connect != null && connect.reply() == Reply.ANSWERED;
        if (!open || !targets.tls()) {
            return CompletableFuture.completedFuture(null);
        }
        String host = targets.host() == null ? endpoint.address().toString() : targets.host();
        if (targets.proxy() == null) {
            return run(() -> CertificateReading.of(roots.get(), session, endpoint, host, null));
        }
        String tunnel = (host.contains(":") ? "[" + host + "]" : host) + ":" + targets.port();
        return run(() -> ProxyConnect.ask(session, endpoint, tunnel))
                .thenCompose(
                        proxy ->
                                proxy == null || proxy.status() / 100 != 2
                                        ? CompletableFuture.completedFuture(null)
                                        : run(
                                                () ->
                                                        CertificateReading.of(
                                                                roots.get(),
                                                                session,
                                                                endpoint,
                                                                host,
                                                                tunnel)));
    }

    /** Runs a probe on one of the threads; null where no time is left for it. */
    private <T extends ProbeResult> CompletableFuture<T> run(Supplier<T> probe) {
        return CompletableFuture.supplyAsync(
                () -> {
                    if (session.over()) {
                        skipped.incrementAndGet();
                        return null;
                    }
                    try {
                        T result = probe.get();
                        results.add(result);
                        return result;
                    } catch (RuntimeException e) {
                        // A fault of a probe's own must not cost the others their results.
                        LOG.warn("a probe failed", e);
                        return null;
                    }
                },
                threads);
    }
}
