package io.netverdict.it.bench.micro;

import io.netverdict.hook.NetverdictReporter;
import io.netverdict.hook.apache5.ReportingExecChainHandler;
import io.netverdict.hook.aws.ReportingExecutionInterceptor;
import io.netverdict.hook.jdk.ReportingUrlConnection;
import io.netverdict.hook.okhttp.ReportingEventListenerFactory;
import io.netverdict.hook.spring.ReportingClientHttpRequestInterceptor;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * What a hook costs a request that succeeds: everything its adapter does for it, with nothing of
 * the client between.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class HookBenchmark {
    private static final URI STORE = URI.create("http://127.0.0.1:8080/img");
    private static final int STATUS_OK = 200;

    private final NetverdictReporter reporter = NetverdictReporter.create();

    private final ReportingUrlConnection urls = new ReportingUrlConnection(reporter);
    private final HttpURLConnection connection;

    private final ServerSocket listener;
    private final Socket socket;
    private final ReportingEventListenerFactory listeners =
            new ReportingEventListenerFactory(reporter);
    private final InetSocketAddress address = new InetSocketAddress("127.0.0.1", 8080);
    private final Request request = new Request.Builder().url(STORE.toString()).build();
    private final Call call = new OkHttpClient().newCall(request);
    private final Response response =
            new Response.Builder()
                    .request(request)
                    .protocol(Protocol.HTTP_1_1)
                    .code(STATUS_OK)
                    .message("OK")
                    .build();
    private final Route route;
    private final Connection pooled;

    private final ReportingExecChainHandler apache = new ReportingExecChainHandler(reporter);
    private final HttpGet get = new HttpGet(STORE);
    private final ClassicHttpResponse answer = new BasicClassicHttpResponse(STATUS_OK);
    private final ExecChain chain = (asked, scope) -> answer;
    private final ExecChain.Scope scope =
            new ExecChain.Scope(
                    "1",
                    new HttpRoute(new HttpHost("127.0.0.1", 8080)),
                    get,
                    stub(ExecRuntime.class, Map.of()),
                    HttpClientContext.create());

    private final ReportingExecutionInterceptor aws = new ReportingExecutionInterceptor(reporter);
    private final Everything execution =
            stub(
                    Everything.class,
                    Map.of(
                            "request",
                            GetObjectRequest.builder().bucket("media").key("img").build(),
                            "httpRequest",
                            SdkHttpRequest.builder().method(SdkHttpMethod.GET).uri(STORE).build(),
                            "httpResponse",
                            SdkHttpResponse.builder().statusCode(STATUS_OK).build(),
                            "responseBody",
                            Optional.empty()));

    private final ReportingClientHttpRequestInterceptor spring =
            new ReportingClientHttpRequestInterceptor(reporter);
    private final HttpRequest asked = stub(HttpRequest.class, Map.of());
    private final ClientHttpResponse answered = stub(ClientHttpResponse.class, Map.of());

    /** All that the SDK tells an interceptor of a call. */
    public interface Everything
            extends Context.BeforeExecution,
                    Context.BeforeTransmission,
                    Context.AfterTransmission,
                    Context.ModifyHttpResponse,
                    Context.AfterExecution {}

    public HookBenchmark() {
        try {
            connection = (HttpURLConnection) STORE.toURL().openConnection();
            listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            socket = new Socket(listener.getInetAddress(), listener.getLocalPort());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        route =
                new Route(
                        new okhttp3.Address(
                                "127.0.0.1",
                                8080,
                                okhttp3.Dns.SYSTEM,
                                javax.net.SocketFactory.getDefault(),
                                null,
                                null,
                                null,
                                okhttp3.Authenticator.NONE,
                                null,
                                List.of(Protocol.HTTP_1_1),
                                List.of(),
                                java.net.ProxySelector.getDefault()),
                        java.net.Proxy.NO_PROXY,
                        address);
        pooled = stub(Connection.class, Map.of("route", route, "socket", socket));
    }

    private static <T> T stub(Class<T> type, Map<String, Object> answers) {
        return type.cast(
                Proxy.newProxyInstance(
                        HookBenchmark.class.getClassLoader(),
                        new Class<?>[] {type},
                        (self, method, arguments) ->
                                switch (method.getName()) {
                                    case "hashCode" -> System.identityHashCode(self);
                                    case "equals" -> self == arguments[0];
                                    default -> answers.get(method.getName());
                                }));
    }

    @TearDown
    public void close() throws IOException {
        reporter.close();
        socket.close();
        listener.close();
    }

    /** What {@code HttpURLConnection} and, in the same way, the JDK's client get. */
    @Benchmark
    public Object urlConnection() throws IOException {
        return urls.call(connection, it -> it);
    }

    /** OkHttp: a request on a connection of its pool. */
    @Benchmark
    public void okHttp() {
        EventListener events = listeners.create(call);
        events.callStart(call);
        exchange(events, pooled);
    }

    /** OkHttp: the first request of a connection; a stand-in for the connection is made as well. */
    @Benchmark
    public void okHttpNewConnection() {
        EventListener events = listeners.create(call);
        events.callStart(call);
        events.dnsStart(call, "store");
        events.dnsEnd(call, "store", List.of(address.getAddress()));
        events.connectStart(call, address, java.net.Proxy.NO_PROXY);
        events.connectEnd(call, address, java.net.Proxy.NO_PROXY, Protocol.HTTP_1_1);
        exchange(events, stub(Connection.class, Map.of("route", route, "socket", socket)));
    }

    private void exchange(EventListener events, Connection connected) {
        events.connectionAcquired(call, connected);
        events.requestHeadersEnd(call, request);
        events.responseHeadersEnd(call, response);
        events.responseBodyEnd(call, 0);
        events.callEnd(call);
    }

    @Benchmark
    public Object apache5() throws Exception {
        return apache.execute(get, scope, chain);
    }

    @Benchmark
    public Object awsSdk() {
        ExecutionAttributes attributes = new ExecutionAttributes();
        aws.beforeExecution(execution, attributes);
        aws.beforeTransmission(execution, attributes);
        aws.afterTransmission(execution, attributes);
        Object body = aws.modifyHttpResponseContent(execution, attributes);
        aws.afterExecution(execution, attributes);
        return body;
    }

    @Benchmark
    public Object spring() throws IOException {
        return spring.intercept(asked, new byte[0], (request, body) -> answered);
    }
}
