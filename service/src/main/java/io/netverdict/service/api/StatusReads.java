package io.netverdict.service.api;

import io.javalin.http.Context;
import io.netverdict.service.api.http.Json;
import io.netverdict.service.api.route.Route;
import io.netverdict.service.health.Health;
import io.netverdict.service.health.HealthReport;
import io.netverdict.service.incident.IncidentDesk;
import io.netverdict.service.metrics.ServiceMetrics;
import io.netverdict.service.recorder.Recorder;
import io.netverdict.storage.IncidentStore;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Health and figures: {@code /api/v1/status}, {@code /api/v1/health} and {@code /metrics}. */
final class StatusReads {
    private static final String HEALTH = "/api/v1/health";

    private final Recorder recorder;
    private final IncidentStore store;
    private final IncidentDesk desk;
    private final Health health;
    private final BooleanSupplier warm;
    private final ServiceMetrics metrics;
    private final Instant startedAt = Instant.now();

    StatusReads(ApiServer.Parts parts, EventStreams events) {
        this.recorder = parts.recorder();
        this.store = parts.store();
        this.desk = parts.desk();
        this.health = parts.health();
        this.warm = parts.warm();
        this.metrics = new ServiceMetrics(recorder, store, desk, health, events::addTo);
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/status", "getStatus", "Figures of recorder and store.")
                        .answers(200, "The status.", StatusDocument.class)
                        .handledBy(this::status),
                Route.get(HEALTH, "getHealth", "Whether the service does its work, by parts.")
                        .answers(200, "All parts do.", HealthReport.class)
                        .answers(503, "A part fails; its detail says why.", HealthReport.class)
                        .handledBy(this::health),
                Route.get(HEALTH + "/live", "getLiveness", "Whether the process answers at all.")
                        .answersNothing(204, "It does.")
                        .handledBy(context -> context.status(204)),
                Route.get("/metrics", "getMetrics", "Figures for Prometheus.")
                        .answersFile(200, "Prometheus' text format.", "text/plain")
                        .answersFile(
                                200,
                                "OpenMetrics, where the client asks for it.",
                                "application/openmetrics-text")
                        .handledBy(this::metrics));
    }

    private void status(Context context) {
        Json.answer(context, 200, document());
    }

    /** How the service is now. */
    StatusDocument document() {
        return StatusDocument.of(
                startedAt,
                warm.getAsBoolean(),
                health.report(),
                recorder.status(),
                desk.pending(),
                store.use());
    }

    private void health(Context context) {
        HealthReport report = health.report();
        Json.answer(context, report.ok() ? 200 : 503, report);
    }

    private void metrics(Context context) {
        ServiceMetrics.Exposition exposition = metrics.expose(context.header("Accept"));
        context.contentType(exposition.mediaType()).result(exposition.text());
    }
}
