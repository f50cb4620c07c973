package io.netverdict.service.api;

import io.javalin.http.Context;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.IncidentStatus;
import io.netverdict.service.Durations;
import io.netverdict.service.incident.DeskOverloadedException;
import io.netverdict.service.incident.IncidentDesk;
import io.netverdict.service.incident.Ticket;
import io.netverdict.service.intake.MalformedReportException;
import io.netverdict.service.intake.ReportParser;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** {@code POST /api/v1/errors}: takes a report, and waits for its verdict if asked to. */
final class ErrorIntake {
    static final String PATH = "/api/v1/errors";
    static final int MAX_REPORT_BYTES = 1 << 20;
    private static final Duration MAX_WAIT = Duration.ofSeconds(60);

    private final IncidentDesk desk;

    ErrorIntake(IncidentDesk desk) {
        this.desk = desk;
    }

    void post(Context context) throws IOException {
        requireJson(context.contentType());
        Duration wait = wait(context.queryParam("wait"));
        boolean probe = probe(context.queryParam("probe"));
        Ticket ticket = submit(parse(context), probe);
        Incident standing = ticket.incident();
        context.header("Location", "/api/v1/incidents/" + standing.id());
        boolean decided = standing.status() == IncidentStatus.DECIDED;
        if (decided || wait.isZero()) {
            answer(context, ticket, standing);
            return;
        }
        context.future(
                () ->
                        ticket.decided()
                                .copy()
                                .completeOnTimeout(standing, wait.toMillis(), TimeUnit.MILLISECONDS)
                                .thenAccept(incident -> answer(context, ticket, incident)));
    }

    private static void answer(Context context, Ticket ticket, Incident incident) {
        int status =
                incident.status() == IncidentStatus.COLLECTING ? 202 : ticket.isNew() ? 201 : 200;
        Json.answer(context, status, incident);
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

    private static ErrorReport parse(Context context) throws IOException {
        byte[] body = context.bodyInputStream().readNBytes(MAX_REPORT_BYTES + 1);
        if (context.contentLength() > MAX_REPORT_BYTES || body.length > MAX_REPORT_BYTES) {
            throw new ApiProblem(
                    413, "Report too large", "an error report has at most 1 MiB (1048576 bytes)");
        }
        try {
            return ReportParser.parse(body);
        } catch (MalformedReportException e) {
            throw new ApiProblem(
                    400, "Malformed error report", e.sentence(), e.field(), e.pointer());
        }
    }

    private Ticket submit(ErrorReport report, boolean probe) {
        try {
            return desk.submit(report, probe);
        } catch (DeskOverloadedException e) {
            throw ApiProblem.busy(503, "Too many reports", e.getMessage());
        }
    }
}
