package io.netverdict.service.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;

/**
 * Serves the page: one document for every path that a person may link to, and its script and style
 * under names that change with their content, so that browsers keep them.
 */
public final class PageRoutes {
    /** Nothing inline, nothing from elsewhere, in nobody's frame. */
    static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    private static final int NAME_CHARS = 12;
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private PageRoutes() {}

    /** Adds the page's routes. */
    public static void add(RoutesConfig routes) {
        routes.get("/", PageRoutes::document);
        routes.get("/incidents/{id}", PageRoutes::document);
        routes.get("/causes", PageRoutes::document);
        routes.get("/causes/{code}", PageRoutes::document);
        routes.get("/page/{name}/netverdict.js", context -> script(context, PageFiles.get()));
        routes.get("/page/{name}/netverdict.css", context -> style(context, PageFiles.get()));
        routes.get("/favicon.svg", PageRoutes::icon);
    }

    private static void document(Context context) {
        PageFiles files = PageFiles.get();
        String html =
                PageFiles.own("index.html")
                        .replace("SCRIPT-NAME", name(files.script()))
                        .replace("STYLE-NAME", name(files.style()));
        secure(context)
                .header("Content-Security-Policy", POLICY)
                .header("Cache-Control", "no-cache")
                .contentType("text/html; charset=utf-8")
                .result(html.getBytes(StandardCharsets.UTF_8));
    }

    private static Context secure(Context context) {
        return context.header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "same-origin");
    }

    private static void script(Context context, PageFiles files) {
        file(context, "text/javascript; charset=utf-8", files.script());
    }

    private static void style(Context context, PageFiles files) {
        file(context, "text/css; charset=utf-8", files.style());
    }

    private static void file(Context context, String mediaType, String content) {
        boolean current = context.pathParam("name").equals(name(content));
        secure(context)
                .header("Cache-Control", current ? FOR_EVER : "no-store")
                .contentType(mediaType)
                .result(content.getBytes(StandardCharsets.UTF_8));
    }

    private static void icon(Context context) {
        secure(context)
                .header("Cache-Control", "max-age=86400")
                .contentType("image/svg+xml")
                .result(PageFiles.own("favicon.svg"));
    }

    private static String name(String content) {
        return PageFiles.sha256(content)
                .replaceAll("[^A-Za-z0-9]", "")
                .substring(0, NAME_CHARS)
                .toLowerCase(java.util.Locale.ROOT);
    }
}
