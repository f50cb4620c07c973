package io.netverdict.service.run;

import io.netverdict.correlator.model.ErrorReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A finished run of a client command.
 *
 * @param command with its arguments, which may hold secrets: only a URL is ever reported of them
 * @param exitStatus 128 and the signal's number where a signal ended it
 * @param errorTail the end of what it wrote to standard error
 */
public record ClientRun(
        List<String> command,
        Instant startedAt,
        Instant endedAt,
        int exitStatus,
        String errorTail) {
    private static final int TAIL_BYTES = 8 << 10;
    private static final int CHUNK_BYTES = 4 << 10;
    private static final Pattern URL = Pattern.compile("https?://[^\\s'\"<>]+");
    private static final Pattern USER = Pattern.compile("^(https?://)[^/@]*@");

    public ClientRun {
        command = List.copyOf(command);
    }

    /**
     * Runs a command to its end; it has this process's standard input and output.
     *
     * @param errorOutput receives its standard error as it comes
     * @throws IOException where it cannot be started
     */
    public static ClientRun of(List<String> command, OutputStream errorOutput)
            throws IOException, InterruptedException {
        Instant startedAt = Instant.now();
        Process process =
                new ProcessBuilder(command)
                        .redirectInput(Redirect.INHERIT)
                        .redirectOutput(Redirect.INHERIT)
                        .start();
        byte[] tail = new byte[0];
        try (InputStream errors = process.getErrorStream()) {
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int read = errors.read(chunk); read >= 0; read = errors.read(chunk)) {
                errorOutput.write(chunk, 0, read);
                errorOutput.flush();
                tail = append(tail, chunk, read);
            }
        }
        int exitStatus = process.waitFor();
        String text = new String(tail, StandardCharsets.UTF_8);
        return new ClientRun(command, startedAt, Instant.now(), exitStatus, text);
    }

    private static byte[] append(byte[] tail, byte[] chunk, int length) {
        byte[] joined = Arrays.copyOf(tail, tail.length + length);
        System.arraycopy(chunk, 0, joined, tail.length, length);
        return joined.length <= TAIL_BYTES
                ? joined
                : Arrays.copyOfRange(joined, joined.length - TAIL_BYTES, joined.length);
    }

    /** The failure as an error report. */
    public ErrorReport toReport() {
        String message = lastStates(errorTail);
        String program = Path.of(command.get(0)).getFileName().toString();
        if (message.isBlank()) {
            message = program + " exited with status " + exitStatus;
        }
        return new ErrorReport(
                message,
                url(),
                null,
                endedAt,
                startedAt,
                null,
                null,
                null,
                program,
                null,
                Map.of("exitStatus", String.valueOf(exitStatus)));
    }

    /** A progress meter rewrites its line: of each line, what stood there last. */
    private static String lastStates(String text) {
        StringBuilder states = new StringBuilder();
        for (String line : text.split("\n")) {
            String shown = line.stripTrailing();
            states.append(shown.substring(shown.lastIndexOf('\r') + 1)).append('\n');
        }
        return states.toString().strip();
    }

    /** The first URL among the arguments, without user and password; null for none. */
    private String url() {
        for (String argument : command.subList(1, command.size())) {
            Matcher url = URL.matcher(argument);
            if (url.find()) {
                return USER.matcher(url.group()).replaceFirst("$1");
            }
        }
        return null;
    }
}
