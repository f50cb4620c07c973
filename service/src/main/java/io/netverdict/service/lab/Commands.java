package io.netverdict.service.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the system's own tools and turns their complaints into exceptions. */
final class Commands {
    private static final long LIMIT_SECONDS = 10;

    private Commands() {}

    /** Runs a command to its end. */
    static void run(String... command) {
        feed("", command);
    }

    /** Runs a command with text on its standard input. */
    static void feed(String input, String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new LabException(List.of(command) + " does not end");
            }
            if (process.exitValue() != 0) {
                throw new LabException(String.join(" ", command) + ": " + said.strip());
            }
        } catch (IOException e) {
            throw new LabException(
                    command[0] + " cannot be run: install iproute2 (" + e.getMessage() + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }
}
