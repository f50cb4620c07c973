package io.netverdict.service.cli;

import io.netverdict.service.demo.Demo;
import io.netverdict.service.lab.LabException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code netverdict demo}: the whole of it at work, with no set-up. */
@Command(
        name = "demo",
        description =
                "Breaks real requests in network namespaces of its own and shows the verdicts.",
        footer = {
            "",
            "Examples:",
            "  sudo netverdict demo",
            "  sudo netverdict demo --only mtu-black-hole",
            "  netverdict demo --list",
            "",
            "Linux, as root; takes under a minute, touches nothing outside its namespaces and",
            "removes them at the end and when interrupted."
        })
final class DemoCommand implements Callable<Integer> {
    private final Console console;

    @Spec private CommandSpec spec;

    @Mixin private NetverdictCommand.Common common;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            description = "Show this scenario only; repeatable.")
    private List<String> only = List.of();

    @Option(names = "--list", description = "List the scenarios and end.")
    private boolean list;

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (list) {
            for (String[] scenario : Demo.scenarios()) {
                console.out().printf("%-20s %s%n", scenario[0], scenario[1]);
            }
            return 0;
        }
        // Read when the first logger is made, which is later than this.
        System.setProperty("netverdict.log", common.verbose() ? "DEBUG" : "WARN");
        try {
            new Demo(console.out(), console.style(), console::progress).run(only);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), e.getMessage() + "; netverdict demo --list names them", e);
        } catch (LabException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
        return 0;
    }
}
