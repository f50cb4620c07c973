package io.netverdict.service.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.netverdict.correlator.model.ContractJson;
import io.netverdict.service.SampleCapture;
import io.netverdict.service.cli.CommandLineTest.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DissectCommandTest {
    @TempDir private Path directory;
    private String capture;

    @BeforeEach
    void write() throws IOException {
        capture = SampleCapture.writeTo(directory).toString();
    }

    @Test
    void shouldPrintOneJsonObjectALine() throws IOException {
        Result result = CommandLineTest.run("dissect", capture, "--jsonl");

        assertEquals(0, result.status(), result.err());
        List<String> lines = result.out().lines().toList();
        assertEquals(4, lines.size());
        JsonNode second = ContractJson.mapper().readTree(lines.get(1));
        assertEquals(2, second.path("frame").asInt());
        assertEquals(1, second.path("flow").asInt());
        assertEquals("SYN", second.path("tcp").path("flags").asText());
        assertEquals("[\"retransmission\"]", second.path("tcp").path("analysis").toString());
    }

    @Test
    void shouldPrintOneLineAPacketForPeople() {
        Result result = CommandLineTest.run("dissect", capture);

        assertEquals(0, result.status(), result.err());
        List<String> lines = result.out().lines().toList();
        assertEquals(4, lines.size());
        assertTrue(lines.get(3).contains("SYN seq 0"), lines.get(3));
        assertTrue(lines.get(3).contains("[retransmission]"), lines.get(3));
    }

    @Test
    void shouldSayInOneLineThatAFileIsMissing() {
        Result result = CommandLineTest.run("dissect", directory.resolve("absent").toString());

        assertEquals(1, result.status());
        assertEquals("", result.out());
        assertTrue(result.err().contains("no such file"), result.err());
    }
}
