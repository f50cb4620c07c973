package io.netverdict.nativelib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SessionPriorityTest {
    private static final int NICE = 3;

    @Test
    void leadsItsSessionWhereBothHaveOneNumber() {
        assertTrue(SessionPriority.leadsSession("7 (java) S 1 7 7 0 -1"));
        assertTrue(SessionPriority.leadsSession("7 (a) b (c)) S 1 6 7 0 -1"));
        assertFalse(SessionPriority.leadsSession("7 (java) S 1 7 6 0 -1"));
        assertFalse(SessionPriority.leadsSession("7 (java) S 1 7 77 0 -1"));
        assertFalse(SessionPriority.leadsSession("77 (java) S 1 7 7 0 -1"));
        assertFalse(SessionPriority.leadsSession(""));
    }

    @Test
    void refusesWhatIsNoNiceValue() {
        for (int nice : new int[] {-21, 20}) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> SessionPriority.set(nice));
            assertEquals("nice=" + nice, refused.getMessage());
        }
    }

    @Test
    void isRefusedWhereTheKernelDoesNotGroupSessions() throws IOException {
        assumeFalse(SessionPriority.isGrouped(), "the kernel groups sessions here");
        assertFalse(SessionPriority.set(NICE));
    }

    /** As the kernel tells it. */
    private static String told() throws IOException {
        return Files.readString(Path.of("/proc/self/autogroup")).strip();
    }

    /** Sets its session's nice value and prints what came of it. */
    public static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws IOException {
            System.out.println(SessionPriority.set(NICE) + " " + told());
        }
    }

    @Test
    void givesASessionOfItsOwnItsNiceValueAndLeavesOthersAlone() throws Exception {
        assumeTrue(SessionPriority.isGrouped(), "the kernel does not group sessions here");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "no setsid");
        String before = told();
        String java = ProcessHandle.current().info().command().orElseThrow();
        List<String> program =
                List.of(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName());
        String own = output("/usr/bin/setsid", program);
        String shared = output("/usr/bin/env", program);

        assertTrue(own.startsWith("true ") && own.endsWith(" nice " + NICE), own);
        assertTrue(shared.startsWith("false "), shared);
        assertEquals(before, told());
    }

    private static String output(String with, List<String> program) throws Exception {
        List<String> words = new java.util.ArrayList<>(List.of(with));
        if (with.endsWith("setsid")) {
            // So that the output is waited for where setsid goes on in a child.
            words.add("--wait");
        }
        words.addAll(program);
        Process process =
                new ProcessBuilder(words)
                        .redirectError(new File("/dev/null"))
                        .redirectInput(new File("/dev/null"))
                        .start();
        String said = new String(process.getInputStream().readAllBytes()).strip();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return said;
    }
}
