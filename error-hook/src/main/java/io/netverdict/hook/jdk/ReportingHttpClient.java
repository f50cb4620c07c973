package io.netverdict.hook.jdk;

import io.netverdict.hook.FailedRequest;
import io.netverdict.hook.NetverdictReporter;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * A {@link HttpClient} that reports the requests that fail and otherwise is the one it wraps: same
 * answers, same exceptions. An answer with an error status is an answer; a cancelled or interrupted
 * request is no failure. The wrapped client stays the caller's, to close as well.
 */
public final class ReportingHttpClient extends HttpClient {
    private static final String CLIENT = "java.net.http " + Runtime.version().feature();

    private final HttpClient client;
    private final NetverdictReporter reporter;

    private ReportingHttpClient(HttpClient client, NetverdictReporter reporter) {
        this.client = client;
        this.reporter = reporter;
    }

    /** Wraps a client. */
    public static HttpClient wrap(HttpClient client, NetverdictReporter reporter) {
        return new ReportingHttpClient(client, reporter);
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> bodyHandler)
            throws IOException, InterruptedException {
        Instant startedAt = Instant.now();
        try {
            return client.send(request, bodyHandler);
        } catch (IOException failure) {
            reporter.report(failed(request, startedAt, failure));
            throw failure;
        }
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> bodyHandler) {
        Instant startedAt = Instant.now();
        return reported(request, startedAt, client.sendAsync(request, bodyHandler));
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request,
            BodyHandler<T> bodyHandler,
            PushPromiseHandler<T> pushPromiseHandler) {
        Instant startedAt = Instant.now();
        return reported(
                request, startedAt, client.sendAsync(request, bodyHandler, pushPromiseHandler));
    }

    /** The client's own future, so that cancelling it still cancels the exchange. */
    private <T> CompletableFuture<T> reported(
            HttpRequest request, Instant startedAt, CompletableFuture<T> response) {
        response.whenComplete(
                (answer, thrown) -> {
                    Throwable failure =
                            thrown instanceof CompletionException && thrown.getCause() != null
                                    ? thrown.getCause()
                                    : thrown;
                    if (failure instanceof IOException
                            && !(failure.getCause() instanceof CancellationException)) {
                        // Never waits: this may be the client's own thread.
                        reporter.reportAsync(failed(request, startedAt, failure));
                    }
                });
        return response;
    }

    private FailedRequest failed(HttpRequest request, Instant startedAt, Throwable failure) {
        return FailedRequest.of(failure)
                .withRequest(request.method(), request.uri())
                .withStartedAt(startedAt)
                .withClient(CLIENT)
                .withProxy(proxyOf(request.uri()));
    }

    private String proxyOf(URI uri) {
        try {
            return client.proxy().stream()
                    .flatMap(selector -> selector.select(uri).stream())
                    .filter(proxy -> proxy.type() == Proxy.Type.HTTP)
                    .map(Proxy::address)
                    .filter(InetSocketAddress.class::isInstance)
                    .map(InetSocketAddress.class::cast)
                    .map(address -> "http://" + address.getHostString() + ":" + address.getPort())
                    .findFirst()
                    .orElse(null);
        } catch (RuntimeException ofTheApplicationsSelector) {
            return null;
        }
    }

    @Override
    public WebSocket.Builder newWebSocketBuilder() {
        return client.newWebSocketBuilder();
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }
}
