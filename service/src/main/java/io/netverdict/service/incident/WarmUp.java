package io.netverdict.service.incident;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.netverdict.capture.index.PayloadCutoff;
import io.netverdict.capture.live.HandFedRecorder;
import io.netverdict.capture.live.RecorderStatus;
import io.netverdict.capture.recording.Recording;
import io.netverdict.correlator.model.ContractJson;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.model.Incident;
import io.netverdict.service.context.ContextService;
import io.netverdict.service.intake.MalformedReportException;
import io.netverdict.service.intake.ReportParser;
import io.netverdict.service.probe.ProbeSettings;
import io.netverdict.service.probe.Prober;
import io.netverdict.service.recorder.Recorder;
import io.netverdict.storage.IncidentStore;
import io.netverdict.storage.Retention;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes the way of an answer many times when the service starts, so that the first real report does
 * not wait for classes to be loaded, patterns and methods to be compiled: that makes seconds of
 * what takes milliseconds. Nothing is kept of it.
 *
 * <p>Thread: {@code warm-up}, for some seconds, half of them asleep, and only while few packets
 * come.
 */
public final class WarmUp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    private static final List<String> REPORTS =
            List.of(
                    "{\"message\":\"connect ECONNREFUSED 192.0.2.1:81\"}",
                    "{\"message\":\"Get \\\"http://host.example/a\\\": context deadline exceeded\"}",
                    "{\"message\":\"curl: (52) Empty reply from server\","
                            + "\"url\":\"http://192.0.2.1/b\",\"remote\":\"192.0.2.1:80\"}",
                    "{\"message\":\"curl: (6) Could not resolve host: host.example\"}",
                    "{\"message\":\"javax.net.ssl.SSLHandshakeException: handshake_failure\","
                            + "\"url\":\"https://192.0.2.1/c\"}");

    /** Work on a ring with few packets, and on one with many. */
    private static final long QUIET_NANOS = 3_000_000_000L;

    private static final long BUSY_NANOS = 9_000_000_000L;

    /** Its packets may be recorded like any others: not many. */
    private static final int API_ROUNDS = 20;

    /** So many times the packets: more than are all read. */
    private static final int BUSY_TIMES = 15;

    private static final long ANSWER_MILLIS = 2_000;

    /** Beyond this the processors are the recorder's. */
    private static final long BUSY_PACKETS_PER_SECOND = 20_000;

    private static final long BUSY_LOOK_NANOS = 500_000_000L;
    private static final long STOP_MILLIS = 200;

    private final Recorder recorder;
    private final IncidentDesk real;
    private final ApiWarmUp api;
    private final Path directory;
    private final Thread thread = new Thread(this::run, "warm-up");
    private volatile boolean closed;
    private long lastNanos = System.nanoTime();
    private long lastPackets;

    /**
     * Begins.
     *
     * @param real what takes the reports that this gives way to
     * @param api where this process answers
     * @param directory for incidents that nobody will see; gone at the end, and what an earlier
     *     process left in it at the start
     */
    public WarmUp(Recorder recorder, IncidentDesk real, InetSocketAddress api, Path directory) {
        this.api = new ApiWarmUp(api);
        this.recorder = recorder;
        this.real = real;
        this.directory = directory;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            awaitQuiet();
            delete();
            long nowNanos = ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
            try (HandFedRecorder ring =
                            new HandFedRecorder(
                                    SamplePackets.LINK_TYPE, nowNanos, PayloadCutoff.OFF);
                    IncidentStore store = IncidentStore.open(directory, Retention.DEFAULT);
                    Prober prober = new Prober(ProbeSettings.OFF, List.of());
                    // Of its own: a real report is not to get what was read before its error.
                    ContextService context = ContextService.start(List.of());
                    IncidentDesk desk =
                            new IncidentDesk(
                                    new Sample(ring, recorder),
                                    store,
                                    context,
                                    Duration.ZERO,
                                    prober,
                                    WarmUp::answered)) {
                long endNanos =
                        SamplePackets.emit(SamplePackets.FIRST_PORT, nowNanos, ring::record);
                answer(desk, QUIET_NANOS, endNanos);
                // A busy machine's answers go another way.
                for (int more = 1; more <= BUSY_TIMES; more++) {
                    int port = SamplePackets.FIRST_PORT + more * SamplePackets.CONNECTIONS;
                    endNanos = SamplePackets.emit(port, endNanos, ring::record);
                }
                answer(desk, BUSY_NANOS, endNanos);
            } finally {
                delete();
            }
        } catch (IOException
                | MalformedReportException
                | TimeoutException
                | ExecutionException
                | RuntimeException e) {
            // The first answers will be slower, and whatever is wrong shows itself there.
            LOG.debug("warming up ended early", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The packets of a ring with the figures of the real recorder, which both may end before. */
    private record Sample(HandFedRecorder ring, Recorder recorder) implements Recorder {
        @Override
        public Recording snapshot() {
            return ring.snapshot();
        }

        @Override
        public RecorderStatus status() {
            return recorder.status();
        }

        @Override
        public void close() {
            // Each is closed by whoever opened it.
        }
    }

    /** For so long has reports answered about what was over at some time. */
    private void answer(IncidentDesk desk, long enoughNanos, long endNanos)
            throws IOException,
                    MalformedReportException,
                    InterruptedException,
                    ExecutionException,
                    TimeoutException {
        Instant occurred = Instant.EPOCH.plusNanos(endNanos);
        long workedNanos = 0;
        for (int round = 0; workedNanos < enoughNanos && !closed; round++) {
            awaitQuiet();
            long began = System.nanoTime();
            if (round < API_ROUNDS) {
                api.ask();
            }
            for (String text : REPORTS) {
                ErrorReport report =
                        ReportParser.parse(text.getBytes(StandardCharsets.UTF_8))
                                .withOccurredAtIfMissing(occurred);
                desk.submit(report).decided().get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
            }
            long tookNanos = System.nanoTime() - began;
            workedNanos += tookNanos;
            pause(tookNanos);
        }
    }

    /** What the API does with an incident. */
    private static void answered(Incident incident) {
        try {
            ContractJson.mapper().writeValueAsBytes(incident);
        } catch (JsonProcessingException e) {
            LOG.debug("writing an incident", e);
        }
    }

    private void delete() throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** Waits until the recorder has little to do and no report waits: they come first. */
    private void awaitQuiet() {
        while ((isBusy() || real.pending() > 0) && !closed) {
            pause(BUSY_LOOK_NANOS);
        }
    }

    /** Whether many packets have come since this was last asked. */
    private boolean isBusy() {
        long nowNanos = System.nanoTime();
        long packets = packets();
        double seconds = (nowNanos - lastNanos) / 1e9;
        boolean busy = packets - lastPackets > BUSY_PACKETS_PER_SECOND * seconds;
        lastNanos = nowNanos;
        lastPackets = packets;
        return busy;
    }

    /** That came to the interfaces: those recorded would be few where the recorder is behind. */
    private long packets() {
        return recorder.status().interfaces().stream()
                .mapToLong(RecorderStatus.InterfaceStatus::received)
                .sum();
    }

    /** Until it is closed, for so long at most. */
    private synchronized void pause(long nanos) {
        long deadline = System.nanoTime() + nanos;
        try {
            for (long left = nanos; left > 0 && !closed; left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /** Has it end soon. */
    public synchronized void end() {
        closed = true;
        notifyAll();
    }

    /** Has it end and waits for that, not for long. */
    @Override
    public void close() {
        end();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
