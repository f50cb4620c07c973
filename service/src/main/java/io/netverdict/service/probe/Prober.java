package io.netverdict.service.probe;

import io.netverdict.correlator.Diagnosis;
import io.netverdict.nativelib.namespace.NetworkNamespace;
import io.netverdict.service.probe.flow.ProbeFlows;
import io.netverdict.service.probe.flow.ProbeSession;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes for incidents, as far as settings and limits allow, and knows the packets of its probes.
 * Thread-safe.
 *
 * <p>Threads: those of each {@link ProbePlace}.
 */
public final class Prober implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Prober.class);

    /** Probes end with the budget; so much later they are no longer awaited. */
    private static final long OVERTIME_NANOS = 500_000_000L;

    private final ProbeSettings settings;
    private final ProbeLimits limits;
    private final ProbeFlows flows = new ProbeFlows();
    private final Set<ProbeSession> running = ConcurrentHashMap.newKeySet();
    private final ProbePlaces places;

    /**
     * @param namespaces recorded beside the service's own
     */
    public Prober(ProbeSettings settings, List<NetworkNamespace> namespaces) {
        this.settings = settings;
        this.limits = new ProbeLimits(settings, System::nanoTime);
        this.places = new ProbePlaces(namespaces, settings.resolverFile());
        if (settings.enabled()) {
            places.prestart();
        }
    }

    /** Whether anything is ever probed. */
    public boolean enabled() {
        return settings.enabled();
    }

    /** The flows of all probes. */
    public ProbeFlows flows() {
        return flows;
    }

    /**
     * Probes the hosts of an incident.
     *
     * @param diagnosis what is known so far
     * @param interfaces that recorded the request's packets
     * @return completes within the budget, never exceptionally; at once where nothing may be sent
     */
    public CompletableFuture<Probed> probe(
            String incident, Diagnosis diagnosis, Set<String> interfaces) {
        if (!settings.enabled()) {
            return CompletableFuture.completedFuture(Probed.off());
        }
        ProbeTargets targets = ProbeTargets.of(diagnosis);
        if (targets.isEmpty()) {
            return CompletableFuture.completedFuture(
                    Probed.notRun("the report names no host, and no packet shows one"));
        }
        Optional<ProbePlace> place = places.of(interfaces);
        Optional<String> lost = place.flatMap(ProbePlace::problem);
        if (place.isEmpty() || lost.isPresent()) {
            return CompletableFuture.completedFuture(
                    Probed.notRun(
                            lost.orElse(
                                    "several network namespaces are recorded, and no packet tells"
                                            + " which one the request came from")));
        }
        Optional<String> refused = limits.begin(targets.hosts());
        if (refused.isPresent()) {
            return CompletableFuture.completedFuture(Probed.notRun(refused.get()));
        }
        ProbeSession session = new ProbeSession(incident, flows, settings.budget().toNanos());
        running.add(session);
        try {
            ProbePlan plan =
                    new ProbePlan(
                            atHome(targets, place.get()),
                            NameServers.of(place.get().resolverFile(), targets.nameServers()),
                            session,
                            settings.roots(),
                            place.get().threads());
            return plan.begin()
                    .completeOnTimeout(
                            null,
                            settings.budget().toNanos() + OVERTIME_NANOS,
                            TimeUnit.NANOSECONDS)
                    .handle((none, failure) -> ended(session, plan, failure));
        } catch (RuntimeException e) {
            // Closing: the threads take nothing more.
            finish(session);
            return CompletableFuture.completedFuture(Probed.notRun("the service is stopping"));
        }
    }

    /** With what the place's own hosts file has for the name that was dialled. */
    private static ProbeTargets atHome(ProbeTargets targets, ProbePlace place) {
        return targets.dialled() == null
                ? targets
                : targets.withAddresses(
                        HostsFile.addressesOf(place.hostsFile(), targets.dialled()));
    }

    private Probed ended(ProbeSession session, ProbePlan plan, Throwable failure) {
        boolean cut = session.over() || plan.skipped() > 0;
        finish(session);
        if (failure != null) {
            LOG.warn("probing ended early", failure);
        }
        return new Probed(
                cut ? Probed.CUT_SHORT : Probed.DONE,
                cut ? "the time ran out; " + plan.skipped() + " probes were left out" : null,
                plan.report());
    }

    private void finish(ProbeSession session) {
        session.cancel();
        if (running.remove(session)) {
            limits.end();
        }
    }

    /** Ends all waits of probes at once; what they found by then stands. */
    @Override
    public void close() {
        running.forEach(ProbeSession::cancel);
        places.close();
    }
}
