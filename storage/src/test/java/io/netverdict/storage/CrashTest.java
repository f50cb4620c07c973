package io.netverdict.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.IncidentStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is there after the process was killed. */
class CrashTest {
    private static final int ROUNDS = 3;
    private static final int ACKNOWLEDGED_BEFORE_KILL = 20;

    @TempDir Path directory;

    @Test
    void shouldHoldEveryAcknowledgedIncidentAfterKill() throws Exception {
        List<String> acknowledged = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            acknowledged.addAll(writeAndKill(round * ACKNOWLEDGED_BEFORE_KILL));
            try (IncidentStore store = IncidentStore.open(directory, Retention.DEFAULT)) {
                for (String id : acknowledged) {
                    assertWhole(store, id);
                }
                assertNoStraySlices(store);
            }
        }
        System.out.println(
                "killed " + ROUNDS + " times, " + acknowledged.size() + " acknowledged, 0 lost");
    }

    /** What the process acknowledged, up to the moment it was killed. */
    private List<String> writeAndKill(int acknowledgedBeforeKill) throws IOException {
        Process writer =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-cp",
                                System.getProperty("java.class.path"),
                                CrashingWriter.class.getName(),
                                directory.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader lines = writer.inputReader(StandardCharsets.US_ASCII)) {
            String line;
            while ((line = lines.readLine()) != null) {
                acknowledged.add(line);
                if (acknowledged.size() == acknowledgedBeforeKill) {
                    // By its handle: the process's own method would close what is read here.
                    writer.toHandle().destroyForcibly();
                }
            }
        } finally {
            writer.destroyForcibly();
        }
        assertTrue(acknowledged.size() >= acknowledgedBeforeKill, "the writer ended by itself");
        // The kill may have cut the last line.
        acknowledged.removeIf(id -> id.length() != acknowledged.get(0).length());
        return acknowledged;
    }

    private static void assertWhole(IncidentStore store, String id) throws Exception {
        Incident incident = store.find(id).orElseThrow(() -> new AssertionError("lost: " + id));
        assertEquals(IncidentStatus.DECIDED, incident.status());
        try (InputStream slice = store.slice(id).orElseThrow()) {
            byte[] bytes = slice.readAllBytes();
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(bytes);
            assertEquals(incident.slice().sha256(), HexFormat.of().formatHex(sha256));
            assertEquals(incident.slice().bytes(), bytes.length);
        }
    }

    private void assertNoStraySlices(IncidentStore store) throws IOException {
        try (var files = Files.list(directory.resolve("slices"))) {
            Set<String> withoutIncident =
                    files.map(file -> file.getFileName().toString())
                            .filter(
                                    name ->
                                            !name.endsWith(".pcapng")
                                                    || store.find(name.replace(".pcapng", ""))
                                                            .isEmpty())
                            .collect(Collectors.toSet());
            assertEquals(Set.of(), withoutIncident);
        }
    }
}
