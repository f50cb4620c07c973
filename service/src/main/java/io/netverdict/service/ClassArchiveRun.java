package io.netverdict.service;

import io.netverdict.capture.file.FileRecording;
import io.netverdict.capture.live.RecorderConfig;
import io.netverdict.capture.live.RecorderStatus;
import io.netverdict.capture.recording.Recording;
import io.netverdict.correlator.Correlator;
import io.netverdict.service.cli.CommandRunner;
import io.netverdict.service.cli.Console;
import io.netverdict.service.recorder.Recorder;
import io.netverdict.service.warmup.SamplePackets;
import io.netverdict.storage.Retention;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * Loads the classes that a start needs, for the archives that the launcher makes of them after a
 * build. Needs no privileges.
 *
 * <p>Arguments: {@code commands}, which reads a capture with and without error reports and asks a
 * service that is not there, or {@code service}, which starts the service on a capture, asks it,
 * and stops it; then an empty directory.
 */
final class ClassArchiveRun {
    /** Longer than the service takes to go the way of an answer by itself. */
    private static final Duration WARM = Duration.ofSeconds(3);

    private static final String CLASS = ".class";

    /** Of a transfer that makes a file large, which is read in another way. */
    private static final int LARGE_SEGMENTS = 3000;

    private static final List<String> REPORTS =
            List.of(
                    "{\"message\":\"connect ECONNREFUSED 192.0.2.1:81\","
                            + "\"occurredAt\":\"2023-11-14T22:13:20.5Z\"}",
                    "{\"message\":\"Get \\\"http://host.example/a\\\": context deadline exceeded\","
                            + "\"occurredAt\":\"2023-11-14T22:13:21Z\"}");

    private ClassArchiveRun() {}

    /** The capture in the place of the interfaces. */
    private record Replayed(Path capture) implements Recorder {
        @Override
        public Recording snapshot() {
            try {
                return FileRecording.open(capture);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public RecorderStatus status() {
            return new RecorderStatus(0, 0, 0, 0, 0, List.of());
        }

        @Override
        public void close() {}
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[1]);
        Path capture = Files.write(directory.resolve("sample.pcap"), SamplePackets.pcap());
        if (arguments[0].equals("commands")) {
            byte[] large = SamplePackets.pcapWithTransfer(LARGE_SEGMENTS);
            commands(
                    List.of(capture, Files.write(directory.resolve("large.pcap"), large)),
                    Files.write(directory.resolve("errors.jsonl"), REPORTS));
        } else {
            service(capture, directory.resolve("data"));
        }
        System.exit(0);
    }

    private static void commands(List<Path> captures, Path errors) throws IOException {
        for (Class<?> each : List.of(Main.class, Correlator.class, FileRecording.class)) {
            load(each);
        }
        Console console = Console.ofProcess();
        for (Path capture : captures) {
            String file = capture.toString();
            run(console, "analyze", file);
            run(console, "analyze", file, "--errors", errors.toString(), "--json");
            run(console, "analyze", file, "--errors", errors.toString());
        }
        run(console, "incidents", "--service", "http://127.0.0.1:1");
        console.flush();
    }

    /** Loads all classes of a module, since no sample goes every way that a capture may lead. */
    private static void load(Class<?> one) throws IOException {
        CodeSource source = one.getProtectionDomain().getCodeSource();
        try (JarFile jar =
                new JarFile(Path.of(URI.create(source.getLocation().toString())).toFile())) {
            for (String name : jar.stream().map(ZipEntry::getName).toList()) {
                if (name.startsWith("io/netverdict/") && name.endsWith(CLASS)) {
                    String path = name.substring(0, name.length() - CLASS.length());
                    try {
                        Class.forName(path.replace('/', '.'), false, one.getClassLoader());
                    } catch (ClassNotFoundException broken) {
                        throw new IllegalStateException(name, broken);
                    }
                }
            }
        }
    }

    private static void run(Console console, String... arguments) {
        CommandRunner.run(arguments, console);
    }

    private static void service(Path capture, Path data) throws IOException, InterruptedException {
        Console console = Console.ofProcess();
        // Goes as far as the recorder, where no such interface is.
        run(console, "serve", "--ring", "8MiB", "--interface", "-", "--data", data.toString());
        console.flush();
        ServiceSettings settings =
                new ServiceSettings(
                        RecorderConfig.defaults(),
                        data,
                        Retention.DEFAULT,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Duration.ZERO);
        try (NetverdictService service = NetverdictService.start(settings, new Replayed(capture))) {
            int port = service.address().getPort();
            URI status = URI.create("http://127.0.0.1:" + port + "/api/v1/status");
            try (InputStream answer = status.toURL().openStream()) {
                answer.readAllBytes();
            }
            // The way of an answer is gone by the service itself.
            Thread.sleep(WARM.toMillis());
        }
    }
}
