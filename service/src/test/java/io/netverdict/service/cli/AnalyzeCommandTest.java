package io.netverdict.service.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.netverdict.capture.file.FileRecording;
import io.netverdict.correlator.model.ContractJson;
import io.netverdict.service.SampleCapture;
import io.netverdict.service.cli.CommandLineTest.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyzeCommandTest {
    private static final String AT = SampleCapture.ERROR_AT.toString();

    @TempDir private Path directory;
    private Path capture;

    @BeforeEach
    void write() throws IOException {
        capture = SampleCapture.writeTo(directory);
    }

    private static Result analyze(Object... arguments) {
        String[] texts = Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
        String[] all = new String[texts.length + 1];
        all[0] = "analyze";
        System.arraycopy(texts, 0, all, 1, texts.length);
        return CommandLineTest.run(all);
    }

    private static JsonNode json(Result result) throws IOException {
        assertEquals(0, result.status(), result.err());
        return ContractJson.mapper().readTree(result.out());
    }

    @Test
    void shouldDescribeFileAndIncidentAsTheContractSays() throws IOException {
        JsonNode document =
                json(analyze(capture, "--json", "--error", SampleCapture.MESSAGE, "--at", AT));

        JsonNode file = document.path("files").path(0);
        assertEquals(capture.toString(), file.path("name").asText());
        assertEquals(4, file.path("packets").asInt());
        assertEquals(Files.size(capture), file.path("bytes").asLong());
        assertEquals("2026-11-23T11:00:00.123456789Z", file.path("firstPacketAt").asText());
        assertEquals("2026-11-23T11:00:07.223456789Z", file.path("lastPacketAt").asText());
        assertFalse(file.has("problem"));
        JsonNode incident = document.path("incidents").path(0);
        assertEquals("decided", incident.path("status").asText());
        assertEquals(SampleCapture.MESSAGE, incident.path("error").path("message").asText());
        assertEquals(AT, incident.path("error").path("occurredAt").asText());
        assertEquals("tcp.syn-no-response", incident.path("verdict").path("cause").asText());
        assertEquals(
                "[1,2,3,4]",
                incident.path("verdict").path("evidence").path(0).path("frames").toString());
    }

    @Test
    void shouldAnswerReportsInTheirOrder() throws IOException {
        Path errors = directory.resolve("errors.jsonl");
        Files.writeString(errors, "{\"message\":\"one\"}\n\n{\"message\":\"two\"}\n");

        JsonNode incidents = json(analyze(capture, "--json", "--errors", errors)).path("incidents");

        assertEquals(2, incidents.size());
        assertEquals("one", incidents.path(0).path("error").path("message").asText());
        assertEquals("two", incidents.path(1).path("error").path("message").asText());
    }

    @Test
    void shouldGiveOneIncidentForOneReportWhateverTheNumberOfFiles() throws IOException {
        JsonNode document =
                json(analyze(capture, capture, "--json", "--error", "boom", "--at", AT));

        assertEquals(2, document.path("files").size());
        assertEquals(1, document.path("incidents").size());
    }

    @Test
    void shouldNameLineAndFieldOfAMalformedReport() throws IOException {
        Path errors = directory.resolve("errors.jsonl");
        Files.writeString(errors, "{\"message\":\"one\"}\n{\"message\":\"two\",\"url\":7}\n");

        Result result = analyze(capture, "--errors", errors);

        assertEquals(1, result.status());
        assertEquals(1, result.err().lines().count());
        assertTrue(result.err().contains("line 2: field \"url\""), result.err());
    }

    @Test
    void shouldAnalyseADamagedFileUpToTheBreak() throws IOException {
        byte[] whole = Files.readAllBytes(capture);
        Files.write(capture, Arrays.copyOf(whole, whole.length - 10));

        Result result = analyze(capture, "--json");

        JsonNode file = json(result).path("files").path(0);
        assertEquals(3, file.path("packets").asInt());
        assertTrue(file.path("problem").isTextual());
        assertEquals(1, result.err().lines().count(), result.err());
    }

    @Test
    void shouldFailInOneLineOnWhatIsNoCapture() throws IOException {
        Path text = Files.writeString(directory.resolve("notes.txt"), "not packets");

        for (Path file : new Path[] {text, directory, directory.resolve("missing")}) {
            Result result = analyze(file);

            assertEquals(1, result.status());
            assertEquals("", result.out());
            assertEquals(1, result.err().lines().count(), result.err());
            assertFalse(result.err().contains("Exception"), result.err());
        }
    }

    @Test
    void shouldTakeAnEmptyFileForADamagedOne() throws IOException {
        Path empty = Files.createFile(directory.resolve("empty.pcap"));

        Result result = analyze(empty, "--json", "--error", "boom");

        JsonNode document = json(result);
        assertTrue(document.path("files").path(0).path("problem").isTextual());
        assertEquals(
                "capture.insufficient",
                document.path("incidents").path(0).path("verdict").path("cause").asText());
    }

    @Test
    void shouldWriteSlicesThatReadBack() throws IOException {
        Path slices = directory.resolve("slices");

        JsonNode incident =
                json(analyze(
                                capture,
                                "--json",
                                "--error",
                                SampleCapture.MESSAGE,
                                "--at",
                                AT,
                                "--slice-dir",
                                slices))
                        .path("incidents")
                        .path(0);

        Path slice = slices.resolve(incident.path("id").asText() + ".pcapng");
        try (FileRecording recording = FileRecording.open(slice)) {
            assertEquals(incident.path("slice").path("packets").asLong(), recording.packets());
            assertEquals(incident.path("slice").path("bytes").asLong(), recording.bytes());
            assertEquals(4, recording.packets());
        }
    }

    @Test
    void shouldPrintTheVerdictForPeople() {
        Result result = analyze(capture, "--error", SampleCapture.MESSAGE, "--at", AT);

        assertEquals(0, result.status());
        assertTrue(result.out().lines().findFirst().orElseThrow().matches("\\w+\\.[\\w-]+ .*%\\)"));
        assertFalse(result.out().contains("\u001B"));
    }
}
