package io.netverdict.hook.apache5;

import io.netverdict.hook.NetverdictReporter;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/** Adds reporting to the clients that a builder makes. */
public final class ApacheReporting {
    private static final String NAME = "netverdict";

    private ApacheReporting() {}

    /** The builder given, whose clients report requests that fail. */
    public static HttpClientBuilder install(
            HttpClientBuilder builder, NetverdictReporter reporter) {
        return builder.addExecInterceptorFirst(NAME, new ReportingExecChainHandler(reporter));
    }

    /** The builder given, whose clients report requests that fail. */
    public static HttpAsyncClientBuilder install(
            HttpAsyncClientBuilder builder, NetverdictReporter reporter) {
        return builder.addExecInterceptorFirst(NAME, new ReportingAsyncExecChainHandler(reporter));
    }
}
