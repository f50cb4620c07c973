package io.netverdict.service.warmup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.file.FileRecording;
import io.netverdict.capture.index.PayloadCutoff;
import io.netverdict.capture.live.HandFedRecorder;
import io.netverdict.capture.recording.Recording;
import io.netverdict.correlator.Correlator;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.ErrorReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplePacketsTest {
    @TempDir private Path directory;

    @Test
    void shouldShowARefusedConnectionAndARefusedHandshake() throws IOException {
        Path file = Files.write(directory.resolve("sample.pcap"), SamplePackets.pcap());
        assertEquals(Cause.TCP_REFUSED, causeOf(file, "connect ECONNREFUSED 192.0.2.1:81"));
        assertEquals(
                Cause.TLS_NO_SHARED_PARAMETERS,
                causeOf(file, "https://host.example/: handshake_failure"));
    }

    @Test
    void shouldShowTheSameInABusyRing() {
        long nanos = 1_700_000_000_000_000_000L;
        try (HandFedRecorder ring =
                new HandFedRecorder(SamplePackets.LINK_TYPE, nanos, PayloadCutoff.OFF)) {
            for (int times = 0; times < 16; times++) {
                int port = SamplePackets.FIRST_PORT + times * SamplePackets.CONNECTIONS;
                nanos = SamplePackets.emit(port, nanos, ring::record);
            }
            Instant end = Instant.EPOCH.plusNanos(nanos);
            try (Recording recording = ring.snapshot()) {
                assertTrue(recording.coverage().packets() > 5_000);
                assertEquals(
                        Cause.TCP_REFUSED,
                        causeOf(recording, "connect ECONNREFUSED 192.0.2.1:81", end));
            }
        }
    }

    private static Cause causeOf(Path file, String message) throws IOException {
        try (FileRecording recording = FileRecording.open(file)) {
            return causeOf(recording, message, Instant.parse("2023-11-14T22:13:24Z"));
        }
    }

    private static Cause causeOf(Recording recording, String message, Instant occurred) {
        ErrorReport report = ErrorReport.of(message).withOccurredAtIfMissing(occurred);
        return new Correlator().diagnose(recording, report).verdict().cause();
    }
}
