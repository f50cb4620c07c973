package io.netverdict.hook;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** A reporter's settings, each with a default that suits a service on the same machine. */
public final class ReporterBuilder {
    private static final int DEFAULT_QUEUE_BOUND = 100;
    private static final int DEFAULT_REPORTS_PER_SECOND = 10;
    private static final int BURST_SECONDS = 10;

    private URI service;
    private Duration waitForHint = Duration.ZERO;
    private Duration hintDeadline = Duration.ofSeconds(10);
    private int queueBound = DEFAULT_QUEUE_BOUND;
    private int reportsPerSecond = DEFAULT_REPORTS_PER_SECOND;

    ReporterBuilder(Map<String, String> environment) {
        String url =
                environment.getOrDefault(
                        NetverdictReporter.URL_VARIABLE, NetverdictReporter.DEFAULT_URL);
        try {
            serviceUrl(url);
        } catch (IllegalArgumentException unusable) {
            // Of the environment, not of the caller: reporting must not stop an application.
            LoggerFactory.getLogger(NetverdictReporter.class)
                    .warn(
                            "{}={} is no http URL, using {}",
                            NetverdictReporter.URL_VARIABLE,
                            url,
                            NetverdictReporter.DEFAULT_URL);
            serviceUrl(NetverdictReporter.DEFAULT_URL);
        }
    }

    /** Where the service listens, {@code http://host:port}. */
    public ReporterBuilder serviceUrl(String url) {
        URI uri = URI.create(url);
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw new IllegalArgumentException("url=" + url);
        }
        service = uri;
        return this;
    }

    /**
     * How long {@link NetverdictReporter#report} may wait for a hint; zero, the default, does not;
     * at most an hour.
     */
    public ReporterBuilder waitForHint(Duration longest) {
        if (longest.isNegative() || longest.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("longest=" + longest);
        }
        waitForHint = longest;
        return this;
    }

    /** How long a hint is awaited behind the caller's back: 1 s to an hour, 10 s unless set. */
    public ReporterBuilder hintDeadline(Duration longest) {
        if (longest.compareTo(Duration.ofSeconds(1)) < 0
                || longest.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("longest=" + longest);
        }
        hintDeadline = longest;
        return this;
    }

    /** Reports that may wait to be sent; {@value #DEFAULT_QUEUE_BOUND}. */
    public ReporterBuilder queueBound(int reports) {
        if (reports < 1) {
            throw new IllegalArgumentException("reports=" + reports);
        }
        queueBound = reports;
        return this;
    }

    /**
     * Failures of one host that are reported a second, in the long run; ten times as many at once;
     * {@value #DEFAULT_REPORTS_PER_SECOND}. The rest is counted, and the next report tells how
     * many.
     */
    public ReporterBuilder reportsPerSecond(int reports) {
        if (reports < 1) {
            throw new IllegalArgumentException("reports=" + reports);
        }
        reportsPerSecond = reports;
        return this;
    }

    public NetverdictReporter build() {
        return new NetverdictReporter(this);
    }

    URI service() {
        return service;
    }

    Duration waitForHint() {
        return waitForHint;
    }

    Duration hintDeadline() {
        return hintDeadline;
    }

    int queueBound() {
        return queueBound;
    }

    int reportsPerSecond() {
        return reportsPerSecond;
    }

    int burst() {
        return BURST_SECONDS * reportsPerSecond;
    }
}
