package io.netverdict.it.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netverdict.capture.file.NotACaptureException;
import io.netverdict.it.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the dissection to tshark, frame by frame over the public captures, and prints how far they
 * agree.
 */
class TsharkConformanceTest {
    private static final int MAX_DIFFERENCES_PRINTED = 60;
    private static final int THREADS = 2;

    /** Every so many files are compared; 1 for all of them. */
    private static final int STEP = Integer.getInteger("netverdict.conformance.step", 1);

    @Test
    void shouldAgreeWithTsharkFrameByFrame() throws Exception {
        Path corpus = SharedData.directory("corpus");
        assumeTrue(Files.isDirectory(corpus), () -> "skipped: the corpus is not here: " + corpus);
        assumeTrue(Tshark.isInstalled(), "skipped: tshark is not installed");
        Path cache = SharedData.projectRoot().resolve("integration-tests/target/tshark");
        Tshark tshark = new Tshark(cache, fields());
        KnownDifferences known = KnownDifferences.read("known-differences.tsv");
        Comparison result = new Comparison(known);
        compareAll(corpus, tshark, result);
        print(tshark, result);
        assertTrue(result.files > 0, "no captures in " + corpus);
        if (STEP == 1) {
            assertEquals(Set.of(), known.unmet(), "known differences that are none any more");
        }
        result.marks.forEach(
                (mark, agreement) -> {
                    if (mark.hasGoal()) {
                        assertTrue(
                                agreement.f1() >= MarkField.GOAL, mark.label() + ": " + agreement);
                    }
                });
        result.values.forEach(
                (value, agreement) -> assertEquals(1, agreement.f1(), value + ": " + agreement));
    }

    private static List<String> fields() {
        List<String> fields =
                new ArrayList<>(List.of("frame.number", "frame.protocols", "tcp.stream"));
        for (MarkField mark : MarkField.values()) {
            fields.add(mark.field());
        }
        for (ValueComparison value : ValueComparison.values()) {
            fields.add(value.field());
        }
        return fields;
    }

    private static void compareAll(Path corpus, Tshark tshark, Comparison result) throws Exception {
        ExecutorService asking = Executors.newFixedThreadPool(THREADS);
        try {
            List<Path> files = captures(corpus);
            List<Future<?>> asked = new ArrayList<>();
            for (Path file : files) {
                asked.add(asking.submit(() -> tshark.ask(file)));
            }
            for (int i = 0; i < files.size(); i++) {
                asked.get(i).get();
                try {
                    FileComparison.compare(corpus, files.get(i), tshark, result);
                } catch (NotACaptureException none) {
                    assertEquals(List.of(), tshark.frames(files.get(i)), none.getMessage());
                }
            }
        } finally {
            asking.shutdownNow();
        }
    }

    private static List<Path> captures(Path corpus) throws IOException {
        try (Stream<Path> all = Files.walk(corpus)) {
            List<Path> files =
                    all.filter(Files::isRegularFile)
                            .filter(
                                    file ->
                                            file.getFileName()
                                                    .toString()
                                                    .matches(
                                                            ".*\\.(pcap|pcapng|trace|cap)(\\.gz)?"))
                            .sorted()
                            .toList();
            List<Path> chosen = new ArrayList<>();
            for (int i = 0; i < files.size(); i += STEP) {
                chosen.add(files.get(i));
            }
            return chosen;
        }
    }

    private static void print(Tshark tshark, Comparison result) {
        System.out.println("conformance with " + tshark.version());
        System.out.println(
                result.files
                        + " files, "
                        + result.segments
                        + " TCP segments; left out: "
                        + result.tunnelledFrames
                        + " frames with IP in IP, and their connections; "
                        + result.known.size()
                        + " known differences");
        System.out.println("segments behind link layers that are not read: " + result.unreadLayers);
        result.marks.forEach(
                (mark, agreement) -> System.out.printf("%-24s %s%n", mark.label(), agreement));
        result.values.forEach(
                (value, agreement) -> System.out.printf("%-24s %s%n", value, agreement));
        System.out.println("differences: " + result.differences.size());
        result.differences.stream()
                .limit(MAX_DIFFERENCES_PRINTED)
                .forEach(difference -> System.out.println("  " + difference));
    }
}
