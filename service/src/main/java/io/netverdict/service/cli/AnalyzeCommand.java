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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code netverdict analyze}: the diagnosis on capture files. */
@Command(
        name = "analyze",
        description =
                "Diagnoses pcap and pcapng files, gzipped or not, as any user. With error reports,"
                        + " one verdict for each; without, one for every conversation that failed"
                        + " or suffered.",
        footer = {
            "",
            "Examples:",
            "  netverdict analyze trace.pcapng",
            "  netverdict analyze trace.pcap --error 'dial tcp 10.0.0.5:443: i/o timeout' \\",
            "      --at 2026-11-23T11:00:12Z",
            "  netverdict analyze a.pcap b.pcap.gz --errors errors.jsonl --json",
            "  netverdict analyze trace.pcapng --slice-dir slices/",
            "  netverdict analyze trace.pcapng --html report.html --open"
        })
final class AnalyzeCommand implements Callable<Integer> {
    private static final long WORTH_TELLING_BYTES = 32L << 20;

    private final Console console;

    @Mixin private NetverdictCommand.Common common;
    @Mixin private ReportOptions report;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Capture files; - reads standard input.")
    private List<String> files;

    @Option(
            names = "--errors",
            paramLabel = "FILE.jsonl",
            description = "Error reports, one JSON object a line; - reads standard input.")
    private String errors;

    @Option(names = "--json", description = "One JSON document on standard output.")
    private boolean json;

    @Option(
            names = "--slice-dir",
            paramLabel = "DIR",
            description = "Write each incident's packets there; frames then count in the slice.")
    private Path sliceDirectory;

    @Option(
            names = "--html",
            paramLabel = "OUT.html",
            description =
                    "Write a report as one HTML file to attach to a ticket: verdicts, packets as"
                            + " ladder and graph, no payload.")
    private Path html;

    @Option(names = "--open", description = "Open the report in the browser; needs --html.")
    private boolean open;

    AnalyzeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (open && html == null) {
            throw new CommandFailure("--open opens a report: give --html OUT.html too");
        }
        List<ErrorReport> reports = reports();
        boolean asked = errors != null || !reports.isEmpty();
        SliceDirectory slices = sliceDirectory == null ? null : new SliceDirectory(sliceDirectory);
        ReportPackets packets = html == null ? null : new ReportPackets();
        try (FileAnalysis analysis = new FileAnalysis(slices, packets, !asked)) {
            for (String file : files) {
                add(analysis, file);
            }
            List<AnalyzedIncident> incidents =
                    asked ? diagnose(analysis, reports) : survey(analysis);
            console.progress("");
            if (json) {
                writeJson(analysis, asked ? incidents : byTime(incidents));
            } else {
                new AnalysisText(console.style())
                        .print(console.out(), analysis.files(), incidents, asked);
            }
            if (html != null) {
                report(analysis, incidents, asked);
            }
        }
        return 0;
    }

    private List<ErrorReport> reports() throws IOException {
        List<ErrorReport> reports = new ArrayList<>();
        ErrorReport own = report.toReport();
        if (own != null) {
            reports.add(own);
        }
        if (errors != null) {
            reports.addAll(ErrorLines.read(errors));
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

    private void report(FileAnalysis analysis, List<AnalyzedIncident> incidents, boolean asked)
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
        if (open && !Browser.open(html)) {
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
