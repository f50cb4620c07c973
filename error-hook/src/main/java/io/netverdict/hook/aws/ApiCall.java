package io.netverdict.hook.aws;

import io.netverdict.hook.FailedRequest;
import io.netverdict.hook.support.Hops;
import java.net.URI;
import java.time.Instant;
import software.amazon.awssdk.core.util.VersionInfo;
import software.amazon.awssdk.http.SdkHttpRequest;

/** A call of an SDK's method, with all the requests it makes. Thread-safe. */
final class ApiCall {
    private static final String CLIENT = "aws-sdk-java " + VersionInfo.SDK_VERSION;

    private final Hops hops = new Hops();
    private Instant startedAt = Instant.now();
    private SentRequest first;
    private boolean finished;

    /** A request whose URL is put together when it is told: that takes longer than all else. */
    private record SentRequest(SdkHttpRequest request) {
        /** Without the query where it is signed: a presigned URL is as good as a password. */
        URI url() {
            URI uri = request.getUri();
            String query = uri.getRawQuery();
            String text = uri.toString();
            boolean signed = query != null && query.contains("X-Amz-");
            return signed ? URI.create(text.substring(0, text.indexOf('?'))) : uri;
        }

        @Override
        public String toString() {
            return url().toString();
        }
    }

    /** This call continues one that was answered with a redirect. */
    synchronized void goOnFrom(ApiCall redirected) {
        hops.goOnFrom(redirected.hops);
        startedAt = redirected.startedAt;
        first = redirected.first;
    }

    synchronized void sending(SdkHttpRequest request) {
        SentRequest sent = new SentRequest(request);
        if (first == null) {
            first = sent;
        }
        hops.begin(request.method().name(), sent);
    }

    synchronized void answered(int status) {
        hops.end(status);
    }

    /** The SDK has done its part; a body may still be read. */
    synchronized void finish() {
        finished = true;
    }

    synchronized boolean isFinished() {
        return finished;
    }

    Instant startedAt() {
        return startedAt;
    }

    synchronized FailedRequest failed(Throwable failure, String service, String operation) {
        FailedRequest request =
                FailedRequest.of(failure)
                        .withStartedAt(startedAt)
                        .withClient(CLIENT)
                        .withAttribute("aws.service", service)
                        .withAttribute("aws.operation", operation);
        if (first != null) {
            request = request.withRequest(first.request().method().name(), first.url());
        }
        return hops.addTo(request);
    }
}
