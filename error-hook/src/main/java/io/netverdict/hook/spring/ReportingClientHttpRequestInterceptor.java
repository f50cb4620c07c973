package io.netverdict.hook.spring;

import io.netverdict.hook.FailedRequest;
import io.netverdict.hook.NetverdictReporter;
import io.netverdict.hook.support.ReportingInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.springframework.core.SpringVersion;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Reports requests of a {@code RestClient} or {@code RestTemplate} that fail, whatever client is
 * below, also while the body is read. The hint is attached to the {@link IOException}, which Spring
 * makes the cause of its own exception. Thread-safe.
 */
public final class ReportingClientHttpRequestInterceptor implements ClientHttpRequestInterceptor {
    private final NetverdictReporter reporter;

    public ReportingClientHttpRequestInterceptor(NetverdictReporter reporter) {
        this.reporter = reporter;
    }

    @Override
    public ClientHttpResponse intercept(
            HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        Instant startedAt = Instant.now();
        try {
            return new ReportingResponse(execution.execute(request, body), request, startedAt);
        } catch (IOException failure) {
            report(request, startedAt, failure);
            throw failure;
        }
    }

    private void report(HttpRequest request, Instant startedAt, IOException failure) {
        reporter.report(
                () ->
                        FailedRequest.of(failure)
                                .withRequest(request.getMethod().name(), request.getURI())
                                .withStartedAt(startedAt)
                                .withClient("Spring " + SpringVersion.getVersion()));
    }

    /** A response whose body is read later. */
    private final class ReportingResponse implements ClientHttpResponse {
        private final ClientHttpResponse response;
        private final HttpRequest request;
        private final Instant startedAt;
        private InputStream body;

        ReportingResponse(ClientHttpResponse response, HttpRequest request, Instant startedAt) {
            this.response = response;
            this.request = request;
            this.startedAt = startedAt;
        }

        @Override
        public InputStream getBody() throws IOException {
            if (body == null) {
                body =
                        new ReportingInputStream(
                                response.getBody(), failure -> report(request, startedAt, failure));
            }
            return body;
        }

        @Override
        public HttpStatusCode getStatusCode() throws IOException {
            return response.getStatusCode();
        }

        @Override
        public String getStatusText() throws IOException {
            return response.getStatusText();
        }

        @Override
        public HttpHeaders getHeaders() {
            return response.getHeaders();
        }

        @Override
        public void close() {
            response.close();
        }
    }
}
