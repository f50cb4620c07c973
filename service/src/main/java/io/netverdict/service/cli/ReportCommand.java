package io.netverdict.service.cli;

import io.netverdict.correlator.model.ContractJson;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.model.Incident;
import io.netverdict.service.client.ServiceException;
import io.netverdict.service.text.VerdictText;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code netverdict report}: hands an error to the service and prints the verdict. */
@Command(
        name = "report",
        description = "Hands an error to the running service and prints the verdict.",
        footer = {
            "",
            "Examples:",
            "  netverdict report --error 'curl: (28) Connection timed out' --url https://host/",
            "  netverdict report --url https://10.0.0.5/ --probe",
            "  netverdict report --url http://10.0.0.5:8080/ --json"
        })
final class ReportCommand implements Callable<Integer> {
    private final Console console;

    private final ReportOptions report = new ReportOptions();
    private CommandSpec spec;

    @Mixin private NetverdictCommand.Common common;
    @Mixin private ServiceOption service;

    @Option(
            names = "--probe",
            description =
                    "Have the service probe the hosts of the error; it takes one that runs with"
                            + " --probe, and some seconds.")
    private boolean probe;

    @Option(names = "--json", description = "The incident as one JSON document.")
    private boolean json;

    ReportCommand(Console console) {
        this.console = console;
    }

    @Spec
    void specify(CommandSpec own) {
        spec = own;
        report.addTo(own);
    }

    @Override
    public Integer call() throws IOException, ServiceException {
        ErrorReport error = report.toReport();
        if (error == null) {
            throw new ParameterException(
                    spec.commandLine(), "what failed is missing: give --error or --url");
        }
        Incident incident = service.client().report(error, probe);
        if (json) {
            console.out().println(ContractJson.mapper().writeValueAsString(incident));
        } else {
            new VerdictText(console.style()).print(console.out(), incident);
            console.out().println();
            console.out().println(console.style().dim("incident " + incident.id()));
        }
        return 0;
    }
}
