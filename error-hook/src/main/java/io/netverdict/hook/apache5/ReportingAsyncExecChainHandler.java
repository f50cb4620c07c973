package io.netverdict.hook.apache5;

import io.netverdict.hook.NetverdictReporter;
import java.io.IOException;
import java.time.Instant;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.client5.http.impl.classic.RequestAbortedException;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;

/**
 * Reports what fails after all retries and redirects; to be the first of its chain. Never waits for
 * a hint, since the client's own threads call it. Thread-safe.
 */
public final class ReportingAsyncExecChainHandler implements AsyncExecChainHandler {
    private final NetverdictReporter reporter;

    public ReportingAsyncExecChainHandler(NetverdictReporter reporter) {
        this.reporter = reporter;
    }

    @Override
    public void execute(
            HttpRequest request,
            AsyncEntityProducer body,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        Exchange exchange =
                new Exchange(
                        scope.originalRequest, scope.route, scope.clientContext, Instant.now());
        chain.proceed(request, body, scope, new ReportingCallback(exchange, callback));
    }

    private final class ReportingCallback implements AsyncExecCallback {
        private final Exchange exchange;
        private final AsyncExecCallback next;

        ReportingCallback(Exchange exchange, AsyncExecCallback next) {
            this.exchange = exchange;
            this.next = next;
        }

        @Override
        public AsyncDataConsumer handleResponse(HttpResponse response, EntityDetails details)
                throws HttpException, IOException {
            return next.handleResponse(response, details);
        }

        @Override
        public void handleInformationResponse(HttpResponse response)
                throws HttpException, IOException {
            next.handleInformationResponse(response);
        }

        @Override
        public void completed() {
            next.completed();
        }

        @Override
        public void failed(Exception failure) {
            if (!(failure instanceof RequestAbortedException)) {
                reporter.reportAsync(() -> exchange.failed(failure));
            }
            next.failed(failure);
        }
    }
}
