package io.netverdict.service.cli;

import io.netverdict.correlator.context.HostContext;
import io.netverdict.correlator.model.ContractJson;
import io.netverdict.correlator.model.Incident;
import io.netverdict.service.client.ServiceException;
import io.netverdict.service.text.ContextText;
import io.netverdict.service.text.VerdictText;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code netverdict show}: one incident. */
@Command(
        name = "show",
        description = "Shows an incident.",
        footer = {
            "",
            "Examples:",
            "  netverdict show 01jd2k0q7w3v0h8e4m5n6p7q8r",
            "  netverdict show 01jd2k0q7w3v0h8e4m5n6p7q8r --json"
        })
final class ShowCommand implements Callable<Integer> {
    private final Console console;

    @Mixin private NetverdictCommand.Common common;
    @Mixin private ServiceOption service;

    @Parameters(paramLabel = "ID", description = "As netverdict incidents lists it.")
    private String id;

    @Option(names = "--json", description = "One JSON document.")
    private boolean json;

    ShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, ServiceException {
        Incident incident = service.client().incident(id);
        if (json) {
            console.out().println(ContractJson.mapper().writeValueAsString(incident));
            return 0;
        }
        console.out()
                .println(
                        console.style()
                                .wrap(
                                        "",
                                        "  ",
                                        incident.receivedAt() + "  " + incident.error().message()));
        console.out().println();
        new VerdictText(console.style()).print(console.out(), incident);
        new ContextText(console.style()).print(console.out(), HostContext.of(incident.context()));
        return 0;
    }
}
