package io.netverdict.hook.jdk;

import io.netverdict.hook.FailedRequest;
import io.netverdict.hook.NetverdictReporter;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;

/**
 * Reports what fails in the use of a {@link HttpURLConnection}, whose parts each may be the one
 * that connects, sends or reads:
 *
 * <pre>{@code
 * byte[] body = urls.call(connection, it -> it.getInputStream().readAllBytes());
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class ReportingUrlConnection {
    private static final String CLIENT = "HttpURLConnection " + Runtime.version().feature();

    private final NetverdictReporter reporter;

    public ReportingUrlConnection(NetverdictReporter reporter) {
        this.reporter = reporter;
    }

    /** Something done with a connection. */
    @FunctionalInterface
    public interface Use<C extends HttpURLConnection, T> {
        T with(C connection) throws IOException;
    }

    /** Does something with a connection; an exception is reported and thrown on as it is. */
    public <C extends HttpURLConnection, T> T call(C connection, Use<? super C, T> use)
            throws IOException {
        Instant startedAt = Instant.now();
        String method = connection.getRequestMethod();
        try {
            return use.with(connection);
        } catch (FileNotFoundException answered) {
            // What this client makes of status 404 and 410: an answer.
            throw answered;
        } catch (IOException failure) {
            if (!answeredWithError(connection)) {
                reporter.report(() -> failed(connection, method, startedAt, failure));
            }
            throw failure;
        }
    }

    /** Whether the exception stands for an error status; asks for nothing not yet read. */
    private static boolean answeredWithError(HttpURLConnection connection) {
        return connection.getErrorStream() != null;
    }

    private static FailedRequest failed(
            HttpURLConnection connection, String method, Instant startedAt, IOException failure) {
        FailedRequest request =
                FailedRequest.of(failure).withStartedAt(startedAt).withClient(CLIENT);
        try {
            URI uri = connection.getURL().toURI();
            request = request.withRequest(method, uri);
        } catch (URISyntaxException oneThatOnlyThisClientTakes) {
            request = request.withAttribute("url", connection.getURL().getHost());
        }
        return connection.usingProxy() ? request.withAttribute("proxy", "used") : request;
    }
}
