package io.netverdict.service.incident;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/**
 * Asks the service's own API, and reports errors that it refuses as malformed: the way through the
 * HTTP server is as long as the rest of an answer, and nothing is left behind.
 */
final class ApiWarmUp {
    private static final int TIMEOUT_MILLIS = 1_000;
    private static final byte[] MALFORMED = "{}".getBytes(StandardCharsets.US_ASCII);

    private final String base;

    ApiWarmUp(InetSocketAddress api) {
        InetAddress address =
                api.getAddress().isAnyLocalAddress()
                        ? InetAddress.getLoopbackAddress()
                        : api.getAddress();
        String host = address.getHostAddress();
        base = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + api.getPort();
    }

    /** Asks once, and reports once. */
    void ask() throws IOException {
        read(open("/api/v1/status"));
        HttpURLConnection report = open("/api/v1/errors?wait=1s");
        report.setDoOutput(true);
        report.setRequestProperty("Content-Type", "application/json");
        report.getOutputStream().write(MALFORMED);
        read(report);
    }

    private HttpURLConnection open(String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) new URL(base + path).openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        return connection;
    }

    /** To its end, so that the connection is used again. */
    private static void read(HttpURLConnection connection) throws IOException {
        boolean refused = connection.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST;
        try (InputStream answer =
                refused ? connection.getErrorStream() : connection.getInputStream()) {
            answer.readAllBytes();
        }
    }
}
