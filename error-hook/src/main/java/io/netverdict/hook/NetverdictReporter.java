package io.netverdict.hook;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports failed requests to the netverdict service and brings its hint back.
 *
 * <p>{@link #report} never throws and by default does not wait: daemon threads of its own report,
 * and when the hint arrives it is logged as a warning and added to the exception as a suppressed
 * {@link CauseHint}. Of a storm of failures a sample is reported and the rest counted; reports
 * beyond the queue are dropped and counted. With the service away, a report costs one refused
 * connection on those threads, with growing pauses between, and the log says so once.
 *
 * <p>Thread-safe; one for an application is enough.
 */
public final class NetverdictReporter implements AutoCloseable {
    /** The environment variable that names the service where the application does not. */
    public static final String URL_VARIABLE = "NETVERDICT_URL";

    public static final String DEFAULT_URL = "http://127.0.0.1:8321";

    /** Logging context of a hint's line: the cause's code. */
    public static final String MDC_CAUSE = "netverdict.cause";

    /** Logging context of a hint's line: what {@code netverdict show} takes. */
    public static final String MDC_INCIDENT = "netverdict.incident";

    /** How many failures of the same host went unreported before this one: there were too many. */
    static final String LEFT_OUT_ATTRIBUTE = "netverdict.leftOut";

    private static final Logger LOG = LoggerFactory.getLogger(NetverdictReporter.class);
    private static final int THREADS = 4;
    private static final long IDLE_THREAD_SECONDS = 10;
    private static final long CLOSE_SECONDS = 2;
    private static final ReportedErrors REPORTED = new ReportedErrors();

    /** Made when first asked for. */
    private static final class Shared {
        private static final NetverdictReporter REPORTER = create();
    }

    private final URI service;
    private final ServiceClient client;
    private final Duration waitForHint;
    private final ThreadPoolExecutor executor;
    private final ReportGate gate;
    private final ServiceBackoff backoff = new ServiceBackoff();
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong leftOut = new AtomicLong();

    NetverdictReporter(ReporterBuilder builder) {
        service = builder.service();
        waitForHint = builder.waitForHint();
        boolean waitsLonger = waitForHint.compareTo(builder.hintDeadline()) > 0;
        client = new ServiceClient(service, waitsLonger ? waitForHint : builder.hintDeadline());
        gate = new ReportGate(builder.reportsPerSecond(), builder.burst());
        AtomicInteger threads = new AtomicInteger();
        executor =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        IDLE_THREAD_SECONDS,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(builder.queueBound()),
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

    /** One for the whole process, as {@link #create} makes it; not to be closed. */
    public static NetverdictReporter shared() {
        return Shared.REPORTER;
    }

    public static ReporterBuilder builder() {
        return new ReporterBuilder(System.getenv());
    }

    /**
     * Reports a failure; waits for its hint no longer than {@link ReporterBuilder#waitForHint}.
     *
     * @return the hint where it came in time; a later one is logged and attached all the same
     */
    public Optional<Hint> report(FailedRequest request) {
        return report(() -> request);
    }

    /** Like {@link #report(FailedRequest)}; what describing the failure throws stays here. */
    public Optional<Hint> report(Supplier<FailedRequest> failure) {
        CompletableFuture<Optional<Hint>> answer = reportAsync(failure);
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
        return reportAsync(() -> request);
    }

    /** Like {@link #reportAsync(FailedRequest)}; what describing the failure throws stays here. */
    public CompletableFuture<Optional<Hint>> reportAsync(Supplier<FailedRequest> failure) {
        try {
            return admit(failure.get());
        } catch (RuntimeException | LinkageError | StackOverflowError ofTheApplication) {
            // An exception may do anything when it is asked for its text.
            dropped.incrementAndGet();
            LOG.debug("a failure cannot be described", ofTheApplication);
            return none();
        }
    }

    private static CompletableFuture<Optional<Hint>> none() {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    private CompletableFuture<Optional<Hint>> admit(FailedRequest request) {
        long now = System.nanoTime();
        if (request.error() != null && REPORTED.note(request.error(), now)) {
            return none();
        }
        long before = gate.ask(hostOf(request), now);
        if (before == ReportGate.LEFT_OUT) {
            leftOut.incrementAndGet();
            return none();
        }
        if (!backoff.admits(now)) {
            failed.incrementAndGet();
            return none();
        }
        TraceLink trace = Traces.current();
        // With a key, so that a report that is sent twice by HTTP's own retry stays one incident.
        FailedRequest told =
                request.key() == null ? request.withKey(UUID.randomUUID().toString()) : request;
        for (Map.Entry<String, String> attribute : trace.attributes().entrySet()) {
            told = told.withAttribute(attribute.getKey(), attribute.getValue());
        }
        if (before > 0) {
            told = told.withAttribute(LEFT_OUT_ATTRIBUTE, Long.toString(before));
        }
        Delivery delivery = new Delivery(ReportBounds.cut(told), trace);
        try {
            executor.execute(delivery);
        } catch (RejectedExecutionException fullOrClosed) {
            drop(delivery);
        }
        return delivery.answer;
    }

    private static String hostOf(FailedRequest request) {
        String url = request.url();
        if (url == null) {
            return "";
        }
        int begin = url.indexOf("//") + 2;
        int end = url.indexOf('/', begin);
        return end < 0 ? url : url.substring(0, end);
    }

    /** A report under way. */
    private final class Delivery implements Runnable {
        private final FailedRequest request;
        private final HintDelivery hintDelivery;
        private final CompletableFuture<Optional<Hint>> answer = new CompletableFuture<>();

        Delivery(FailedRequest request, TraceLink trace) {
            this.request = request;
            this.hintDelivery = new HintDelivery(request, trace);
        }

        @Override
        public void run() {
            Optional<Hint> hint = Optional.empty();
            try {
                hint = deliver(request);
                hint.ifPresent(hintDelivery::bring);
            } catch (RuntimeException | LinkageError ofTheApplicationsLog) {
                LOG.debug("the hint cannot be shown", ofTheApplicationsLog);
            } finally {
                answer.complete(hint);
            }
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
            if (backoff.succeeded()) {
                LOG.info("{} answers again; unreported so far: {}", service, failed);
            }
            return hint;
        } catch (RefusedReportException refused) {
            failed.incrementAndGet();
            LOG.warn("a report was refused: {}", refused.getMessage());
        } catch (IOException | RuntimeException failure) {
            failed.incrementAndGet();
            if (backoff.failed(System.nanoTime())) {
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

    /** Reports that the service took. */
    public long delivered() {
        return delivered.get();
    }

    /** Reports given up because the queue was full, this was closed or they had no text. */
    public long dropped() {
        return dropped.get();
    }

    /** Reports that the service did not take: it was away or refused them. */
    public long failed() {
        return failed.get();
    }

    /** Failures left out since their host had more of them than are reported. */
    public long leftOut() {
        return leftOut.get();
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
}
