package io.netverdict.hook;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports failed requests to the netverdict service and brings its hint back.
 *
 * <p>{@link #report} never throws and by default does not wait: daemon threads of its own report,
 * and when the hint arrives it is logged as an error and added to the exception as a suppressed
 * {@link CauseHint}. Reports beyond the queue are dropped and counted. With the service away, a
 * report costs one refused connection on those threads, and the first one a line in the log.
 *
 * <p>Thread-safe; one for an application is enough.
 */
public final class NetverdictReporter implements AutoCloseable {
    /** The environment variable that names the service where the application does not. */
    public static final String URL_VARIABLE = "NETVERDICT_URL";

    public static final String DEFAULT_URL = "http://127.0.0.1:8321";

    private static final Logger LOG = LoggerFactory.getLogger(NetverdictReporter.class);
    private static final int THREADS = 4;
    private static final long IDLE_THREAD_SECONDS = 10;
    private static final long CLOSE_SECONDS = 2;

    private final URI service;
    private final ServiceClient client;
    private final Duration waitForHint;
    private final ThreadPoolExecutor executor;
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicBoolean serviceAway = new AtomicBoolean();

    private NetverdictReporter(Builder builder) {
        service = builder.service;
        waitForHint = builder.waitForHint;
        boolean waitsLonger = waitForHint.compareTo(builder.hintDeadline) > 0;
        client = new ServiceClient(service, waitsLonger ? waitForHint : builder.hintDeadline);
        AtomicInteger threads = new AtomicInteger();
        executor =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        IDLE_THREAD_SECONDS,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(builder.queueBound),
                        work -> {
                            Thread thread =
                                    new Thread(
                                            work, "netverdict-report-" + threads.incrementAndGet());
                            thread.setDaemon(true);
                            return thread;
                        });
        executor.allowCoreThreadTimeOut(true);
    }

    /** Reports to {@value #URL_VARIABLE} of the environment, else to {@value #DEFAULT_URL}. */
    public static NetverdictReporter create() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder(System.getenv());
    }

    /**
     * Reports a failure; waits for its hint no longer than {@link Builder#waitForHint}.
     *
     * @return the hint where it came in time; a later one is logged and attached all the same
     */
    public Optional<Hint> report(FailedRequest request) {
        CompletableFuture<Optional<Hint>> answer = reportAsync(request);
        if (waitForHint.isZero()) {
            return Optional.empty();
        }
        try {
            return answer.get(waitForHint.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException noHintYet) {
            LOG.debug("no hint in {}", waitForHint);
        }
        return Optional.empty();
    }

    /**
     * Reports a failure without waiting.
     *
     * @return completes with the hint, or with none; never exceptionally
     */
    public CompletableFuture<Optional<Hint>> reportAsync(FailedRequest request) {
        Delivery delivery = new Delivery(request);
        try {
            executor.execute(delivery);
        } catch (RejectedExecutionException fullOrClosed) {
            drop(delivery);
        }
        return delivery.answer;
    }

    /** A report under way. */
    private final class Delivery implements Runnable {
        private final FailedRequest request;
        private final CompletableFuture<Optional<Hint>> answer = new CompletableFuture<>();

        Delivery(FailedRequest request) {
            this.request = request;
        }

        @Override
        public void run() {
            answer.complete(deliver(request));
        }
    }

    private void drop(Runnable work) {
        dropped.incrementAndGet();
        ((Delivery) work).answer.complete(Optional.empty());
    }

    private Optional<Hint> deliver(FailedRequest request) {
        try {
            Optional<Hint> hint = client.report(request);
            delivered.incrementAndGet();
            serviceAway.set(false);
            hint.ifPresent(found -> show(found, request));
            return hint;
        } catch (IOException | RuntimeException failure) {
            failed.incrementAndGet();
            if (serviceAway.compareAndSet(false, true)) {
                LOG.warn(
                        "failed requests go unreported until {} answers: {}",
                        service,
                        failure.toString());
            }
        } catch (InterruptedException closed) {
            failed.incrementAndGet();
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private static void show(Hint hint, FailedRequest request) {
        if (request.error() != null) {
            request.error().addSuppressed(new CauseHint(hint));
        }
        String about = request.url() == null ? request.message() : request.url();
        LOG.error("hint for {}: {}", about, hint);
    }

    /** Reports that the service took. */
    public long delivered() {
        return delivered.get();
    }

    /** Reports given up because the queue was full or this was closed. */
    public long dropped() {
        return dropped.get();
    }

    /** Reports that the service did not take: it was away or refused them. */
    public long failed() {
        return failed.get();
    }

    /** Gives reports under way two seconds, then lets go of the rest. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow().forEach(this::drop);
            }
        } catch (InterruptedException interrupted) {
            executor.shutdownNow().forEach(this::drop);
            Thread.currentThread().interrupt();
        }
    }

    /** Settings, each with a default that suits a service on the same machine. */
    public static final class Builder {
        private static final int DEFAULT_QUEUE_BOUND = 100;

        private URI service;
        private Duration waitForHint = Duration.ZERO;
        private Duration hintDeadline = Duration.ofSeconds(10);
        private int queueBound = DEFAULT_QUEUE_BOUND;

        Builder(Map<String, String> environment) {
            String url = environment.getOrDefault(URL_VARIABLE, DEFAULT_URL);
            try {
                serviceUrl(url);
            } catch (IllegalArgumentException unusable) {
                // Of the environment, not of the caller: reporting must not stop an application.
                LOG.warn("{}={} is no http URL, using {}", URL_VARIABLE, url, DEFAULT_URL);
                serviceUrl(DEFAULT_URL);
            }
        }

        /** Where the service listens, {@code http://host:port}. */
        public Builder serviceUrl(String url) {
            URI uri = URI.create(url);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!http || uri.getHost() == null) {
                throw new IllegalArgumentException("url=" + url);
            }
            service = uri;
            return this;
        }

        /**
         * How long {@link #report} may wait for a hint; zero, the default, does not; at most an
         * hour.
         */
        public Builder waitForHint(Duration longest) {
            if (longest.isNegative() || longest.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("longest=" + longest);
            }
            waitForHint = longest;
            return this;
        }

        /** How long a hint is awaited behind the caller's back: 1 s to an hour, 10 s unless set. */
        public Builder hintDeadline(Duration longest) {
            if (longest.compareTo(Duration.ofSeconds(1)) < 0
                    || longest.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("longest=" + longest);
            }
            hintDeadline = longest;
            return this;
        }

        /** Reports that may wait to be sent; {@value #DEFAULT_QUEUE_BOUND}. */
        public Builder queueBound(int reports) {
            if (reports < 1) {
                throw new IllegalArgumentException("reports=" + reports);
            }
            queueBound = reports;
            return this;
        }

        public NetverdictReporter build() {
            return new NetverdictReporter(this);
        }
    }
}
