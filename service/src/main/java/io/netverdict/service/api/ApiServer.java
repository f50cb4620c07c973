package io.netverdict.service.api;

import com.fasterxml.jackson.core.type.TypeReference;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import io.netverdict.service.AnsweringThreads;
import io.netverdict.service.api.http.ApiProblem;
import io.netverdict.service.api.http.Json;
import io.netverdict.service.api.http.OriginGuard;
import io.netverdict.service.api.http.ProblemPages;
import io.netverdict.service.api.route.MediaRanges;
import io.netverdict.service.api.route.Route;
import io.netverdict.service.catalogue.CauseCatalogue;
import io.netverdict.service.catalogue.CauseEntry;
import io.netverdict.service.health.Health;
import io.netverdict.service.incident.IncidentDesk;
import io.netverdict.service.page.PageRoutes;
import io.netverdict.service.recorder.Recorder;
import io.netverdict.storage.IncidentStore;
import io.netverdict.storage.StorageException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server with all routes; running from construction until closed. */
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final int MAX_THREADS = 32;
    private static final int MIN_THREADS = 4;

    /** Beyond these, clients wait in the kernel's queue until others have gone. */
    private static final int MAX_CONNECTIONS = 1024;

    private static final long STOP_MILLIS = 300;
    private static final long IDLE_AT_STOP_MILLIS = 50;

    /**
     * What the API is about.
     *
     * @param warm whether answers take no longer than they will
     */
    public record Parts(
            Recorder recorder,
            IncidentStore store,
            IncidentDesk desk,
            Health health,
            BooleanSupplier warm) {}

    private final Javalin server;
    private final EventStreams events;
    private final InetSocketAddress address;

    /**
     * Starts the server.
     *
     * @param listen port 0 takes any that is free, see {@link #port()}
     * @throws IOException where the address cannot be listened on
     */
    public ApiServer(InetSocketAddress listen, Parts parts) throws IOException {
        OriginGuard guard = new OriginGuard(listen.getAddress());
        events = new EventStreams(parts.store());
        List<Route> routes = routes(parts, events);
        server =
                Javalin.create(
                        config -> {
                            server(config);
                            config.routes.before(guard::check);
                            config.routes.before("/api/*", ApiServer::neverCached);
                            routes.forEach(route -> add(config.routes, route));
                            PageRoutes.add(config.routes);
                            problems(config.routes, routes);
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
        QueuedThreadPool threads =
                new QueuedThreadPool(MAX_THREADS, MIN_THREADS) {
                    @Override
                    public Thread newThread(Runnable task) {
                        return super.newThread(() -> AnsweringThreads.run(task));
                    }
                };
        threads.setName("http");
        config.jetty.threadPool = threads;
        config.jetty.modifyServer(
                jetty -> {
                    jetty.setStopTimeout(STOP_MILLIS);
                    jetty.setErrorHandler(new ProblemPages());
                    jetty.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, jetty));
                });
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    }

    /** Every call of the API. */
    private static List<Route> routes(Parts parts, EventStreams events) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new ErrorIntake(parts.desk(), parts.store()).routes());
        StatusReads status = new StatusReads(parts, events);
        routes.addAll(new IncidentReads(parts.store()).routes());
        routes.addAll(new IncidentFiles(parts.store(), status::document).routes());
        routes.addAll(events.routes());
        routes.addAll(status.routes());
        routes.add(causes());
        Description description = new Description(routes);
        routes.add(description.route());
        return List.copyOf(routes);
    }

    private static Route causes() {
        return Route.get("/api/v1/causes", "listCauses", "Every cause a verdict may name, by code.")
                .answers(
                        200,
                        "What there is to say of each.",
                        new TypeReference<Map<String, CauseEntry>>() {}.getType())
                .handledBy(context -> Json.answer(context, 200, CauseCatalogue.entries()));
    }

    private static void add(RoutesConfig config, Route route) {
        Handler handler =
                context -> {
                    requireAcceptable(context, route);
                    route.handler().handle(context);
                };
        config.addEndpoint(new Endpoint(route.method(), route.path(), handler));
        if (route.method() == HandlerType.GET && !route.path().equals(EventStreams.PATH)) {
            config.addEndpoint(new Endpoint(HandlerType.HEAD, route.path(), handler));
        }
    }

    private static void requireAcceptable(Context context, Route route) {
        if (!MediaRanges.accept(context.header("Accept"), route.mediaTypes())) {
            throw new ApiProblem(
                    406,
                    "Not acceptable",
                    "this is there as " + String.join(" or ", route.mediaTypes()));
        }
    }

    private static void neverCached(Context context) {
        context.header("Cache-Control", "no-store").header("X-Content-Type-Options", "nosniff");
    }

    private static void problems(RoutesConfig config, List<Route> routes) {
        config.exception(ApiProblem.class, ApiProblem::answer);
        config.exception(HttpResponseException.class, (e, context) -> ofHttp(e).answer(context));
        config.error(405, context -> allow(context, routes));
        config.exception(StorageException.class, ApiServer::notKept);
        config.exception(
                Exception.class,
                (e, context) -> {
                    LOG.error("{} {} failed: {}", context.method(), context.path(), e, e);
                    new ApiProblem(
                                    500,
                                    "Internal fault",
                                    "a fault in netverdict itself; its log says more")
                            .answer(context);
                });
    }

    private static void notKept(StorageException failure, Context context) {
        LOG.error("storage: {}", failure.getMessage());
        LOG.debug("storage", failure);
        ApiProblem problem =
                failure.isDiskFull()
                        ? ApiProblem.busy(507, "Disk full", "the disk is full: make room on it")
                        : ApiProblem.busy(503, "Storage failed", failure.getMessage());
        problem.answer(context);
    }

    /** RFC 9110, 15.5.6: the answer names the methods there are. */
    private static void allow(Context context, List<Route> routes) {
        boolean posted =
                routes.stream()
                        .filter(route -> route.isAt(context.path()))
                        .anyMatch(route -> route.method() == HandlerType.POST);
        context.header("Allow", posted ? "POST" : "GET, HEAD");
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
