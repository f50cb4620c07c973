package io.netverdict.it.exam;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.netverdict.correlator.model.ContractJson;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.it.SharedData;
import io.netverdict.service.intake.MalformedReportException;
import io.netverdict.service.intake.ReportParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One recorded failure.
 *
 * @param name the folder's name
 * @param capture the packets
 * @param report what the client said
 * @param causes codes that count as right, the best one first
 * @param blames where the fault may be placed
 */
record ExamCase(
        String name, Path capture, ErrorReport report, List<String> causes, List<String> blames) {
    private static final String CASES_PROPERTY = "exam.cases";

    /** Reads a folder with {@code case.json} and a capture. */
    static ExamCase read(Path folder) throws IOException {
        JsonNode json = ContractJson.mapper().readTree(folder.resolve("case.json").toFile());
        try (Stream<Path> files = Files.list(folder)) {
            Path capture =
                    files.filter(file -> file.getFileName().toString().startsWith("capture."))
                            .findFirst()
                            .orElseThrow(() -> new IOException("no capture in " + folder));
            return new ExamCase(
                    folder.getFileName().toString(),
                    capture,
                    ReportParser.parse(json.path("error").toString()),
                    codes(json.path("accept").path("cause")),
                    codes(json.path("accept").path("blame")));
        } catch (MalformedReportException e) {
            throw new IOException(folder + ": " + e.getMessage(), e);
        }
    }

    private static List<String> codes(JsonNode list) {
        List<String> codes = new ArrayList<>();
        list.forEach(code -> codes.add(code.asText()));
        return codes;
    }

    /**
     * All cases by name: the public ones, or those of the directory that the system property
     * {@value #CASES_PROPERTY} names; where there is none, the test is skipped.
     */
    static List<ExamCase> readAll() throws IOException {
        String elsewhere = System.getProperty(CASES_PROPERTY);
        Path directory =
                elsewhere == null ? SharedData.directory("exam/cases") : Path.of(elsewhere);
        assumeTrue(
                Files.isDirectory(directory),
                () -> "skipped: the exam's cases are not here: " + directory);
        List<ExamCase> cases = new ArrayList<>();
        try (Stream<Path> folders = Files.list(directory)) {
            for (Path folder : folders.sorted().toList()) {
                if (Files.exists(folder.resolve("case.json"))) {
                    cases.add(read(folder));
                }
            }
        }
        return cases;
    }
}
