package io.netverdict.service;

import io.netverdict.capture.file.FileRecording;
import io.netverdict.capture.live.RecorderConfig;
import io.netverdict.capture.live.RecorderStatus;
import io.netverdict.capture.recording.Recording;
import io.netverdict.service.cli.CommandRunner;
import io.netverdict.service.cli.Console;
import io.netverdict.service.recorder.Recorder;
import io.netverdict.storage.Retention;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Loads the classes that commands and the service need, for the archive that the launcher makes of
 * them after a build: analyzes a capture with and without a report, starts the service on it, asks
 * it, and stops it. Needs no privileges.
 *
 * <p>Arguments: a capture, a file of error reports, an empty directory.
 */
final class ClassArchiveRun {
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
        String capture = arguments[0];
        Console console = Console.ofProcess();
        CommandRunner.run(new String[] {"analyze", capture}, console);
        CommandRunner.run(
                new String[] {"analyze", capture, "--errors", arguments[1], "--json"}, console);
        // Goes as far as the recorder, where no such interface is.
        CommandRunner.run(
                new String[] {
                    "serve", "--ring", "8MiB", "--interface", "-", "--data", arguments[2]
                },
                console);
        console.flush();
        ServiceSettings settings =
                new ServiceSettings(
                        RecorderConfig.defaults(),
                        Path.of(arguments[2]),
                        Retention.DEFAULT,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Duration.ZERO);
        try (NetverdictService service =
                NetverdictService.start(settings, new Replayed(Path.of(capture)))) {
            int port = service.address().getPort();
            URI status = URI.create("http://127.0.0.1:" + port + "/api/v1/status");
            try (InputStream answer = status.toURL().openStream()) {
                answer.readAllBytes();
            }
            // The way of an answer is gone by the service itself.
            Thread.sleep(Duration.ofSeconds(3).toMillis());
        }
        System.exit(0);
    }
}
