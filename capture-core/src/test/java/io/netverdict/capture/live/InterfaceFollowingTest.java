package io.netverdict.capture.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Interfaces come and go in a namespace of this test's own; skipped without privileges. */
class InterfaceFollowingTest {
    private static final String NAMESPACE = "nvcap-" + ProcessHandle.current().pid();

    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
        } catch (IOException noSuchCommand) {
            return -1;
        }
    }

    @Test
    void shouldFollowInterfacesThatComeAndGo() throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                run("ip", "netns", "add", NAMESPACE) == 0,
                "network namespaces cannot be made here: needs root and iproute2");
        try {
            Process probe =
                    new ProcessBuilder(
                                    "ip",
                                    "netns",
                                    "exec",
                                    NAMESPACE,
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-cp",
                                    System.getProperty("java.class.path")
                                            + File.pathSeparator
                                            + System.getProperty("surefire.test.class.path", ""),
                                    FollowingProbe.class.getName())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            List<String> steps =
                    new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList();
            probe.waitFor();
            assertEquals(
                    List.of(
                            "loopback is recorded",
                            "interfaces that appear are recorded",
                            "their packets are found with directions",
                            "interfaces that vanish end cleanly",
                            "their packets are still found",
                            "interfaces that come back are recorded under their old place",
                            "leaves no thread behind when it stops"),
                    steps);
        } finally {
            run("ip", "netns", "del", NAMESPACE);
        }
    }
}
