package io.netverdict.service.cli;

import io.netverdict.correlator.model.ContractJson;
import io.netverdict.service.ServiceSettings;
import io.netverdict.service.doctor.Doctor;
import io.netverdict.service.doctor.Finding;
import io.netverdict.service.text.TextStyle;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code netverdict doctor}: what this machine lacks. */
@Command(
        name = "doctor",
        modelTransformer = SettingOptions.class,
        description =
                "Tells what this machine lacks for recording, each with its mend. Takes serve's"
                        + " settings. Status 0 when nothing is missing, else 1.",
        footer = {"", "Examples:", "  sudo netverdict doctor", "  netverdict doctor --json"})
final class DoctorCommand implements Callable<Integer> {
    private final Console console;

    @Mixin private NetverdictCommand.Common common;

    @Spec private CommandSpec spec;

    @Option(names = "--json", description = "One JSON document.")
    private boolean json;

    DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        List<Finding> findings =
                new Doctor(ServiceSettings.of(SettingOptions.configuration(spec))).examine();
        boolean well = findings.stream().noneMatch(each -> each.state() == Finding.State.MISSING);
        if (json) {
            Map<String, Object> document = Map.of("ok", well, "findings", findings);
            console.out().println(ContractJson.mapper().writeValueAsString(document));
        } else {
            findings.forEach(this::print);
        }
        return well ? 0 : 1;
    }

    private void print(Finding finding) {
        TextStyle style = console.style();
        String state = String.format(Locale.ROOT, "%-8s", finding.state().code());
        String shown =
                switch (finding.state()) {
                    case OK -> style.green(state);
                    case NOTE -> style.yellow(state);
                    case MISSING -> style.red(state);
                };
        console.out()
                .println(
                        shown
                                + String.format(Locale.ROOT, "%-11s", finding.check())
                                + finding.detail());
        if (finding.mend() != null) {
            console.out().println(" ".repeat(19) + "mend: " + finding.mend());
        }
    }
}
