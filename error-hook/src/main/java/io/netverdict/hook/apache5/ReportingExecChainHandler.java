package io.netverdict.hook.apache5;

import io.netverdict.hook.NetverdictReporter;
import io.netverdict.hook.support.ReportingInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.classic.RequestAbortedException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Reports what fails after all retries and redirects, or while the application reads the body; to
 * be the first of its chain. Thread-safe.
 */
public final class ReportingExecChainHandler implements ExecChainHandler {
    private final NetverdictReporter reporter;

    public ReportingExecChainHandler(NetverdictReporter reporter) {
        this.reporter = reporter;
    }

    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Exchange exchange =
                new Exchange(
                        scope.originalRequest, scope.route, scope.clientContext, Instant.now());
        ClassicHttpResponse response;
        try {
            response = chain.proceed(request, scope);
        } catch (RequestAbortedException aborted) {
            throw aborted;
        } catch (IOException | HttpException failure) {
            report(exchange, failure);
            throw failure;
        }
        HttpEntity body = response.getEntity();
        if (body != null) {
            response.setEntity(new ReportingEntity(body, exchange));
        }
        return response;
    }

    private void report(Exchange exchange, Exception failure) {
        reporter.report(() -> exchange.failed(failure));
    }

    /** A response's body, read by the application. */
    private final class ReportingEntity extends HttpEntityWrapper {
        private final Exchange exchange;

        ReportingEntity(HttpEntity body, Exchange exchange) {
            super(body);
            this.exchange = exchange;
        }

        @Override
        public InputStream getContent() throws IOException {
            InputStream content = super.getContent();
            return content == null
                    ? null
                    : new ReportingInputStream(content, failure -> report(exchange, failure));
        }

        @Override
        public void writeTo(java.io.OutputStream out) throws IOException {
            try (InputStream content = getContent()) {
                if (content != null) {
                    content.transferTo(out);
                }
            }
        }
    }
}
