package io.netverdict.hook.okhttp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.hook.AdapterContract;
import io.netverdict.hook.BrokenServer;
import io.netverdict.hook.NetverdictReporter;
import io.netverdict.hook.support.LoggedFailures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

class OkHttpReportingTest extends AdapterContract {
    private static OkHttpClient.Builder plain() {
        return new OkHttpClient.Builder().readTimeout(READ_TIMEOUT);
    }

    @Override
    protected void get(String url, NetverdictReporter through) throws IOException {
        get(url, OkHttpReporting.wrap(plain().build(), through));
    }

    private static void get(String url, OkHttpClient client) throws IOException {
        Request request = new Request.Builder().url(url).build();
        try (Response response = client.newCall(request).execute()) {
            response.body().bytes();
        }
    }

    @Override
    protected String client() {
        return "okhttp ";
    }

    private static List<String> events(Map<?, ?> report) {
        Map<?, ?> attributes = (Map<?, ?>) report.get("attributes");
        return attributes.entrySet().stream()
                .filter(entry -> entry.getKey().toString().startsWith("event."))
                .map(entry -> entry.getValue().toString().replaceFirst("^\\+[\\d.]+ s ", ""))
                .toList();
    }

    @Test
    void shouldTellTheOneConnectionOfACallAndWhatItDid() throws Exception {
        String url = server.url(BrokenServer.SILENT);
        int port = URI.create(url).getPort();
        failureOf(url);

        Map<?, ?> report = service.onlyReport();
        assertEquals("127.0.0.1:" + port, report.get("remote"));
        assertTrue(report.get("local").toString().startsWith("127.0.0.1:"));
        assertEquals(
                List.of(
                        "connect /127.0.0.1:" + port,
                        "connected http/1.1",
                        "connection acquired " + report.get("local"),
                        "request sent",
                        "response failed java.net.SocketTimeoutException"),
                events(report).stream()
                        .map(event -> event.replaceFirst("Exception: .*", "Exception"))
                        .toList());
    }

    @Test
    void shouldTellEveryConnectAttemptAndNoSingleConnectionThen() throws Exception {
        String url = BrokenServer.refusedUrl().replace("127.0.0.1", "two.example");
        int port = URI.create(url).getPort();
        OkHttpClient client =
                plain().dns(
                                name ->
                                        List.of(
                                                InetAddress.getByName("127.0.0.1"),
                                                InetAddress.getByName("127.0.0.2")))
                        .build();
        try {
            get(url, OkHttpReporting.wrap(client, reporter));
        } catch (IOException refused) {
            assertTrue(LoggedFailures.hintOf(refused).isPresent());
        }
        Map<?, ?> report = service.onlyReport();
        assertNull(report.get("local"));
        assertNull(report.get("remote"));
        List<String> events = events(report);
        assertEquals("dns query two.example", events.get(0));
        assertEquals("dns answer [/127.0.0.1, /127.0.0.2]", events.get(1));
        assertTrue(events.contains("connect /127.0.0.1:" + port), events.toString());
        assertTrue(events.contains("connect /127.0.0.2:" + port), events.toString());
    }

    @Test
    void shouldNameEveryRequestOfARedirect() throws Exception {
        String last = server.url(BrokenServer.SILENT);
        String first = server.redirectTo(last);
        failureOf(first);

        Map<?, ?> report = service.onlyReport();
        assertEquals(first, report.get("url"));
        Map<?, ?> attributes = (Map<?, ?>) report.get("attributes");
        assertEquals("GET " + first + " -> 302", attributes.get("request.01"));
        assertEquals("GET " + last, attributes.get("request.02"));
        assertTrue(report.get("message").toString().endsWith("requests was: GET " + last));
    }

    @Test
    void shouldLeaveTheClientsOwnListenersAndInterceptorsInPlace() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        CountDownLatch intercepted = new CountDownLatch(1);
        OkHttpClient client =
                plain().eventListener(
                                new EventListener() {
                                    @Override
                                    public void callFailed(Call call, IOException failure) {
                                        failed.countDown();
                                    }
                                })
                        .addInterceptor(
                                chain -> {
                                    intercepted.countDown();
                                    return chain.proceed(chain.request());
                                })
                        .build();
        try {
            get(BrokenServer.refusedUrl(), OkHttpReporting.wrap(client, reporter));
        } catch (IOException expected) {
            assertEquals(0, failed.getCount());
            assertEquals(0, intercepted.getCount());
        }
        assertEquals(1, service.reports.size());
    }

    @Test
    void shouldReportAnAsynchronousCallBeforeItsCallback() throws Exception {
        BlockingQueue<IOException> failures = new LinkedBlockingQueue<>();
        OkHttpReporting.wrap(plain().build(), reporter)
                .newCall(new Request.Builder().url(BrokenServer.refusedUrl()).build())
                .enqueue(
                        new Callback() {
                            @Override
                            public void onFailure(Call call, IOException failure) {
                                failures.add(failure);
                            }

                            @Override
                            public void onResponse(Call call, Response response) {
                                response.close();
                            }
                        });
        IOException failure = failures.poll(30, TimeUnit.SECONDS);
        assertTrue(LoggedFailures.hintOf(failure).isPresent());
    }

    @Test
    void shouldNotReportACancelledCall() throws Exception {
        OkHttpClient client = OkHttpReporting.wrap(new OkHttpClient.Builder().build(), reporter);
        Call call =
                client.newCall(new Request.Builder().url(server.url(BrokenServer.SILENT)).build());
        BlockingQueue<IOException> failures = new LinkedBlockingQueue<>();
        call.enqueue(
                new Callback() {
                    @Override
                    public void onFailure(Call failed, IOException failure) {
                        failures.add(failure);
                    }

                    @Override
                    public void onResponse(Call answered, Response response) {
                        response.close();
                    }
                });
        while (server.requests() == 0) {
            Thread.onSpinWait();
        }
        call.cancel();
        assertFalse(LoggedFailures.hintOf(failures.poll(30, TimeUnit.SECONDS)).isPresent());
        reporter.close();
        assertTrue(service.reports.isEmpty(), service.reports::toString);
    }
}
