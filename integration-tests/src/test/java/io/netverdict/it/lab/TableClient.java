package io.netverdict.it.lab;

import io.netverdict.service.lab.RealClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program of the table, whose log is to show the hint.
 *
 * @param name as the table shows it
 * @param needs the program that runs it
 * @param command all but seconds and URLs
 * @param oneUrlEach whether it takes one URL at a time
 */
record TableClient(String name, String needs, List<String> command, boolean oneUrlEach) {
    private static final Path REPORTERS = Path.of("..", "error-hook", "docs").toAbsolutePath();

    /** Every client, its files in a directory. */
    static List<TableClient> all(Path directory) throws IOException {
        List<TableClient> clients = new ArrayList<>();
        for (JavaTableClient client : JavaTableClient.values()) {
            clients.add(
                    new TableClient(
                            client.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                            "java",
                            java(JavaTableClient.class.getName(), client.name()),
                            false));
        }
        clients.add(go(directory));
        clients.add(python(directory));
        clients.add(node(directory));
        clients.add(
                new TableClient(
                        "curl under netverdict run",
                        "curl",
                        java("io.netverdict.service.Main", "run", "--", "curl", "-sS", "-o"),
                        true));
        return clients;
    }

    /** What runs it with a time limit for some URLs. */
    List<String> line(int seconds, List<String> urls) {
        List<String> line = new ArrayList<>(command);
        if (oneUrlEach) {
            line.addAll(List.of("/dev/null", "-m"));
        }
        line.add(Integer.toString(seconds));
        line.addAll(urls);
        return line;
    }

    boolean canRun() {
        return needs.equals("java") || RealClient.isOnPath(needs);
    }

    static List<String> java(String... mainAndArguments) {
        List<String> line =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Dlogback.configurationFile=lab/client-logback.xml",
                                "-cp",
                                System.getProperty("java.class.path")));
        line.addAll(List.of(mainAndArguments));
        return line;
    }

    private static TableClient go(Path directory) throws IOException {
        Path module = Files.createDirectories(directory.resolve("go"));
        Path reporter = Files.createDirectories(module.resolve("netverdict"));
        Files.writeString(module.resolve("go.mod"), "module lab\n\ngo 1.18\n");
        resource("main.go", module);
        Files.copy(REPORTERS.resolve("go/netverdict.go"), reporter.resolve("netverdict.go"));
        Path program = module.resolve("program");
        if (RealClient.isOnPath("go")) {
            build(module, program);
        }
        return new TableClient("Go net/http", "go", List.of(program.toString()), false);
    }

    private static void build(Path module, Path program) throws IOException {
        Process build =
                new ProcessBuilder("go", "build", "-o", program.toString(), ".")
                        .directory(module.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(build.getInputStream().readAllBytes());
        try {
            if (build.waitFor() != 0) {
                throw new IOException("go build: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static TableClient python(Path directory) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("python"));
        Files.copy(REPORTERS.resolve("python/netverdict.py"), folder.resolve("netverdict.py"));
        Path program = resource("client.py", folder);
        return new TableClient(
                "Python urllib", "python3", List.of("python3", program.toString()), false);
    }

    private static TableClient node(Path directory) throws IOException {
        Path program = resource("client.js", directory);
        String reporter = REPORTERS.resolve("node/netverdict.js").normalize().toString();
        return new TableClient(
                "Node fetch", "node", List.of("node", program.toString(), reporter), false);
    }

    private static Path resource(String name, Path directory) throws IOException {
        Path file = directory.resolve(name);
        try (InputStream in = TableClient.class.getResourceAsStream("/lab/" + name)) {
            Files.copy(in, file);
        }
        return file;
    }

    /** Whether the reporters' sources are where the tests run. */
    static boolean hasReporters() {
        try (Stream<Path> files = Files.list(REPORTERS)) {
            return files.findAny().isPresent();
        } catch (IOException absent) {
            return false;
        }
    }
}
