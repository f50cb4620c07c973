package io.netverdict.service.api;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.netverdict.service.catalogue.CauseCatalogue;
import io.netverdict.service.incident.IncidentDesk;
import io.netverdict.service.page.PageRoutes;
import io.netverdict.service.recorder.Recorder;
import io.netverdict.storage.IncidentStore;
import io.netverdict.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server with all routes; running from construction until closed. */
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final int MAX_THREADS = 32;
    private static final int MIN_THREADS = 4;
    private static final long STOP_MILLIS = 300;
    private static final long IDLE_AT_STOP_MILLIS = 50;

    private final Javalin server;
    private final EventStreams events;
    private final InetSocketAddress address;

    /**
     * Starts the server.
     *
     * @param listen port 0 takes any that is free, see {@link #port()}
     * @throws IOException where the address cannot be listened on
     */
    public ApiServer(
            InetSocketAddress listen, Recorder recorder, IncidentStore store, IncidentDesk desk)
            throws IOException {
        OriginGuard guard = new OriginGuard(listen.getAddress());
        events = new EventStreams(store);
        server =
                Javalin.create(
                        config -> {
                            server(config);
                            config.routes.before(guard::check);
                            routes(config.routes, recorder, store, desk, events);
                            problems(config.routes);
                        });
        String host = listen.getAddress().getHostAddress();
        try {
            server.start(host, listen.getPort());
        } catch (RuntimeException e) {
            if (hasBindCause(e)) {
                throw new BindException(host + ":" + listen.getPort() + " is in use already");
            }
            throw e;
        }
        // Idle connections would hold up the end for a second.
        for (Connector connector : server.jettyServer().server().getConnectors()) {
            if (connector instanceof AbstractConnector listening) {
                listening.setShutdownIdleTimeout(IDLE_AT_STOP_MILLIS);
            }
        }
        address = new InetSocketAddress(listen.getAddress(), server.port());
    }

    private static boolean hasBindCause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException
                    || String.valueOf(cause.getMessage()).contains("already in use")) {
                return true;
            }
        }
        return false;
    }

    private static void server(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        threads.setName("http");
        config.jetty.threadPool = threads;
        config.jetty.modifyServer(jetty -> jetty.setStopTimeout(STOP_MILLIS));
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    }

    private static void routes(
            RoutesConfig routes,
            Recorder recorder,
            IncidentStore store,
            IncidentDesk desk,
            EventStreams events) {
        ErrorIntake intake = new ErrorIntake(desk);
        IncidentReads incidents = new IncidentReads(store);
        StatusReads status = new StatusReads(recorder, store, desk);
        routes.before("/api/*", ApiServer::neverCached);
        routes.post(ErrorIntake.PATH, intake::post);
        routes.get("/api/v1/incidents", incidents::list);
        routes.get("/api/v1/incidents/summary", incidents::summary);
        routes.get("/api/v1/incidents/{id}", incidents::one);
        routes.get("/api/v1/incidents/{id}/packets", incidents::packets);
        routes.get("/api/v1/incidents/{id}/slice.pcapng", incidents::slice);
        routes.get("/api/v1/incidents/{id}/bundle.zip", incidents::bundle);
        routes.get(EventStreams.PATH, events::open);
        routes.get(
                "/api/v1/causes", context -> Json.answer(context, 200, CauseCatalogue.entries()));
        routes.get("/api/v1/status", status::status);
        routes.get("/metrics", status::metrics);
        routes.get(
                "/api/v1/openapi.json",
                context -> resource(context, "openapi.json", Json.MEDIA_TYPE));
        PageRoutes.add(routes);
    }

    private static void neverCached(Context context) {
        context.header("Cache-Control", "no-store").header("X-Content-Type-Options", "nosniff");
    }

    private static void resource(Context context, String name, String mediaType)
            throws IOException {
        try (InputStream in = ApiServer.class.getResourceAsStream(name)) {
            context.contentType(mediaType).result(in.readAllBytes());
        }
    }

    private static void problems(RoutesConfig routes) {
        routes.exception(ApiProblem.class, ApiProblem::answer);
        routes.exception(HttpResponseException.class, (e, context) -> ofHttp(e).answer(context));
        routes.error(405, ApiServer::allow);
        routes.exception(
                StorageException.class,
                (e, context) -> {
                    LOG.error("storage: {}", e.getMessage(), e);
                    new ApiProblem(503, "Storage failed", e.getMessage()).answer(context);
                });
        routes.exception(
                Exception.class,
                (e, context) -> {
                    LOG.error("{} {} failed", context.method(), context.path(), e);
                    new ApiProblem(
                                    500,
                                    "Internal fault",
                                    "a fault in netverdict itself; its log says more")
                            .answer(context);
                });
    }

    /** RFC 9110, 15.5.6: the answer names the methods there are. */
    private static void allow(Context context) {
        context.header("Allow", context.path().equals(ErrorIntake.PATH) ? "POST" : "GET, HEAD");
    }

    private static ApiProblem ofHttp(HttpResponseException e) {
        return switch (e.getStatus()) {
            case 404 -> ApiProblem.notFound("there is nothing at this path");
            case 405 -> new ApiProblem(405, "Method not allowed", "this path has other methods");
            case 413 -> new ApiProblem(413, "Report too large", "the request is too large");
            default -> new ApiProblem(e.getStatus(), "Request refused", e.getMessage());
        };
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        events.close();
        server.stop();
    }
}
