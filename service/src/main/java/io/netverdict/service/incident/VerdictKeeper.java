package io.netverdict.service.incident;

import io.netverdict.capture.recording.Recording;
import io.netverdict.correlator.Diagnosis;
import io.netverdict.correlator.model.Incident;
import io.netverdict.service.recorder.Recorder;
import io.netverdict.service.recorder.RecorderFigures;
import io.netverdict.service.slice.SliceWriter;
import io.netverdict.storage.IncidentStore;
import java.util.Optional;

/** Makes a decided incident of a diagnosis and keeps it with its packets. Thread-safe. */
final class VerdictKeeper {
    private static final String RECORDER = "recorder";

    private final Recorder recorder;
    private final IncidentStore store;
    private final IncidentProbes probes;
    private final DeskFigures figures;

    VerdictKeeper(
            Recorder recorder, IncidentStore store, IncidentProbes probes, DeskFigures figures) {
        this.recorder = recorder;
        this.store = store;
        this.probes = probes;
        this.figures = figures;
    }

    /**
     * Keeps a verdict on an incident that is on the disk.
     *
     * @param verdictNanos that it took
     * @return the incident as kept; empty where another thread is at it
     */
    Optional<Incident> keep(
            Pending awaited, Diagnosis own, Recording recording, long verdictNanos) {
        if (!awaited.taken().compareAndSet(false, true)) {
            return Optional.empty();
        }
        long start = System.nanoTime();
        Incident collecting = awaited.incident();
        IncidentProbes.WithProbes probed = probes.complete(collecting.id(), own, recording);
        Diagnosis diagnosis = probed.diagnosis();
        Incident decided =
                diagnosis
                        .withSliceFrames()
                        .toIncident(collecting.id(), collecting.receivedAt(), null)
                        .withContext(RECORDER, figuresOfRecorder(own, recording));
        Incident kept =
                store.acknowledge(
                        decided,
                        out ->
                                diagnosis.packets().isEmpty()
                                        ? 0
                                        : SliceWriter.write(
                                                        out,
                                                        diagnosis,
                                                        recording.interfaces(),
                                                        probed.comments())
                                                .packets());
        // Before anybody hears of it: who asks for the figures then finds it among them.
        figures.decided(own.verdict(), verdictNanos, System.nanoTime() - start);
        return Optional.of(kept);
    }

    /** For whoever is handed the incident: did the recorder drop packets, how far does it reach. */
    private RecorderFigures figuresOfRecorder(Diagnosis own, Recording recording) {
        return RecorderFigures.of(recorder.status())
                .listing(IncidentProbes.recordedBy(own, recording));
    }
}
