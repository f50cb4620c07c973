package io.netverdict.service.warmup;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.service.FileRecorder;
import io.netverdict.service.RunningService;
import io.netverdict.service.SampleCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WarmUpTest {
    private static final int PAUSE_MILLIS = 10;

    @TempDir private Path directory;

    @Test
    void shouldHaveEveryKindOfReportDecidedAndLeaveNothing() throws IOException {
        Path data = directory.resolve("warm-up");
        FileRecorder recorder = new FileRecorder(SampleCapture.writeTo(directory));
        try (Rehearsal rehearsal = new Rehearsal(data, recorder)) {
            assertTrue(Files.exists(data));
            // Each throws where its answer is not a decided incident.
            for (int report = 0; report < 10; report++) {
                rehearsal.reportAny();
            }
            rehearsal.record(20);
            rehearsal.recordRefused(500);
            for (int report = 0; report < 5; report++) {
                rehearsal.reportAny();
                rehearsal.reportRefused();
            }
        }
        assertFalse(Files.exists(data));
    }

    @Test
    void shouldRemoveWhatAnEarlierProcessLeft() throws IOException {
        Path data = Files.createDirectories(directory.resolve("warm-up"));
        Path left = Files.writeString(data.resolve("incidents.mv.db"), "no database");
        FileRecorder recorder = new FileRecorder(SampleCapture.writeTo(directory));
        try (Rehearsal rehearsal = new Rehearsal(data, recorder)) {
            rehearsal.reportAny();
        }
        assertFalse(Files.exists(left));
    }

    @Test
    void shouldLeaveNothingWhereTheServiceEndsMeanwhile() throws Exception {
        Path data = directory.resolve("data").resolve("warm-up");
        try (RunningService service = new RunningService(directory, Duration.ofMillis(50))) {
            while (!Files.exists(data)) {
                Thread.sleep(PAUSE_MILLIS);
            }
            assertTrue(service.port() > 0);
        }
        assertFalse(Files.exists(data));
    }
}
