package io.netverdict.service.cli;

import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.service.intake.MalformedReportException;
import io.netverdict.service.intake.ReportParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of error reports, one JSON object a line; empty lines are passed over. */
final class ErrorLines {
    private ErrorLines() {}

    /**
     * All reports of a file.
     *
     * @param name a path, or {@code -} for standard input
     * @throws CommandFailure naming the line and the field at fault
     */
    static List<ErrorReport> read(String name) throws IOException {
        List<ErrorReport> reports = new ArrayList<>();
        int number = 0;
        try (BufferedReader lines = open(name)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    reports.add(ReportParser.parse(line));
                }
            }
        } catch (MalformedReportException e) {
            throw new CommandFailure(name + ", line " + number + ": " + e.sentence(), e);
        } catch (MalformedInputException e) {
            throw new CommandFailure(name + ", line " + (number + 1) + ": is not UTF-8", e);
        }
        return reports;
    }

    private static BufferedReader open(String name) throws IOException {
        return name.equals("-")
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(Path.of(name));
    }
}
