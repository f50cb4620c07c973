package io.netverdict.nativelib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The classes of {@code src/main/java22} pass the tests of those whose place they take, without a
 * word from the virtual machine; skipped where no JDK 22 or newer is installed.
 */
class NewerJavaTest {
    private static final int OLDEST = 22;
    private static final Path SYSTEM_JAVAS = Path.of("/usr/lib/jvm");

    /** A line of a JDK's release file up to the feature version. */
    private static final String VERSION = "JAVA_VERSION=\"";

    @TempDir private Path scratch;

    private static int featureVersion(Path home) {
        try {
            for (String line : Files.readAllLines(home.resolve("release"))) {
                if (line.startsWith(VERSION)) {
                    String version = line.substring(VERSION.length());
                    return Integer.parseInt(version.split("[.\"-]")[0]);
                }
            }
        } catch (IOException | NumberFormatException notAJava) {
            return 0;
        }
        return 0;
    }

    private static Path newerJava() throws IOException {
        if (Runtime.version().feature() >= OLDEST) {
            return Path.of(System.getProperty("java.home"));
        }
        if (!Files.isDirectory(SYSTEM_JAVAS)) {
            return null;
        }
        try (Stream<Path> homes = Files.list(SYSTEM_JAVAS)) {
            return homes.filter(home -> featureVersion(home) >= OLDEST)
                    .filter(home -> Files.isExecutable(home.resolve("bin/javac")))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** What it printed on both outputs, which must be all it has to say when it is well. */
    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed;
    }

    @Test
    void shouldPassTheSameTestsOnForeignMemory() throws IOException, InterruptedException {
        Path home = newerJava();
        assumeTrue(home != null, "no JDK 22 or newer in " + SYSTEM_JAVAS);
        String classPath = System.getProperty("java.class.path");
        List<String> compile =
                new ArrayList<>(
                        List.of(
                                home.resolve("bin/javac").toString(),
                                "-Xlint:all",
                                "-Werror",
                                "--release",
                                String.valueOf(OLDEST),
                                "-d",
                                scratch.toString()));
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java22"))) {
            sources.filter(path -> path.toString().endsWith(".java"))
                    .forEach(path -> compile.add(path.toString()));
        }
        assertEquals("", run(compile));
        String printed =
                run(
                        List.of(
                                home.resolve("bin/java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                scratch + File.pathSeparator + classPath,
                                TestRun.class.getName(),
                                NativeMemoryTest.class.getName()));
        assertEquals(
                NativeMemoryTest.class.getName()
                        + ": 5 passed, 0 failed, memory by java.lang.foreign",
                printed.strip());
    }
}
