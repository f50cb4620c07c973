package io.netverdict.service.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netverdict.correlator.SurveyProgress;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.service.analysis.AnalyzedFile;
import io.netverdict.service.analysis.AnalyzedIncident;
import io.netverdict.service.analysis.CaptureTimes;
import io.netverdict.service.analysis.FileAnalysis;
import io.netverdict.service.analysis.ReportPackets;
import io.netverdict.service.analysis.SliceDirectory;
import io.netverdict.service.page.HtmlReport;
import io.netverdict.service.text.AnalysisText;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code netverdict analyze}: the diagnosis on capture files. */
final class AnalyzeCommand implements Callable<Integer> {
    private static final long WORTH_TELLING_BYTES = 32L << 20;

    private final Console console;
    private final AnalyzeArguments arguments;

    private AnalyzeCommand(Console console, AnalyzeArguments arguments) {
        this.console = console;
        this.arguments = arguments;
    }

    /** The command with its options. */
    static CommandSpec spec(Console console) {
        AnalyzeArguments arguments = new AnalyzeArguments();
        return arguments.spec(new AnalyzeCommand(console, arguments));
    }

    @Override
    public Integer call() throws IOException {
        Path html = arguments.html();
        if (arguments.open() && html == null) {
            throw new CommandFailure("--open opens a report: give --html OUT.html too");
        }
        List<ErrorReport> reports = reports();
        boolean asked = arguments.errors() != null || !reports.isEmpty();
        Path directory = arguments.sliceDirectory();
        SliceDirectory slices = directory == null ? null : new SliceDirectory(directory);
        ReportPackets packets = html == null ? null : new ReportPackets();
        try (FileAnalysis analysis = new FileAnalysis(slices, packets, !asked)) {
            for (String file : arguments.files()) {
                add(analysis, file);
            }
            List<AnalyzedIncident> incidents =
                    asked ? diagnose(analysis, reports) : survey(analysis);
            console.progress("");
            if (arguments.json()) {
                writeJson(analysis, asked ? incidents : byTime(incidents));
            } else {
                new AnalysisText(console.style())
                        .print(console.out(), analysis.files(), incidents, asked);
            }
            if (html != null) {
                report(html, analysis, incidents, asked);
            }
        }
        return 0;
    }

    private List<ErrorReport> reports() throws IOException {
        List<ErrorReport> reports = new ArrayList<>();
        ErrorReport own = arguments.report();
        if (own != null) {
            reports.add(own);
        }
        if (arguments.errors() != null) {
            reports.addAll(ErrorLines.read(arguments.errors()));
        }
        return reports;
    }

    private void add(FileAnalysis analysis, String name) throws IOException {
        Path file = Path.of(name.equals("-") ? "/dev/stdin" : name);
        AnalyzedFile figures =
                analysis.add(
                        file,
                        (done, total) -> {
                            if (total >= WORTH_TELLING_BYTES) {
                                console.progress(
                                        "reading " + name + " " + 100 * done / total + " %");
                            }
                        });
        console.progress("");
        if (figures.problem() != null) {
            console.warn(name + ": " + figures.problem() + "; analysed up to there");
        }
        if (figures.undecodablePackets() != null) {
            console.warn(
                    name
                            + ": "
                            + figures.undecodablePackets()
                            + " packets have a link type that is not known and were left out");
        }
    }

    private static List<AnalyzedIncident> diagnose(FileAnalysis analysis, List<ErrorReport> reports)
            throws IOException {
        List<AnalyzedIncident> incidents = new ArrayList<>();
        for (ErrorReport each : reports) {
            incidents.add(analysis.diagnose(each));
        }
        return incidents;
    }

    private List<AnalyzedIncident> survey(FileAnalysis analysis) throws IOException {
        SurveyProgress progress =
                (done, total) -> {
                    if (total > 1000) {
                        console.progress("looking at conversation " + done + " of " + total);
                    }
                };
        return analysis.survey(progress);
    }

    /** People read the worst first; scripts get a survey in order of time. */
    private static List<AnalyzedIncident> byTime(List<AnalyzedIncident> incidents) {
        List<AnalyzedIncident> sorted = new ArrayList<>(incidents);
        sorted.sort(Comparator.comparing(each -> each.incident().error().occurredAt()));
        return sorted;
    }

    private void report(
            Path html, FileAnalysis analysis, List<AnalyzedIncident> incidents, boolean asked)
            throws IOException {
        List<HtmlReport.Entry> entries = new ArrayList<>();
        for (AnalyzedIncident each : incidents) {
            ObjectMapper mapper = CaptureTimes.mapper(analysis.timeDigits(each.file()));
            entries.add(new HtmlReport.Entry(each.incident(), mapper, each.packets()));
        }
        try (Writer out = Files.newBufferedWriter(html)) {
            HtmlReport.write(out, analysis.files(), entries, asked, Instant.now());
        }
        console.err().println("netverdict: report written to " + html);
        if (arguments.open() && !Browser.open(html)) {
            console.warn("no browser could be started; open " + html.toAbsolutePath());
        }
    }

    private void writeJson(FileAnalysis analysis, List<AnalyzedIncident> incidents)
            throws IOException {
        Map<Integer, ObjectMapper> mappers = new TreeMap<>();
        List<AnalyzedFile> figures = analysis.files();
        ObjectMapper base = CaptureTimes.mapper(0);
        try (JsonGenerator out = base.getFactory().createGenerator(console.out())) {
            out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            if (console.style().columns() > 0) {
                out.useDefaultPrettyPrinter();
            }
            out.writeStartObject();
            out.writeArrayFieldStart("files");
            for (int file = 0; file < figures.size(); file++) {
                ObjectMapper mapper =
                        mappers.computeIfAbsent(analysis.timeDigits(file), CaptureTimes::mapper);
                mapper.writeValue(out, figures.get(file));
            }
            out.writeEndArray();
            out.writeArrayFieldStart("incidents");
            for (AnalyzedIncident incident : incidents) {
                int digits = analysis.timeDigits(incident.file());
                mappers.get(digits).writeValue(out, incident.incident());
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        console.out().println();
    }
}
