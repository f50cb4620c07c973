package io.netverdict.service.cli;

import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.model.Incident;
import io.netverdict.service.client.ServiceException;
import io.netverdict.service.run.ClientRun;
import io.netverdict.service.text.VerdictText;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code netverdict run}: runs a client and explains its failure. */
@Command(
        name = "run",
        description =
                "Runs a client command. Where it fails, reports its error output to the service and"
                        + " prints the verdict on standard error. Keeps its exit status.",
        footer = {
            "",
            "Examples:",
            "  netverdict run -- curl -sS https://datastore.example:8443/img -o img",
            "  netverdict run --probe -- curl https://host/",
            "  netverdict run -- python3 fetch.py"
        })
final class RunCommand implements Callable<Integer> {
    private static final int NOT_FOUND = 127;

    private final Console console;

    @Mixin private NetverdictCommand.Common common;
    @Mixin private ServiceOption service;

    @Option(
            names = "--probe",
            description =
                    "Have the service probe the hosts of the error; it takes one that runs with"
                            + " --probe, and some seconds.")
    private boolean probe;

    @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "The client, after --.")
    private List<String> command;

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        ClientRun run;
        try {
            run = ClientRun.of(command, System.err);
        } catch (IOException e) {
            console.warn(command.get(0) + " cannot be run: is it installed and on the PATH?");
            return NOT_FOUND;
        }
        if (run.exitStatus() != 0) {
            explain(run.toReport());
        }
        return run.exitStatus();
    }

    private void explain(ErrorReport report) {
        try {
            Incident incident = service.client().report(report, probe);
            console.err().println();
            new VerdictText(console.style()).print(console.err(), incident);
            console.err().println();
            console.err().println(console.style().dim("incident " + incident.id()));
        } catch (ServiceException e) {
            console.warn("no verdict: " + e.getMessage());
        }
    }
}
