package io.netverdict.service.cli;

import io.netverdict.correlator.model.ErrorReport;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What {@code analyze} is told on the command line. Without annotations: to read those of one
 * command takes longer than to read and diagnose a small capture.
 */
final class AnalyzeArguments {
    private final PositionalParamSpec files =
            PositionalParamSpec.builder()
                    .arity("1..*")
                    .required(true)
                    .paramLabel("FILE")
                    .type(List.class)
                    .auxiliaryTypes(String.class)
                    .description("Capture files; - reads standard input.")
                    .build();

    private final OptionSpec errors =
            OptionSpec.builder("--errors")
                    .paramLabel("FILE.jsonl")
                    .type(String.class)
                    .description("Error reports, one JSON object a line; - reads standard input.")
                    .build();

    private final OptionSpec json = flag("--json", "One JSON document on standard output.");

    private final OptionSpec sliceDirectory =
            OptionSpec.builder("--slice-dir")
                    .paramLabel("DIR")
                    .type(Path.class)
                    .description(
                            "Write each incident's packets there; frames then count in the slice.")
                    .build();

    private final OptionSpec html =
            OptionSpec.builder("--html")
                    .paramLabel("OUT.html")
                    .type(Path.class)
                    .description(
                            "Write a report as one HTML file to attach to a ticket: verdicts,"
                                    + " packets as ladder and graph, no payload.")
                    .build();

    private final OptionSpec open = flag("--open", "Open the report in the browser; needs --html.");

    private final ReportOptions report = new ReportOptions();

    private static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name).type(boolean.class).description(description).build();
    }

    /** The specification of the command that is told so. */
    CommandSpec spec(AnalyzeCommand command) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name("analyze");
        spec.usageMessage()
                .description(
                        "Diagnoses pcap and pcapng files, gzipped or not, as any user. With error"
                                + " reports, one verdict for each; without, one for every"
                                + " conversation that failed or suffered.")
                .footer(
                        "",
                        "Examples:",
                        "  netverdict analyze trace.pcapng",
                        "  netverdict analyze trace.pcap --error 'dial tcp 10.0.0.5:443: i/o"
                                + " timeout' \\",
                        "      --at 2026-11-23T11:00:12Z",
                        "  netverdict analyze a.pcap b.pcap.gz --errors errors.jsonl --json",
                        "  netverdict analyze trace.pcapng --slice-dir slices/",
                        "  netverdict analyze trace.pcapng --html report.html --open");
        CommonOptions.addTo(spec);
        report.addTo(spec);
        spec.addPositional(files);
        List.of(errors, json, sliceDirectory, html, open).forEach(spec::addOption);
        return spec;
    }

    /** Paths, or - for standard input. */
    List<String> files() {
        return files.getValue();
    }

    /** The file of reports, - for standard input, or null. */
    String errors() {
        return errors.getValue();
    }

    boolean json() {
        return isSet(json);
    }

    /** Or null. */
    Path sliceDirectory() {
        return sliceDirectory.getValue();
    }

    /** Or null. */
    Path html() {
        return html.getValue();
    }

    boolean open() {
        return isSet(open);
    }

    private static boolean isSet(OptionSpec flag) {
        return Boolean.TRUE.equals(flag.getValue());
    }

    /** The report that the options make up, or null. */
    ErrorReport report() {
        return report.toReport();
    }
}
