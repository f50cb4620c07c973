package io.netverdict.service.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.netverdict.correlator.model.ContractJson;
import io.netverdict.service.cli.CommandLineTest.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
    @TempDir private Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("netverdict.yaml"), text);
    }

    @Test
    void shouldShowEachValueAndWhereItComesFrom() throws Exception {
        Path file = file("keep: 7d\n");
        Result result =
                CommandLineTest.run(
                        "config", "--config", file.toString(), "-i", "lo", "--interface", "eth0");

        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().matches("(?s).*keep +7d +" + file + ":1\\R.*"), result.out());
        assertTrue(result.out().matches("(?s).*interface +lo,eth0 +--interface\\R.*"));
        assertTrue(result.out().matches("(?s).*settle +2s +default\\R.*"), result.out());
    }

    @Test
    void shouldTellProgramsTheSame() throws Exception {
        Result result =
                CommandLineTest.run(
                        "config", "--config", file("keep: 7d").toString(), "--ring=1GiB", "--json");

        JsonNode document = ContractJson.mapper().readTree(result.out());
        assertTrue(document.path("file").asText().endsWith("netverdict.yaml"));
        JsonNode ring = document.path("settings").path(1);
        assertEquals("ring", ring.path("name").asText());
        assertEquals("1GiB", ring.path("value").asText());
        assertEquals("flag", ring.path("origin").path("kind").asText());
        assertEquals("256MiB", ring.path("defaultValue").asText());
    }

    @Test
    void shouldCheckAFileInOneLine() throws Exception {
        Result good = CommandLineTest.run("config", "--check", "--config", file("").toString());
        Result bad =
                CommandLineTest.run("config", "--check", "--config", file("rnig: 1").toString());
        Result missing = CommandLineTest.run("config", "--check", "--config", "/nowhere/a.yaml");

        assertEquals(0, good.status());
        assertEquals("", good.out() + good.err());
        assertEquals(1, bad.status());
        assertTrue(bad.err().contains("netverdict.yaml:1: there is no setting 'rnig'"), bad.err());
        assertEquals(1, missing.status());
        assertEquals(1, missing.err().lines().count(), missing.err());
    }

    @Test
    void shouldPrintATemplateThatChangesNothing() throws Exception {
        String template = CommandLineTest.run("config", "--template").out();

        String uncommented = template.replaceAll("(?m)^#(?=[a-z-]+:)", "");
        for (String text : new String[] {template, uncommented}) {
            Result result =
                    CommandLineTest.run("config", "--check", "--config", file(text).toString());
            assertEquals(0, result.status(), result.err());
        }
    }

    @Test
    void shouldRefuseToServeWithAConfigurationThatIsWrong() throws Exception {
        Result result =
                CommandLineTest.run("serve", "--config", file("listen: nowhere").toString());

        assertEquals(1, result.status());
        assertTrue(result.err().contains("netverdict.yaml:1: listen 'nowhere' is no address:port"));
    }
}
