package io.netverdict.service.incident;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.recording.RecordedInterface;
import io.netverdict.capture.recording.Recording;
import io.netverdict.correlator.Diagnosis;
import io.netverdict.correlator.probe.ProbeReport;
import io.netverdict.service.probe.Probed;
import io.netverdict.service.probe.Prober;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The probes of incidents on their way to a verdict: which are asked for, which run, and what
 * becomes of their packets. Thread-safe.
 */
final class IncidentProbes {
    /** What stands on each packet of a probe in a slice. */
    static final String COMMENT = "probe: sent by netverdict after the error, not by the client";

    private static final int MAX_PACKETS = 5_000;
    private static final String CONTEXT_KEY = "probes";
    private static final String RESTARTED =
            "the service was restarted before the verdict: probes are not made, asked for or not";

    private final Prober prober;
    private final Set<String> wanted = ConcurrentHashMap.newKeySet();
    private final Set<String> left = ConcurrentHashMap.newKeySet();
    private final Map<String, CompletableFuture<Probed>> begun = new ConcurrentHashMap<>();

    /** A diagnosis whose packets are the request's and the probes'. */
    record WithProbes(Diagnosis diagnosis, Map<Long, String> comments) {}

    IncidentProbes(Prober prober) {
        this.prober = prober;
    }

    /** The reporter asks for probes, however sure the verdict is. */
    void want(String incident) {
        wanted.add(incident);
    }

    /** The service was restarted before the verdict; whether probes were asked for is not known. */
    void leftByRestart(String incident) {
        left.add(incident);
    }

    boolean isWanted(String incident) {
        return wanted.contains(incident);
    }

    /** The recording without any probe's packets. */
    Recording hideIn(Recording recording) {
        return prober.flows().hideIn(recording);
    }

    /** What has been found for an incident; nothing while its probes run. */
    ProbeReport found(String incident) {
        CompletableFuture<Probed> probing = begun.get(incident);
        Probed probed = probing == null ? null : probing.getNow(null);
        return probed == null ? ProbeReport.NONE : probed.report();
    }

    /**
     * Begins an incident's probes where that is due and has not been done.
     *
     * @param sure whether the verdict stands without them
     * @return completes with their end; empty where the verdict need not wait
     */
    Optional<CompletableFuture<Probed>> begin(
            String incident, Diagnosis diagnosis, Recording recording, boolean sure) {
        boolean due = prober.enabled() && (!sure || isWanted(incident));
        return due
                ? Optional.of(
                        begun.computeIfAbsent(
                                incident,
                                id ->
                                        prober.probe(
                                                id, diagnosis, recordedBy(diagnosis, recording))))
                : Optional.empty();
    }

    /** The names of the interfaces that recorded a request's packets. */
    static Set<String> recordedBy(Diagnosis diagnosis, Recording recording) {
        List<RecordedInterface> interfaces = recording.interfaces();
        return diagnosis.packets().stream()
                .map(CapturedPacket::interfaceIndex)
                .filter(index -> index >= 0 && index < interfaces.size())
                .distinct()
                .map(index -> interfaces.get(index).name())
                .collect(Collectors.toSet());
    }

    /** Adds the probes' packets and how probing went; ends what is kept of the incident. */
    WithProbes complete(String incident, Diagnosis diagnosis, Recording whole) {
        boolean asked = wanted.remove(incident);
        CompletableFuture<Probed> probing = begun.remove(incident);
        Probed probed = probing == null ? null : probing.getNow(null);
        if (probed == null) {
            probed = asked ? missing(probing != null) : null;
        }
        if (left.remove(incident) && probed == null) {
            probed = Probed.notRun(RESTARTED);
        }
        if (probed == null) {
            return new WithProbes(diagnosis, Map.of());
        }
        List<CapturedPacket> packets =
                probing == null
                        ? List.of()
                        : prober.flows().packetsOf(incident, whole, MAX_PACKETS);
        TreeMap<Long, CapturedPacket> all = new TreeMap<>();
        diagnosis.packets().forEach(packet -> all.put(packet.number(), packet));
        packets.forEach(packet -> all.put(packet.number(), packet));
        Map<String, Object> context = new LinkedHashMap<>(diagnosis.context());
        context.put(CONTEXT_KEY, probed.toMap(packets.size()));
        return new WithProbes(
                new Diagnosis(
                        diagnosis.error(),
                        diagnosis.verdict(),
                        diagnosis.operations(),
                        diagnosis.flows(),
                        context,
                        List.copyOf(all.values())),
                packets.stream().collect(Collectors.toMap(CapturedPacket::number, p -> COMMENT)));
    }

    private Probed missing(boolean running) {
        return prober.enabled()
                ? Probed.notRun(
                        running
                                ? "the service stopped before the probes ended"
                                : "the service stopped or was restarted before they began")
                : Probed.off();
    }

    /** Nothing more becomes of an incident. */
    void forget(String incident) {
        wanted.remove(incident);
        left.remove(incident);
        begun.remove(incident);
    }
}
