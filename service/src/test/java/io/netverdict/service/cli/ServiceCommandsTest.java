package io.netverdict.service.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.netverdict.correlator.model.ContractJson;
import io.netverdict.service.RunningService;
import io.netverdict.service.SampleCapture;
import io.netverdict.service.cli.CommandLineTest.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceCommandsTest {
    @TempDir private Path directory;
    private RunningService service;

    @BeforeEach
    void start() throws IOException {
        service = new RunningService(directory, Duration.ofMillis(60));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    /** Runs a command with this service named behind its own name. */
    private Result run(String command, String... arguments) {
        List<String> all =
                new ArrayList<>(List.of(command, "--service", service.url("").toString()));
        all.addAll(List.of(arguments));
        return CommandLineTest.run(all.toArray(String[]::new));
    }

    private JsonNode report() throws IOException {
        Result result =
                run(
                        "report",
                        "--error",
                        SampleCapture.MESSAGE,
                        "--url",
                        SampleCapture.URL,
                        "--at",
                        SampleCapture.ERROR_AT.toString(),
                        "--json");
        assertEquals(0, result.status(), result.err());
        return ContractJson.mapper().readTree(result.out());
    }

    @Test
    void shouldReportAndShowTheSameIncident() throws IOException {
        JsonNode reported = report();

        String id = reported.path("id").asText();
        Result shown = run("show", id, "--json");
        assertEquals(reported, ContractJson.mapper().readTree(shown.out()));
        assertTrue(run("show", id).out().contains(reported.path("verdict").path("cause").asText()));
    }

    @Test
    void shouldListIncidents() throws IOException {
        String id = report().path("id").asText();

        assertTrue(run("incidents").out().startsWith(id));
        assertTrue(run("incidents", "--host", "192.0.2.80").out().startsWith(id));
        assertEquals("", run("incidents", "--host", "198.51.100.9").out());
    }

    @Test
    void shouldPassOnWhatTheServiceRefuses() {
        Result filter = run("incidents", "--cause", "tcp.bored");
        Result missing = run("show", "none");

        assertEquals(1, filter.status());
        assertTrue(filter.err().contains("cause"), filter.err());
        assertEquals(1, missing.status());
        assertEquals(1, missing.err().lines().count());
    }

    @Test
    void shouldKeepTheExitStatusOfAClientAndExplainItsFailure() {
        Result result = run("run", "--", "sh", "-c", "echo dial 192.0.2.80:8443 >&2; exit 7");

        assertEquals(7, result.status());
        assertEquals("", result.out());
        assertTrue(result.err().contains("incident "), result.err());
    }

    @Test
    void shouldSayNothingOfAClientThatSucceeds() {
        Result result = run("run", "--", "true");

        assertEquals(0, result.status());
        assertEquals("", result.err());
    }

    @Test
    void shouldKeepTheExitStatusWithoutAService() {
        Result result =
                CommandLineTest.run(
                        "run", "--service", "http://127.0.0.1:1", "--", "sh", "-c", "exit 9");

        assertEquals(9, result.status());
        assertEquals(1, result.err().lines().count(), result.err());
    }

    @Test
    void shouldSayThatAClientIsNotThere() {
        Result result = run("run", "--", "/nowhere/client");

        assertEquals(127, result.status());
        assertFalse(result.err().contains("Exception"), result.err());
    }
}
