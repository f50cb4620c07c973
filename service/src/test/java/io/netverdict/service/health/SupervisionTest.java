package io.netverdict.service.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netverdict.capture.live.RecorderStatus;
import io.netverdict.capture.recording.Recording;
import io.netverdict.service.FileRecorder;
import io.netverdict.service.SampleCapture;
import io.netverdict.service.context.ContextCollector;
import io.netverdict.service.incident.IncidentDesk;
import io.netverdict.service.probe.ProbeSettings;
import io.netverdict.service.probe.Prober;
import io.netverdict.service.recorder.Recorder;
import io.netverdict.storage.IncidentStore;
import io.netverdict.storage.Retention;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Supervision against a supervisor's socket, which Python has and Java has not. */
class SupervisionTest {
    private static final String SUPERVISOR =
            """
            import socket, sys
            address = sys.argv[1]
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind('\\0' + address[1:] if address[0] == '@' else address)
            print('listening', flush=True)
            while True:
                print(s.recv(65536).decode().replace('\\n', '|'), flush=True)
            """;

    @TempDir private Path directory;
    private EndingRecorder recorder;
    private IncidentStore store;
    private Prober prober;
    private IncidentDesk desk;
    private Health health;
    private Process supervisor;
    private BufferedReader told;

    /** A recorder that can end. */
    private static final class EndingRecorder implements Recorder {
        private final Recorder recorder;
        private volatile boolean ended;

        EndingRecorder(Recorder recorder) {
            this.recorder = recorder;
        }

        @Override
        public Recording snapshot() {
            return recorder.snapshot();
        }

        @Override
        public RecorderStatus status() {
            if (ended) {
                throw new IllegalStateException("closed");
            }
            return recorder.status();
        }

        @Override
        public void close() {
            ended = true;
        }
    }

    @BeforeEach
    void open() throws IOException {
        recorder = new EndingRecorder(new FileRecorder(SampleCapture.writeTo(directory)));
        store = IncidentStore.open(directory.resolve("data"), Retention.DEFAULT);
        prober = new Prober(ProbeSettings.OFF, List.of());
        desk = new IncidentDesk(recorder, store, ContextCollector.NONE, Duration.ZERO, prober);
        health = new Health(recorder, store, desk, directory);
    }

    @AfterEach
    void close() {
        if (supervisor != null) {
            supervisor.destroyForcibly();
        }
        desk.close();
        prober.close();
        store.close();
    }

    private void listen(String address) throws IOException {
        assumeTrue(
                List.of("/usr/bin/python3", "/usr/local/bin/python3").stream()
                        .anyMatch(path -> Files.isExecutable(Path.of(path))),
                "the supervisor's socket is Python's: apt-get install python3");
        supervisor =
                new ProcessBuilder("python3", "-c", SUPERVISOR, address)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        told = supervisor.inputReader();
        assertEquals("listening", told.readLine());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "@"})
    void shouldTellThatItIsReadyHowItGoesAndThatItStops(String kind) throws IOException {
        String name = kind.equals("/") ? "/notify" : "@netverdict-" + directory.getFileName();
        String address = kind.equals("/") ? directory + name : name;
        listen(address);

        Supervision supervision =
                Supervision.start(
                        Map.of("NOTIFY_SOCKET", address, "WATCHDOG_USEC", "100000"), health);

        assertEquals("READY=1|STATUS=recording eth\"0", told.readLine());
        assertEquals("WATCHDOG=1|STATUS=recording eth\"0", told.readLine());
        assertEquals("WATCHDOG=1|STATUS=recording eth\"0", told.readLine());
        supervision.close();
        supervision.close();
        assertEquals("STOPPING=1|STATUS=stopping", lineWith("STOPPING"));
    }

    private String lineWith(String text) throws IOException {
        String line = told.readLine();
        while (!line.contains(text)) {
            line = told.readLine();
        }
        return line;
    }

    @Test
    void shouldNotFeedTheWatchdogOnceRecordingHasEnded() throws IOException {
        String address = directory.resolve("notify").toString();
        listen(address);
        try (Supervision supervision =
                Supervision.start(
                        Map.of("NOTIFY_SOCKET", address, "WATCHDOG_USEC", "20000"), health)) {
            lineWith("WATCHDOG=1");

            recorder.close();

            String line = lineWith("recording has ended");
            // Recording may have ended between the two looks of one message.
            line = line.startsWith("WATCHDOG") ? told.readLine() : line;
            assertEquals("STATUS=capture: recording has ended", line);
            assertNotEquals(null, supervision);
        }
    }

    @Test
    void shouldNotFeedTheWatchdogOfAnotherProcess() throws IOException {
        String address = directory.resolve("notify").toString();
        listen(address);
        try (Supervision supervision =
                Supervision.start(
                        Map.of(
                                "NOTIFY_SOCKET",
                                address,
                                "WATCHDOG_USEC",
                                "20000",
                                "WATCHDOG_PID",
                                "1"),
                        health)) {
            assertTrue(told.readLine().startsWith("READY=1"));
            assertEquals("STATUS=recording eth\"0", told.readLine());
            assertNotEquals(null, supervision);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/nowhere/at/all", "vsock:2:1234", "@"})
    void shouldGoOnWhereNobodyListens(String address) {
        Supervision supervision =
                Supervision.start(
                        Map.of("NOTIFY_SOCKET", address, "WATCHDOG_USEC", "many"), health);

        supervision.close();

        assertTrue(health.report().ok(), health.report().problems());
    }
}
