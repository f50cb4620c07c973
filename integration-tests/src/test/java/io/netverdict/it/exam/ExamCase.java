package io.netverdict.it.exam;

import com.fasterxml.jackson.databind.JsonNode;
import io.netverdict.correlator.model.ContractJson;
import io.netverdict.correlator.model.ErrorReport;
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

    /** All cases of a directory by name. */
    static List<ExamCase> readAll(Path directory) throws IOException {
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
