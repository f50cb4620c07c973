package io.netverdict.service.api;

import io.javalin.http.Context;
import io.netverdict.service.Version;
import io.netverdict.service.api.http.Json;
import io.netverdict.service.api.http.Revalidation;
import io.netverdict.service.api.route.OpenApi;
import io.netverdict.service.api.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code /api/v1/openapi.json}: the routes described, its own included. Thread-safe. */
final class Description {
    private final Route route =
            Route.get("/api/v1/openapi.json", "getOpenApi", "This description.")
                    .answers(200, "OpenAPI 3.1.", Map.class)
                    .handledBy(this::serve);
    private final List<Route> routes;

    /** Made when it is first asked for, since that takes as long as a start. */
    private byte[] document;

    Description(List<Route> others) {
        routes = new ArrayList<>(others);
        routes.add(route);
    }

    Route route() {
        return route;
    }

    private void serve(Context context) {
        byte[] body = document();
        if (!Revalidation.isCurrent(context, Revalidation.tagOf(body))) {
            context.contentType(Json.MEDIA_TYPE).result(body);
        }
    }

    private synchronized byte[] document() {
        if (document == null) {
            document = Json.bytes(OpenApi.describe(routes, Version.current()));
        }
        return document;
    }
}
