package io.netverdict.service.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.netverdict.correlator.model.ContractJson;
import io.netverdict.service.config.ConfigFile;
import io.netverdict.service.config.Configuration;
import io.netverdict.service.config.Origin;
import io.netverdict.service.config.Setting;
import io.netverdict.service.config.Settings;
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

/** {@code netverdict config}: the settings in force and where each comes from. */
@Command(
        name = "config",
        modelTransformer = SettingOptions.class,
        description = {
            "Shows the settings in force and where each value comes from: a flag, else the",
            "environment, else the file, else the default. Status 1 where one cannot be used."
        },
        footer = {
            "",
            "Examples:",
            "  netverdict config                           what serve would run with",
            "  netverdict config --ring 1GiB --json        with a flag of serve's, for programs",
            "  netverdict config --check --config new.yaml only says what is wrong",
            "  netverdict config --template > new.yaml     a file with every setting explained"
        })
final class ConfigCommand implements Callable<Integer> {
    private static final int HELP_COLUMNS = 78;

    private final Console console;

    @Spec private CommandSpec spec;
    @Mixin private NetverdictCommand.Common common;

    @Option(names = "--json", description = "One JSON document.")
    private boolean json;

    @Option(names = "--check", description = "Says nothing unless something is wrong.")
    private boolean check;

    @Option(names = "--template", description = "Prints a file with every setting, commented out.")
    private boolean template;

    ConfigCommand(Console console) {
        this.console = console;
    }

    /** One setting for programs. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Line(
            String name,
            String value,
            Origin origin,
            String defaultValue,
            String type,
            List<String> flags,
            String variable,
            String help) {
        static Line of(Configuration.Value<?> value) {
            Setting<?> setting = value.setting();
            return new Line(
                    setting.name(),
                    value.text(),
                    value.origin(),
                    setting.defaultText(),
                    setting.type().label(),
                    setting.flags(),
                    setting.variable(),
                    setting.help());
        }
    }

    @Override
    public Integer call() throws IOException {
        if (template) {
            printTemplate();
            return 0;
        }
        Configuration configuration = SettingOptions.configuration(spec);
        configuration.notes().forEach(console::warn);
        if (json) {
            List<Line> settings = configuration.values().stream().map(Line::of).toList();
            String file = configuration.file() == null ? "" : configuration.file().toString();
            Map<String, Object> document = Map.of("file", file, "settings", settings);
            console.out().println(ContractJson.mapper().writeValueAsString(document));
        } else if (!check) {
            configuration.values().forEach(this::print);
        }
        return 0;
    }

    private void print(Configuration.Value<?> value) {
        String line =
                String.format(
                        Locale.ROOT,
                        "%-14s %-26s ",
                        value.setting().name(),
                        value.text().isEmpty() ? "-" : value.text());
        boolean byDefault = value.origin().kind() == Origin.Kind.DEFAULT;
        String origin = value.origin().toString();
        console.out().println(line + (byDefault ? console.style().dim(origin) : origin));
    }

    private void printTemplate() {
        console.out().println("# Settings of netverdict: YAML, one name: value a line.");
        console.out().println("# Read from " + ConfigFile.DEFAULT + ", or what --config names.");
        console.out().println("# A flag or an environment variable goes before what stands here.");
        for (Setting<?> setting : Settings.all()) {
            console.out().println();
            for (String line : wrap(setting.help() + " Flag " + flag(setting) + ".")) {
                console.out().println("# " + line);
            }
            console.out().println("#" + setting.name() + ": " + setting.defaultText());
        }
    }

    private static String flag(Setting<?> setting) {
        return String.join(", ", setting.flags()) + ", variable " + setting.variable();
    }

    private static List<String> wrap(String text) {
        return text.replaceAll("(.{1," + HELP_COLUMNS + "})(?:\\s+|$)", "$1\n").lines().toList();
    }
}
