package io.netverdict.it.exam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netverdict.capture.file.FileRecording;
import io.netverdict.capture.file.NotACaptureException;
import io.netverdict.correlator.SurveyProgress;
import io.netverdict.correlator.survey.Surveyor;
import io.netverdict.it.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Surveys captures of all protocols, link types and kinds of damage. Most of them hold
 * conversations that went well; {@code corpus-accusations.txt} lists the others with the reason.
 */
class CorpusSurveyTest {
    /** Far beyond what any file needs: only a hang takes so long. */
    private static final Duration HANG = Duration.ofSeconds(60);

    @Test
    void shouldSurveyEveryPublicCaptureAndAccuseNobodyWithoutAReason() throws Exception {
        Path corpus = SharedData.directory("corpus");
        assumeTrue(Files.isDirectory(corpus), () -> "skipped: the corpus is not here: " + corpus);
        List<String> failures = new ArrayList<>();
        List<String> accusations = new ArrayList<>();
        int surveyed = 0;
        ExecutorService worker =
                Executors.newSingleThreadExecutor(
                        task -> {
                            Thread thread = new Thread(task, "survey");
                            thread.setDaemon(true);
                            return thread;
                        });
        try {
            for (Path file : captures(corpus)) {
                Future<List<String>> found = worker.submit(() -> survey(corpus, file));
                try {
                    accusations.addAll(found.get(HANG.toSeconds(), TimeUnit.SECONDS));
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
        System.out.println("corpus: " + surveyed + " files surveyed, accused:");
        Map<String, String> reasons = knownAccusations();
        accusations.forEach(a -> System.out.println("  " + a + " | " + reasons.get(a)));
        accusations.removeAll(reasons.keySet());
        assertEquals(List.of(), failures);
        assertEquals(List.of(), accusations, "accused without a known reason");
        assertTrue(surveyed > 0, "no captures in " + corpus);
    }

    /** File and cause of each accusation, as the list of the known ones has them. */
    private static List<String> survey(Path corpus, Path file) throws IOException {
        try (FileRecording recording = FileRecording.open(file)) {
            // The corpus is a directory of collections.
            Path relative = corpus.relativize(file);
            String name = relative.subpath(1, relative.getNameCount()).toString();
            return new Surveyor()
                    .survey(recording, SurveyProgress.SILENT).stream()
                            .map(d -> name + " | " + d.verdict().cause().code())
                            .distinct()
                            .toList();
        } catch (NotACaptureException e) {
            return List.of();
        }
    }

    /** Reasons by file and cause. */
    private static Map<String, String> knownAccusations() throws IOException {
        Map<String, String> reasons = new HashMap<>();
        try (InputStream list =
                CorpusSurveyTest.class.getResourceAsStream("corpus-accusations.txt")) {
            String text = new String(list.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().filter(l -> !l.startsWith("#")).toList()) {
                int reason = line.lastIndexOf(" | ");
                reasons.put(line.substring(0, reason), line.substring(reason + 3));
            }
        }
        return reasons;
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
