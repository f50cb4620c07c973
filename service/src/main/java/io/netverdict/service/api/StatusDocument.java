package io.netverdict.service.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.netverdict.capture.live.RecorderStatus;
import io.netverdict.capture.live.RecorderStatus.InterfaceStatus;
import io.netverdict.service.Version;
import io.netverdict.service.health.HealthReport;
import io.netverdict.service.recorder.RecorderFigures;
import io.netverdict.storage.StorageUse;
import java.time.Instant;

/** Health and figures at one moment. */
record StatusDocument(
        @JsonPropertyDescription("recording or not-recording.") String status,
        String version,
        Instant startedAt,
        @JsonPropertyDescription(
                        "Whether the warm-up is over: before, a verdict takes some milliseconds"
                                + " more.")
                boolean warm,
        HealthReport health,
        RecorderFigures recorder,
        @JsonPropertyDescription("Incidents whose late packets are awaited.")
                int incidentsCollecting,
        StorageUse storage) {

    static StatusDocument of(
            Instant startedAt,
            boolean warm,
            HealthReport health,
            RecorderStatus recorded,
            int collecting,
            StorageUse storage) {
        boolean recording = recorded.interfaces().stream().anyMatch(InterfaceStatus::recording);
        return new StatusDocument(
                recording ? "recording" : "not-recording",
                Version.current(),
                startedAt,
                warm,
                health,
                RecorderFigures.of(recorded),
                collecting,
                storage);
    }
}
