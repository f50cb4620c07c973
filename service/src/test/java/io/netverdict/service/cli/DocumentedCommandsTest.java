package io.netverdict.service.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.netverdict.service.SampleCapture;
import io.netverdict.service.cli.CommandLineTest.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands that the docs show, on a capture of our own. */
class DocumentedCommandsTest {
    private static final Path PAGE = Path.of("docs", "how-a-verdict-is-made.md");
    private static final Pattern BLOCK = Pattern.compile("(?s)```sh\\n(.*?)```");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @TempDir private Path directory;

    @Test
    void shouldWorkAsShown() throws IOException {
        Path capture = SampleCapture.writeTo(directory);
        List<String> commands = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(Files.readString(PAGE));
        while (blocks.find()) {
            commands.addAll(blocks.group(1).lines().toList());
        }

        assertFalse(commands.isEmpty());
        for (String command : commands) {
            Result result = CommandLineTest.run(words(command, capture));
            assertEquals(0, result.status(), () -> command + ": " + result.err());
        }
    }

    private String[] words(String command, Path capture) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(command);
        while (matcher.find()) {
            String word = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            words.add(
                    switch (word) {
                        case "trace.pcapng" -> capture.toString();
                        case "report.html" -> directory.resolve(word).toString();
                        default -> word;
                    });
        }
        assertEquals("netverdict", words.remove(0), command);
        return words.toArray(String[]::new);
    }
}
