package io.netverdict.service.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.service.text.TextStyle;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    /** What a command did. */
    record Result(int status, String out, String err) {}

    static Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Console console =
                new Console(new PrintWriter(out), new PrintWriter(err), TextStyle.PLAIN, false);
        int status = CommandRunner.run(arguments, console);
        console.flush();
        return new Result(status, out.toString(), err.toString());
    }

    @Test
    void shouldTellItsVersion() {
        Result result = run("--version");

        assertEquals(0, result.status());
        assertTrue(result.out().matches("netverdict \\d+\\.\\d+\\.\\d+.* \\(Java .+\\)\\R"));
    }

    @Test
    void shouldHelpWithExamplesOnEveryCommand() {
        for (String name :
                NetverdictCommand.lineFor(new String[0], factory()).getSubcommands().keySet()) {
            Result result = run(name, "--help");

            assertEquals(0, result.status(), name);
            assertTrue(result.out().contains("Usage: netverdict " + name), name);
            assertTrue(result.out().contains("Examples:"), name);
        }
    }

    @Test
    void shouldHaveTheSettingsAsOptionsOfTheServicesCommands() {
        for (String name : List.of("serve", "doctor", "config")) {
            assertTrue(run(name, "--help").out().contains("--kernel-buffer"), name);
        }
    }

    private static CommandRunner.Commands factory() {
        Console console =
                new Console(
                        new PrintWriter(new StringWriter()),
                        new PrintWriter(new StringWriter()),
                        TextStyle.PLAIN,
                        false);
        return new CommandRunner.Commands(console);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "--nonsense",
                "analyze",
                "analyze --at noon file",
                "report",
                "run",
                "show",
                "slice",
                "serve --ring plenty",
                "serve --listen nowhere:port",
                "serve --keep forever"
            })
    void shouldExitWithTwoAndOneLineOnMisuse(String line) {
        Result result = run(line.isEmpty() ? new String[0] : line.split(" "));

        assertEquals(2, result.status());
        assertEquals("", result.out());
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(result.err().contains("--help"), result.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "incidents --service http://127.0.0.1:1",
                "show 1 --service http://127.0.0.1:1",
                "slice 1 --service http://127.0.0.1:1",
                "report --error boom --service http://127.0.0.1:1"
            })
    void shouldExitWithOneAndOneLineWhereNoServiceAnswers(String line) {
        Result result = run(line.split(" "));

        assertEquals(1, result.status());
        assertEquals("", result.out());
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(result.err().contains("netverdict serve"), result.err());
    }
}
