package io.netverdict.service.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netverdict.capture.file.FileRecording;
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

    private static Cause causeOf(Path file, String message) throws IOException {
        try (FileRecording recording = FileRecording.open(file)) {
            ErrorReport report =
                    ErrorReport.of(message)
                            .withOccurredAtIfMissing(Instant.parse("2023-11-14T22:13:24Z"));
            return new Correlator().diagnose(recording, report).verdict().cause();
        }
    }
}
