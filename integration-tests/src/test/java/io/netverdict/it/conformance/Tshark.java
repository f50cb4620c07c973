package io.netverdict.it.conformance;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Asks tshark for fields of every frame of a file, with its default preferences. Answers are kept
 * in the build directory, by tshark's version, the fields and the file.
 */
final class Tshark {
    private static final long TIMEOUT_SECONDS = 120;

    private final Path cache;
    private final List<String> fields;
    private final String version;

    Tshark(Path cache, List<String> fields) throws IOException, InterruptedException {
        this.cache = Files.createDirectories(cache);
        this.fields = List.copyOf(fields);
        List<String> lines = run(List.of("tshark", "--version"));
        version = lines.isEmpty() ? "" : lines.get(0);
    }

    static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, "tshark")));
    }

    String version() {
        return version;
    }

    /** Has the answer for a file ready, so that several can be waited for at once. */
    void ask(Path file) {
        answer(file);
    }

    /** The fields of each frame; a field that occurs several times has its values in a list. */
    List<TsharkFrame> frames(Path file) {
        List<TsharkFrame> frames = new ArrayList<>();
        for (String line : answer(file)) {
            String[] values = line.split("\t", -1);
            if (values.length == fields.size()) {
                frames.add(new TsharkFrame(fields, values));
            }
        }
        return frames;
    }

    private List<String> answer(Path file) {
        try {
            Path kept = cache.resolve(key(file) + ".tsv");
            if (Files.exists(kept)) {
                return Files.readAllLines(kept, StandardCharsets.ISO_8859_1);
            }
            List<String> lines = run(command(file));
            Path written = Files.createTempFile(cache, "answer", ".tmp");
            Files.write(written, lines, StandardCharsets.ISO_8859_1);
            Files.move(written, kept);
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private List<String> command(Path file) {
        List<String> command =
                new ArrayList<>(List.of("tshark", "-n", "-r", file.toString(), "-T", "fields"));
        for (String field : fields) {
            command.add("-e");
            command.add(field);
        }
        return command;
    }

    private String key(Path file) throws IOException {
        String text = version + fields + file.toAbsolutePath() + Files.size(file);
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Standard output by line; tshark fails on damaged files after telling of their frames. */
    private static List<String> run(List<String> command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                        .start();
        byte[] output = process.getInputStream().readAllBytes();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("no end: " + command);
        }
        return new String(output, StandardCharsets.ISO_8859_1).lines().toList();
    }
}
