package io.netverdict.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.http.Context;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Incident;
import io.netverdict.service.packets.SlicePackets;
import io.netverdict.storage.IncidentPage;
import io.netverdict.storage.IncidentQuery;
import io.netverdict.storage.IncidentStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;

/** Reading incidents: lists, one, its slice, its bundle. */
final class IncidentReads {
    private static final int DEFAULT_STEPS = 60;
    private static final int MAX_STEPS = 1_000;

    private final IncidentStore store;

    IncidentReads(IncidentStore store) {
        this.store = store;
    }

    /**
     * A page of incidents.
     *
     * @param nextCursor null on the last page
     * @param lastEventId what to listen from for all that this page may not have yet
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Page(List<Incident> incidents, String nextCursor, String lastEventId) {}

    void list(Context context) {
        IncidentQuery query = query(context);
        boolean brief =
                parameter(context, "brief", IncidentReads::truth, "must be true or false")
                        == Boolean.TRUE;
        // Before the page is read: what comes between is told twice, never lost.
        long lastChange = store.lastChange();
        Object body;
        try {
            if (brief) {
                body = store.lines(query);
            } else {
                IncidentPage page = store.list(query);
                body = new Page(page.incidents(), page.nextCursor(), String.valueOf(lastChange));
            }
        } catch (IllegalArgumentException e) {
            throw ApiProblem.ofParameter("cursor", "must be the nextCursor of a page");
        }
        Json.answer(context, 200, body);
    }

    void summary(Context context) {
        Integer steps =
                parameter(context, "steps", IncidentReads::steps, "must be 1 to " + MAX_STEPS);
        Json.answer(
                context, 200, store.summary(query(context), steps == null ? DEFAULT_STEPS : steps));
    }

    private static IncidentQuery query(Context context) {
        String limit = context.queryParam("limit");
        return new IncidentQuery(
                parameter(context, "cause", Cause::fromCode, "must be a cause code"),
                parameter(context, "blame", Blame::fromCode, "must be a blame"),
                context.queryParam("host"),
                parameter(context, "since", IncidentReads::time, "must be an RFC 3339 time"),
                parameter(context, "until", IncidentReads::time, "must be an RFC 3339 time"),
                context.queryParam("q"),
                limit == null
                        ? IncidentQuery.DEFAULT_LIMIT
                        : parameter(
                                context,
                                "limit",
                                IncidentReads::limit,
                                "must be 1 to " + IncidentQuery.MAX_LIMIT),
                context.queryParam("cursor"));
    }

    private static Boolean truth(String text) {
        return switch (text) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> throw new IllegalArgumentException("text=" + text);
        };
    }

    private static int steps(String text) {
        int steps = Integer.parseInt(text);
        if (steps < 1 || steps > MAX_STEPS) {
            throw new IllegalArgumentException("steps=" + steps);
        }
        return steps;
    }

    private static <T> T parameter(
            Context context, String name, Function<String, T> reader, String problem) {
        String text = context.queryParam(name);
        try {
            return text == null ? null : reader.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw ApiProblem.ofParameter(name, problem);
        }
    }

    private static Instant time(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private static int limit(String text) {
        int limit = Integer.parseInt(text);
        if (limit < 1 || limit > IncidentQuery.MAX_LIMIT) {
            throw new IllegalArgumentException("limit=" + limit);
        }
        return limit;
    }

    void one(Context context) {
        Json.answer(context, 200, find(context));
    }

    private Incident find(Context context) {
        String id = context.pathParam("id");
        return store.find(id)
                .orElseThrow(() -> ApiProblem.notFound("there is no incident of this id"));
    }

    void slice(Context context) {
        Incident incident = find(context);
        InputStream slice =
                store.slice(incident.id())
                        .orElseThrow(
                                () ->
                                        ApiProblem.notFound(
                                                "no packets are kept with this incident"));
        attach(context, "application/x-pcapng", incident.id() + ".pcapng");
        context.disableCompression().result(slice);
    }

    /** The slice's packets, decoded for people. */
    void packets(Context context) throws IOException {
        Incident incident = find(context);
        try (InputStream slice = store.slice(incident.id()).orElse(null)) {
            Json.answer(
                    context,
                    200,
                    slice == null ? SlicePackets.none() : SlicePackets.of(incident, slice));
        }
    }

    void bundle(Context context) throws IOException {
        Incident incident = find(context);
        attach(context, "application/zip", "netverdict-" + incident.id() + ".zip");
        context.disableCompression();
        try (OutputStream out = context.res().getOutputStream();
                InputStream slice = store.slice(incident.id()).orElse(null)) {
            Bundle.write(out, incident, slice);
        }
    }

    private static void attach(Context context, String mediaType, String name) {
        context.contentType(mediaType)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }
}
