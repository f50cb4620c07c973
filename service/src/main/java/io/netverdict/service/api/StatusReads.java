package io.netverdict.service.api;

import io.javalin.http.Context;
import io.netverdict.capture.live.RecorderStatus;
import io.netverdict.service.Version;
import io.netverdict.service.incident.IncidentDesk;
import io.netverdict.service.recorder.Recorder;
import io.netverdict.storage.IncidentStore;
import io.netverdict.storage.StorageUse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Health and figures: {@code /api/v1/status} and {@code /metrics}. */
final class StatusReads {
    private final Recorder recorder;
    private final IncidentStore store;
    private final IncidentDesk desk;
    private final Instant startedAt = Instant.now();

    StatusReads(Recorder recorder, IncidentStore store, IncidentDesk desk) {
        this.recorder = recorder;
        this.store = store;
        this.desk = desk;
    }

    void status(Context context) {
        RecorderStatus recorded = recorder.status();
        boolean recording =
                recorded.interfaces().stream().anyMatch(RecorderStatus.InterfaceStatus::recording);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", recording ? "recording" : "not-recording");
        body.put("version", Version.current());
        body.put("startedAt", startedAt);
        body.put("recorder", recorder(recorded));
        body.put("incidentsCollecting", desk.pending());
        body.put("storage", store.use());
        Json.answer(context, 200, body);
    }

    private static Map<String, Object> recorder(RecorderStatus recorded) {
        Map<String, Object> body = new LinkedHashMap<>();
        List<RecorderStatus.InterfaceStatus> interfaces = recorded.interfaces();
        body.put("startedAt", Instant.ofEpochSecond(0, recorded.startedNanos()));
        body.put("completeSince", Instant.ofEpochSecond(0, recorded.completeSinceNanos()));
        body.put("decidingSince", Instant.ofEpochSecond(0, recorded.decidingSinceNanos()));
        body.put("ringBytes", recorded.ringBytes());
        body.put("packets", sum(interfaces, RecorderStatus.InterfaceStatus::packets));
        body.put("bytes", sum(interfaces, RecorderStatus.InterfaceStatus::bytes));
        body.put(
                "droppedByKernel",
                sum(interfaces, RecorderStatus.InterfaceStatus::droppedByKernel));
        body.put(
                "droppedByInterface",
                sum(interfaces, RecorderStatus.InterfaceStatus::droppedByInterface));
        body.put("refusedByRing", sum(interfaces, RecorderStatus.InterfaceStatus::refusedByRing));
        body.put("overwritten", sum(interfaces, RecorderStatus.InterfaceStatus::overwritten));
        body.put("interfaces", interfaces);
        return body;
    }

    private static long sum(
            List<RecorderStatus.InterfaceStatus> interfaces,
            ToLongFunction<RecorderStatus.InterfaceStatus> figure) {
        return interfaces.stream().mapToLong(figure).sum();
    }

    void metrics(Context context) {
        StorageUse use = store.use();
        context.contentType(MetricsText.MEDIA_TYPE)
                .result(MetricsText.of(recorder.status(), use, desk.figures(), desk.pending()));
    }
}
