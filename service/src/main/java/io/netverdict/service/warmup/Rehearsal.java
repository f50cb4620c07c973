package io.netverdict.service.warmup;

import io.netverdict.capture.index.PayloadCutoff;
import io.netverdict.capture.live.HandFedRecorder;
import io.netverdict.capture.live.RecorderStatus;
import io.netverdict.capture.recording.Recording;
import io.netverdict.correlator.model.Incident;
import io.netverdict.service.api.ApiServer;
import io.netverdict.service.context.ContextService;
import io.netverdict.service.health.Health;
import io.netverdict.service.incident.IncidentDesk;
import io.netverdict.service.probe.ProbeSettings;
import io.netverdict.service.probe.Prober;
import io.netverdict.service.recorder.Recorder;
import io.netverdict.storage.IncidentStore;
import io.netverdict.storage.Retention;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * A service beside the real one, of the same parts: a ring with made-up packets, a desk, a store
 * and an API on a port of the loopback interface that nobody knows. For one thread.
 */
final class Rehearsal implements AutoCloseable {
    /** An error of each kind, without the time at which it occurred. */
    private static final List<String> ERRORS =
            List.of(
                    "\"message\":\"connect ECONNREFUSED 192.0.2.1:81\","
                            + "\"url\":\"http://192.0.2.1:81/\"",
                    "\"message\":\"Get \\\"http://host.example/a\\\": context deadline exceeded\"",
                    "\"message\":\"curl: (52) Empty reply from server\","
                            + "\"url\":\"http://192.0.2.1/b\",\"remote\":\"192.0.2.1:80\"",
                    "\"message\":\"curl: (6) Could not resolve host: host.example\"",
                    "\"message\":\"javax.net.ssl.SSLHandshakeException: handshake_failure\","
                            + "\"url\":\"https://192.0.2.1/c\"");

    private static final int REFUSED_PORT = 20_000;

    /** Packets are recorded faster than they are made up to have come. */
    private static final long BEFORE_NANOS = 60_000_000_000L;

    private static final int DECIDED = 201;

    private final Path directory;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private HandFedRecorder ring;
    private WarmUpReporter reporter;
    private long endNanos;
    private int refusedPort = REFUSED_PORT;
    private int times;
    private int reports;

    /**
     * Begins with a ring of few packets.
     *
     * @param directory for incidents that nobody will see; gone at the end, and what an earlier
     *     process left in it at the start
     * @param recorder whose figures incidents name
     */
    Rehearsal(Path directory, Recorder recorder) throws IOException {
        this.directory = directory;
        boolean begun = false;
        try {
            begin(recorder);
            begun = true;
        } finally {
            if (!begun) {
                close();
            }
        }
    }

    private static long nowNanos() {
        return ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
    }

    private void begin(Recorder recorder) throws IOException {
        delete(directory);
        endNanos = nowNanos() - BEFORE_NANOS;
        ring = new HandFedRecorder(SamplePackets.LINK_TYPE, endNanos, PayloadCutoff.OFF);
        parts.push(ring);
        IncidentStore store = IncidentStore.open(directory, Retention.DEFAULT);
        parts.push(store);
        Prober prober = new Prober(ProbeSettings.OFF, List.of());
        parts.push(prober);
        // Of its own: a real report is not to get what was read before its error.
        ContextService context = ContextService.startWithoutReuse();
        parts.push(context);
        Sample sample = new Sample(ring, recorder);
        IncidentDesk desk =
                new IncidentDesk(sample, store, context, Duration.ZERO, prober, Rehearsal::unheard);
        parts.push(desk);
        ApiServer api =
                new ApiServer(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        new ApiServer.Parts(
                                sample,
                                store,
                                desk,
                                new Health(sample, store, desk, directory),
                                () -> false));
        parts.push(api);
        reporter = new WarmUpReporter(api.address());
        parts.push(reporter);
        record(1);
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

    private static void unheard(Incident incident) {
        // Nobody is to see it, not even in the log.
    }

    /** Records the made-up packets so many times more. */
    void record(int more) {
        for (int end = times + more; times < end; times++) {
            int port = SamplePackets.FIRST_PORT + times * SamplePackets.CONNECTIONS;
            endNanos = SamplePackets.emit(port, endNanos, ring::record);
        }
    }

    /** Records connections that are refused, and nothing else. */
    void recordRefused(int connections) {
        endNanos = SamplePackets.emitRefused(refusedPort, connections, endNanos, ring::record);
        refusedPort += connections;
    }

    /** Has one report answered about what is over, of each kind in turn. */
    void reportAny() throws IOException {
        Instant occurredAt = Instant.EPOCH.plusNanos(endNanos);
        report(
                "%s,\"occurredAt\":\"%s\""
                        .formatted(ERRORS.get(reports % ERRORS.size()), occurredAt));
    }

    /** Has one report answered about a connection that is refused now, which takes least. */
    void reportRefused() throws IOException {
        endNanos = Math.max(endNanos, nowNanos());
        recordRefused(1);
        report(ERRORS.get(0));
    }

    private void report(String error) throws IOException {
        // Keys as applications give them.
        int status = reporter.report("{%s,\"key\":\"warm-up-%d\"}".formatted(error, reports));
        if (status != DECIDED) {
            throw new IOException("a report was answered with " + status);
        }
        reports++;
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            while (!parts.isEmpty()) {
                try {
                    parts.pop().close();
                } catch (Exception e) {
                    // The others are to be closed all the same.
                    WarmUp.LOG.debug("ending the warm-up", e);
                }
            }
        } finally {
            delete(directory);
        }
    }
}
