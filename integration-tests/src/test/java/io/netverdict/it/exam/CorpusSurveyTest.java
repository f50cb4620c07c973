package io.netverdict.it.exam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netverdict.capture.file.FileRecording;
import io.netverdict.capture.file.NotACaptureException;
import io.netverdict.correlator.Correlator;
import io.netverdict.it.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Surveys captures of all protocols, link types and kinds of damage. */
class CorpusSurveyTest {
    /** Far beyond what any file needs: only a hang takes so long. */
    private static final Duration HANG = Duration.ofSeconds(60);

    @Test
    void shouldSurveyEveryPublicCaptureWithoutAnExceptionOrAHang() throws Exception {
        Path corpus = SharedData.directory("corpus");
        assumeTrue(Files.isDirectory(corpus), () -> "skipped: the corpus is not here: " + corpus);
        List<String> failures = new ArrayList<>();
        int surveyed = 0;
        int incidents = 0;
        ExecutorService worker =
                Executors.newSingleThreadExecutor(
                        task -> {
                            Thread thread = new Thread(task, "survey");
                            thread.setDaemon(true);
                            return thread;
                        });
        try {
            for (Path file : captures(corpus)) {
                Future<Integer> found = worker.submit(() -> survey(file));
                try {
                    incidents += found.get(HANG.toSeconds(), TimeUnit.SECONDS);
                    surveyed++;
                } catch (TimeoutException e) {
                    failures.add(file + ": no end after " + HANG);
                    break;
                } catch (ExecutionException e) {
                    failures.add(file + ": " + e.getCause());
                }
            }
        } finally {
            worker.shutdownNow();
        }
        System.out.println("corpus: " + surveyed + " files surveyed, " + incidents + " incidents");
        assertEquals(List.of(), failures);
        assertTrue(surveyed > 0, "no captures in " + corpus);
    }

    private static int survey(Path file) throws IOException {
        try (FileRecording recording = FileRecording.open(file)) {
            return new Correlator().survey(recording, (done, total) -> {}).size();
        } catch (NotACaptureException e) {
            return 0;
        }
    }

    private static List<Path> captures(Path corpus) throws IOException {
        try (Stream<Path> files = Files.walk(corpus)) {
            return files.filter(Files::isRegularFile)
                    .filter(
                            file ->
                                    file.getFileName()
                                            .toString()
                                            .matches(".*\\.(pcap|pcapng|trace|cap|dmp)(\\.gz)?"))
                    .sorted()
                    .toList();
        }
    }
}
