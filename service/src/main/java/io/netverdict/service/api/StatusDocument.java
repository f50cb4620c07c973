package io.netverdict.service.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.netverdict.capture.live.RecorderStatus;
import io.netverdict.capture.live.RecorderStatus.InterfaceStatus;
import io.netverdict.service.Version;
import io.netverdict.service.health.HealthReport;
import io.netverdict.storage.StorageUse;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;

/** Health and figures at one moment. */
record StatusDocument(
        @JsonPropertyDescription("recording or not-recording.") String status,
        String version,
        Instant startedAt,
        HealthReport health,
        RecorderFigures recorder,
        @JsonPropertyDescription("Incidents whose late packets are awaited.")
                int incidentsCollecting,
        StorageUse storage) {

    static StatusDocument of(
            Instant startedAt,
            HealthReport health,
            RecorderStatus recorded,
            int collecting,
            StorageUse storage) {
        boolean recording = recorded.interfaces().stream().anyMatch(InterfaceStatus::recording);
        return new StatusDocument(
                recording ? "recording" : "not-recording",
                Version.current(),
                startedAt,
                health,
                RecorderFigures.of(recorded),
                collecting,
                storage);
    }

    /** All interfaces together, and each. */
    record RecorderFigures(
            Instant startedAt,
            @JsonPropertyDescription("From here on nothing has been overwritten.")
                    Instant completeSince,
            @JsonPropertyDescription(
                            "From here on no packet that decides verdicts has been overwritten.")
                    Instant decidingSince,
            @JsonPropertyDescription("Memory for packets.") long ringBytes,
            long packets,
            @JsonPropertyDescription("On the wire.") long bytes,
            long droppedByKernel,
            long droppedByInterface,
            long refusedByRing,
            @JsonPropertyDescription("Recorded, and overwritten since.") long overwritten,
            List<InterfaceStatus> interfaces) {

        static RecorderFigures of(RecorderStatus recorded) {
            List<InterfaceStatus> interfaces = recorded.interfaces();
            return new RecorderFigures(
                    Instant.ofEpochSecond(0, recorded.startedNanos()),
                    Instant.ofEpochSecond(0, recorded.completeSinceNanos()),
                    Instant.ofEpochSecond(0, recorded.decidingSinceNanos()),
                    recorded.ringBytes(),
                    sum(interfaces, InterfaceStatus::packets),
                    sum(interfaces, InterfaceStatus::bytes),
                    sum(interfaces, InterfaceStatus::droppedByKernel),
                    sum(interfaces, InterfaceStatus::droppedByInterface),
                    sum(interfaces, InterfaceStatus::refusedByRing),
                    sum(interfaces, InterfaceStatus::overwritten),
                    interfaces);
        }

        private static long sum(
                List<InterfaceStatus> interfaces, ToLongFunction<InterfaceStatus> figure) {
            return interfaces.stream().mapToLong(figure).sum();
        }
    }
}
