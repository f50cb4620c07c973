package io.netverdict.hook.okhttp;

import io.netverdict.hook.NetverdictReporter;
import okhttp3.OkHttpClient;

/** Adds reporting to an OkHttp client. */
public final class OkHttpReporting {
    private OkHttpReporting() {}

    /**
     * A client like the one given, with its connection pool and dispatcher, that reports calls that
     * fail. Its own event listeners and interceptors stay.
     */
    public static OkHttpClient wrap(OkHttpClient client, NetverdictReporter reporter) {
        CallRegister calls = new CallRegister(reporter);
        OkHttpClient.Builder builder =
                client.newBuilder()
                        .eventListenerFactory(
                                new ReportingEventListenerFactory(
                                        calls, client.eventListenerFactory()));
        // First, so that it sees what the application sees.
        builder.interceptors().add(0, new ReportingInterceptor(calls));
        return builder.build();
    }
}
