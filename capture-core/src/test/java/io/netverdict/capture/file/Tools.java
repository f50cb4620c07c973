package io.netverdict.capture.file;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Other programs that tests compare with, and the shared data. */
final class Tools {
    private Tools() {}

    static boolean installed(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /** What a program prints to standard output; its errors are dropped. */
    static List<String> output(Path scratch, String... command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(scratch, "output-", ".txt");
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        process.waitFor();
        return Files.readAllLines(out, StandardCharsets.UTF_8);
    }

    /** A directory of the shared data beside the project, which may be absent. */
    static Path shared(String name) {
        Path directory = Path.of("").toAbsolutePath();
        while (directory != null && !Files.exists(directory.resolve(".git"))) {
            directory = directory.getParent();
        }
        return directory == null
                ? Path.of("shared", name)
                : directory.resolveSibling("shared").resolve(name);
    }
}
