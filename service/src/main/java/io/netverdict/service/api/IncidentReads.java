package io.netverdict.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.javalin.http.Context;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.IncidentStatus;
import io.netverdict.service.api.http.ApiProblem;
import io.netverdict.service.api.http.Json;
import io.netverdict.service.api.http.Revalidation;
import io.netverdict.service.api.route.Parameter;
import io.netverdict.service.api.route.Route;
import io.netverdict.storage.IncidentLines;
import io.netverdict.storage.IncidentQuery;
import io.netverdict.storage.IncidentStore;
import io.netverdict.storage.IncidentSummary;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reading incidents: lists, figures of lists, one. */
final class IncidentReads {
    private static final int DEFAULT_STEPS = 60;
    private static final int MAX_STEPS = 1_000;

    static final String PATH = "/api/v1/incidents";
    static final Parameter ID = Parameter.path("id", "An incident's id.");

    private static final Map<String, String> ETAG =
            Map.of("ETag", "Of a decided incident, which changes no more.");

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
    private record IncidentPage(
            List<Incident> incidents,
            @JsonPropertyDescription("Absent on the last page.") @Nullable String nextCursor,
            @JsonPropertyDescription("Listen from here for what this page may not have yet.")
                    String lastEventId) {}

    List<Route> routes() {
        return List.of(list(), summary(), one());
    }

    private Route list() {
        return filtered(Route.get(PATH, "listIncidents", "Lists incidents, newest first."))
                .takes(
                        Parameter.query("limit", Integer.class, "Incidents on a page.")
                                .with(range(IncidentQuery.MAX_LIMIT, IncidentQuery.DEFAULT_LIMIT)))
                .takes(Parameter.query("cursor", String.class, "nextCursor of the page before."))
                .takes(
                        Parameter.query("brief", Boolean.class, "Only what a list shows.")
                                .with(Map.of("default", false)))
                .answers(200, "A page of incidents, or of lines.", IncidentPage.class)
                .answers(200, "Of lines, where brief.", IncidentLines.class)
                .refuses(400, "A parameter cannot be understood; errors name it.")
                .handledBy(this::list);
    }

    private Route summary() {
        return filtered(
                        Route.get(
                                PATH + "/summary",
                                "summarizeIncidents",
                                "Counts incidents: by cause and host, and over time."))
                .takes(
                        Parameter.query(
                                        "steps",
                                        Integer.class,
                                        "Into how many steps the time is cut, about.")
                                .with(range(MAX_STEPS, DEFAULT_STEPS)))
                .answers(200, "The counts.", IncidentSummary.class)
                .refuses(400, "A parameter cannot be understood; errors name it.")
                .handledBy(this::summary);
    }

    private static Map<String, Object> range(int max, int usual) {
        return Map.of("minimum", 1, "maximum", max, "default", usual);
    }

    private static Route.Builder filtered(Route.Builder route) {
        return route.takes(Parameter.query("cause", Cause.class, "A cause code."))
                .takes(Parameter.query("blame", Blame.class, "Where the fault lies."))
                .takes(
                        Parameter.query(
                                "host", String.class, "A host name or address that took part."))
                .takes(Parameter.query("since", Instant.class, "Received at this time or later."))
                .takes(Parameter.query("until", Instant.class, "Received before this time."))
                .takes(
                        Parameter.query(
                                "q",
                                String.class,
                                "Text in message, URL, hint, host names or addresses."));
    }

    private Route one() {
        return Route.get(PATH + "/{id}", "getIncident", "One incident.")
                .takes(ID)
                .answers(200, "The incident.", Incident.class, ETAG)
                .answersNothing(304, "It is as the client has it, by If-None-Match.")
                .refuses(404, "There is no such incident.")
                .handledBy(this::one);
    }

    private void list(Context context) {
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
                io.netverdict.storage.IncidentPage page = store.list(query);
                body =
                        new IncidentPage(
                                page.incidents(), page.nextCursor(), String.valueOf(lastChange));
            }
        } catch (IllegalArgumentException e) {
            throw ApiProblem.ofParameter("cursor", "must be the nextCursor of a page");
        }
        Json.answer(context, 200, body);
    }

    private void summary(Context context) {
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

    private void one(Context context) {
        Incident incident = find(context);
        byte[] body = store.json(incident);
        boolean decided = incident.status() == IncidentStatus.DECIDED;
        if (decided && Revalidation.isCurrent(context, Revalidation.tagOf(body))) {
            return;
        }
        context.contentType(Json.MEDIA_TYPE).result(body);
    }

    private Incident find(Context context) {
        return find(store, context);
    }

    /** The incident that a path names; a problem where there is none. */
    static Incident find(IncidentStore store, Context context) {
        String id = context.pathParam("id");
        return store.find(id)
                .orElseThrow(() -> ApiProblem.notFound("there is no incident of this id"));
    }
}
