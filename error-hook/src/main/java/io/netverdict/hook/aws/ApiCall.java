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
    private String method;
    private URI url;
    private boolean finished;

    /** This call continues one that was answered with a redirect. */
    synchronized void goOnFrom(ApiCall redirected) {
        hops.goOnFrom(redirected.hops);
        startedAt = redirected.startedAt;
        method = redirected.method;
        url = redirected.url;
    }

    synchronized void sending(SdkHttpRequest request) {
        URI sent = withoutSignature(request.getUri());
        if (url == null) {
            method = request.method().name();
            url = sent;
        }
        hops.begin(request.method().name(), sent);
    }

    /** The query of a presigned URL is as good as a password. */
    private static URI withoutSignature(URI uri) {
        String query = uri.getRawQuery();
        boolean signed = query != null && query.contains("X-Amz-");
        return signed ? URI.create(uri.toString().substring(0, uri.toString().indexOf('?'))) : uri;
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
        if (url != null) {
            request = request.withRequest(method, url);
        }
        return hops.addTo(request);
    }
}
