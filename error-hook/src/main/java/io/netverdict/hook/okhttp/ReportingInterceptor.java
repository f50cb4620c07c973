package io.netverdict.hook.okhttp;

import io.netverdict.hook.NetverdictReporter;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Reports a call that fails and, where the reporter waits for hints, attaches the hint before the
 * application has the exception. Alone it knows the call's URL and exception; with the event
 * listener of {@link OkHttpReporting#wrap} all that the listener heard.
 */
public final class ReportingInterceptor implements Interceptor {
    private final CallRegister calls;

    public ReportingInterceptor(NetverdictReporter reporter) {
        this(new CallRegister(reporter));
    }

    ReportingInterceptor(CallRegister calls) {
        this.calls = calls;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        try {
            return chain.proceed(chain.request());
        } catch (IOException failure) {
            calls.failed(chain.call(), failure);
            throw failure;
        }
    }
}
