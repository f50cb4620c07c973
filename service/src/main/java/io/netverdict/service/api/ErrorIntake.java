package io.netverdict.service.api;

import io.javalin.http.Context;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.IncidentStatus;
import io.netverdict.service.Durations;
import io.netverdict.service.api.http.ApiProblem;
import io.netverdict.service.api.http.Json;
import io.netverdict.service.api.http.JsonBody;
import io.netverdict.service.api.route.Parameter;
import io.netverdict.service.api.route.Route;
import io.netverdict.service.incident.DeskOverloadedException;
import io.netverdict.service.incident.IncidentDesk;
import io.netverdict.service.incident.Ticket;
import io.netverdict.service.intake.MalformedReportException;
import io.netverdict.service.intake.ReportParser;
import io.netverdict.storage.IncidentStore;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code POST /api/v1/errors}: takes a report, and waits for its verdict if asked to. */
final class ErrorIntake {
    static final String PATH = "/api/v1/errors";
    static final int MAX_REPORT_BYTES = 1 << 20;
    private static final Duration MAX_WAIT = Duration.ofSeconds(60);
    private static final Map<String, String> LOCATION = Map.of("Location", "The incident's path.");

    private final IncidentDesk desk;
    private final IncidentStore store;

    ErrorIntake(IncidentDesk desk, IncidentStore store) {
        this.desk = desk;
        this.store = store;
    }

    List<Route> routes() {
        return List.of(
                Route.post(PATH, "reportError", "Takes an error report.")
                        .takes(
                                Parameter.query(
                                                "wait",
                                                String.class,
                                                "How long to wait for the verdict, at most 60s;"
                                                        + " without it the answer comes at once.")
                                        .with(Map.of("examples", List.of("5s", "500ms"))))
                        .takes(
                                Parameter.query(
                                                "probe",
                                                Boolean.class,
                                                "Whether to probe the hosts of the error, however"
                                                        + " sure the verdict is; takes a service"
                                                        + " that runs with --probe, and up to 10 s."
                                                        + " Without such a service context.probes"
                                                        + " says so.")
                                        .with(Map.of("default", false)))
                        .body(ErrorReport.class)
                        .answers(
                                200,
                                "The report's key was known; its incident, decided.",
                                Incident.class,
                                LOCATION)
                        .answers(201, "The incident, decided.", Incident.class, LOCATION)
                        .answers(
                                202,
                                "The incident, its late packets still awaited.",
                                Incident.class,
                                LOCATION)
                        .refuses(400, "Malformed; errors name what is wrong.")
                        .refuses(408, "The report did not arrive within 10 s.")
                        .refuses(413, "Over 1 MiB.")
                        .refuses(415, "Not JSON.")
                        .refuses(503, "Too many reports are waiting; Retry-After says when.")
                        .refuses(507, "The disk is full; the report is not kept.")
                        .handledBy(this::post));
    }

    private void post(Context context) {
        requireJson(context.contentType());
        Duration wait = wait(context.queryParam("wait"));
        boolean probe = probe(context.queryParam("probe"));
        context.future(
                () ->
                        body(context)
                                .handle(ErrorIntake::parsed)
                                .thenApply(report -> submit(report, probe))
                                .thenCompose(ticket -> answered(context, ticket, wait)));
    }

    private static CompletableFuture<byte[]> body(Context context) {
        try {
            return JsonBody.read(context.req(), MAX_REPORT_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CompletableFuture<Void> answered(Context context, Ticket ticket, Duration wait) {
        Incident standing = ticket.incident();
        context.header("Location", "/api/v1/incidents/" + standing.id());
        boolean decided = standing.status() == IncidentStatus.DECIDED;
        CompletableFuture<Incident> awaited =
                decided || wait.isZero()
                        ? CompletableFuture.completedFuture(standing)
                        : ticket.decided()
                                .copy()
                                .completeOnTimeout(
                                        standing, wait.toMillis(), TimeUnit.MILLISECONDS);
        return awaited.thenAccept(incident -> answer(context, ticket, incident));
    }

    private void answer(Context context, Ticket ticket, Incident incident) {
        int status =
                incident.status() == IncidentStatus.COLLECTING ? 202 : ticket.isNew() ? 201 : 200;
        context.status(status).contentType(Json.MEDIA_TYPE).result(store.json(incident));
    }

    private static void requireJson(String contentType) {
        if (contentType == null) {
            return;
        }
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!type.equals(Json.MEDIA_TYPE) && !type.endsWith("+json")) {
            throw new ApiProblem(
                    415,
                    "Unsupported media type",
                    "an error report is application/json, not " + type);
        }
    }

    private static Duration wait(String text) {
        if (text == null) {
            return Duration.ZERO;
        }
        try {
            Duration wait = Durations.parse(text);
            return wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait;
        } catch (IllegalArgumentException e) {
            throw ApiProblem.ofParameter("wait", "must be a duration such as 5s or 500ms");
        }
    }

    private static boolean probe(String text) {
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.equals("true") || text.isEmpty()) {
            return true;
        }
        throw ApiProblem.ofParameter("probe", "must be true or false");
    }

    private static ErrorReport parsed(byte[] body, Throwable failure) {
        if (failure != null) {
            throw unread(failure);
        }
        if (body.length > MAX_REPORT_BYTES) {
            throw tooLarge();
        }
        try {
            return ReportParser.parse(body);
        } catch (MalformedReportException e) {
            throw ApiProblem.ofField(
                    "Malformed error report", e.sentence(), e.field(), e.pointer());
        }
    }

    private static RuntimeException unread(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            return new ApiProblem(
                    408, "Report too slow", "the report did not arrive within 10 s; send it again");
        }
        if (cause instanceof EOFException) {
            return new ApiProblem(
                    400, "Malformed error report", "the report ended before its Content-Length");
        }
        return new CompletionException(cause);
    }

    private static ApiProblem tooLarge() {
        return new ApiProblem(
                413, "Report too large", "an error report has at most 1 MiB (1048576 bytes)");
    }

    private Ticket submit(ErrorReport report, boolean probe) {
        try {
            return desk.submit(report, probe);
        } catch (DeskOverloadedException e) {
            throw ApiProblem.busy(503, "Too many reports", e.getMessage());
        }
    }
}
