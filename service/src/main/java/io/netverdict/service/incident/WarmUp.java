package io.netverdict.service.incident;

import io.netverdict.capture.file.FileRecording;
import io.netverdict.capture.live.RecorderStatus;
import io.netverdict.capture.recording.Recording;
import io.netverdict.correlator.Correlator;
import io.netverdict.correlator.Diagnosis;
import io.netverdict.correlator.context.ContextSource;
import io.netverdict.correlator.model.ContractJson;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.IncidentStatus;
import io.netverdict.service.context.ContextCollector;
import io.netverdict.service.intake.MalformedReportException;
import io.netverdict.service.intake.ReportParser;
import io.netverdict.service.recorder.Recorder;
import io.netverdict.service.slice.SliceWriter;
import io.netverdict.storage.IncidentIds;
import io.netverdict.storage.IncidentStore;
import io.netverdict.storage.Retention;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

    private static final int ROUNDS = 400;
    private static final long ENOUGH_NANOS = 10_000_000_000L;

    /** Beyond this the processors are the recorder's. */
    private static final long BUSY_PACKETS_PER_SECOND = 20_000;

    private static final long BUSY_LOOK_NANOS = 500_000_000L;
    private static final long STOP_MILLIS = 200;

    private final Recorder recorder;
    private final ContextCollector context;
    private final Path directory;
    private final Correlator correlator = new Correlator();
    private final IncidentIds ids = new IncidentIds();
    private final Thread thread = new Thread(this::run, "warm-up");
    private volatile boolean closed;
    private long lastNanos = System.nanoTime();
    private long lastPackets;

    /**
     * Begins.
     *
     * @param directory for incidents that nobody will see; gone at the end, and what an earlier
     *     process left in it at the start
     */
    public WarmUp(Recorder recorder, ContextCollector context, Path directory) {
        this.recorder = recorder;
        this.context = context;
        this.directory = directory;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            awaitQuiet();
            delete();
            Path file = Files.createTempFile("netverdict-", ".pcap");
            try (FileRecording sample =
                            FileRecording.open(Files.write(file, SamplePackets.pcap()));
                    IncidentStore store = IncidentStore.open(directory, Retention.DEFAULT)) {
                long worked = 0;
                for (int round = 0; round < ROUNDS && worked < ENOUGH_NANOS; round++) {
                    awaitQuiet();
                    if (closed) {
                        break;
                    }
                    long began = System.nanoTime();
                    for (String report : REPORTS) {
                        answer(report, sample, store);
                    }
                    long took = System.nanoTime() - began;
                    worked += took;
                    pause(took);
                }
            } finally {
                Files.deleteIfExists(file);
                delete();
            }
        } catch (IOException | MalformedReportException | RuntimeException e) {
            // The first answers will be slower, and whatever is wrong shows itself there.
            LOG.debug("warming up ended early", e);
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

    /** Waits until the recorder has little to do: packets come first. */
    private void awaitQuiet() {
        while (isBusy() && !closed) {
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

    private void answer(String text, Recording sample, IncidentStore store)
            throws MalformedReportException, IOException {
        Instant now = Instant.now();
        ErrorReport report =
                ReportParser.parse(text.getBytes(StandardCharsets.UTF_8))
                        .withOccurredAtIfMissing(now);
        ContextSource known = context.begin(report);
        String id = ids.next(now);
        store.acknowledge(
                new Incident(
                        id,
                        now,
                        IncidentStatus.COLLECTING,
                        report,
                        null,
                        List.of(),
                        List.of(),
                        Map.of(),
                        null));
        try (Recording live = recorder.snapshot()) {
            correlator.diagnose(live, report, known);
        }
        Diagnosis diagnosis = correlator.diagnose(sample, report, known);
        Incident decided = diagnosis.withSliceFrames().toIncident(id, now, null);
        store.acknowledge(
                decided,
                out ->
                        diagnosis.packets().isEmpty()
                                ? 0
                                : SliceWriter.write(out, diagnosis, sample.interfaces()).packets());
        ContractJson.mapper().writeValueAsBytes(decided);
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
