package io.netverdict.hook;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The calls of the service's API that reporting needs. Uses the JDK's old client, since the
 * application's own failures must not be reported through what may have failed, and no proxy: the
 * service is near.
 */
final class ServiceClient {
    private static final int CONNECT_TIMEOUT_MILLIS = 1_000;
    private static final int ANSWER_MARGIN_MILLIS = 2_000;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final long POLL_MILLIS = 250;
    private static final int MAX_ANSWER_BYTES = 8 << 20;

    private final URI errors;
    private final Duration hintDeadline;

    /**
     * @param hintDeadline how long a verdict is waited for
     */
    ServiceClient(URI service, Duration hintDeadline) {
        String base = service.toString();
        this.errors = URI.create((base.endsWith("/") ? base : base + "/") + "api/v1/errors");
        this.hintDeadline = hintDeadline;
    }

    /**
     * Reports a failure and waits for the verdict.
     *
     * @return empty where there was none in time
     * @throws RefusedReportException when the service finds fault with the report
     * @throws IOException when the service cannot be reached or cannot take reports now
     */
    Optional<Hint> report(FailedRequest request) throws IOException, InterruptedException {
        long deadlineNanos = System.nanoTime() + hintDeadline.toNanos();
        byte[] body = JsonWriter.errorReport(request).getBytes(StandardCharsets.UTF_8);
        URI call = URI.create(errors + "?wait=" + Math.max(1, hintDeadline.toSeconds()) + "s");
        HttpURLConnection post = connect(call);
        post.setRequestMethod("POST");
        post.setRequestProperty("Content-Type", "application/json");
        post.setDoOutput(true);
        post.setFixedLengthStreamingMode(body.length);
        try (var out = post.getOutputStream()) {
            out.write(body);
        }
        Optional<Map<?, ?>> incident = answer(post);
        String location = post.getHeaderField("Location");
        while (incident.isPresent()
                && !decided(incident.get())
                && location != null
                && System.nanoTime() < deadlineNanos) {
            Thread.sleep(POLL_MILLIS);
            incident = answer(connect(errors.resolve(location)));
        }
        return incident.flatMap(ServiceClient::hint);
    }

    private HttpURLConnection connect(URI uri) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
        connection.setReadTimeout((int) hintDeadline.toMillis() + ANSWER_MARGIN_MILLIS);
        connection.setRequestProperty("Accept", "application/json");
        return connection;
    }

    private static Optional<Map<?, ?>> answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        if (status / 100 != 2) {
            connection.disconnect();
            String said = connection.getURL() + " answered " + status;
            boolean tellsTheReport = status / 100 == 4 && status != TOO_MANY_REQUESTS;
            throw tellsTheReport ? new RefusedReportException(said) : new IOException(said);
        }
        try (InputStream in = connection.getInputStream()) {
            byte[] bytes = in.readNBytes(MAX_ANSWER_BYTES);
            return JsonReader.object(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private static boolean decided(Map<?, ?> incident) {
        return "decided".equals(incident.get("status"));
    }

    private static Optional<Hint> hint(Map<?, ?> incident) {
        return incident.get("id") instanceof String id
                        && incident.get("verdict") instanceof Map<?, ?> verdict
                        && verdict.get("cause") instanceof String cause
                        && verdict.get("hint") instanceof String text
                ? Optional.of(
                        new Hint(
                                id,
                                cause,
                                verdict.get("confidence") instanceof Double value ? value : 0,
                                String.valueOf(verdict.get("blame")),
                                text))
                : Optional.empty();
    }
}
