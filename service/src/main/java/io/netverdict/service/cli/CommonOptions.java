package io.netverdict.service.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What every command understands, for those without annotations; for the others see {@link
 * NetverdictCommand.Common}.
 */
final class CommonOptions {
    private CommonOptions() {}

    /** Adds help, version and {@code -v}. */
    static void addTo(CommandSpec spec) {
        addHelpTo(spec);
        spec.addOption(
                OptionSpec.builder("-v", "--verbose")
                        .type(boolean.class)
                        .description(NetverdictCommand.Common.VERBOSE)
                        .build());
    }

    /** Adds help and version alone. */
    static void addHelpTo(CommandSpec spec) {
        spec.versionProvider(new NetverdictCommand.ProgramVersion());
        spec.addOption(
                OptionSpec.builder("-h", "--help")
                        .type(boolean.class)
                        .usageHelp(true)
                        .description("Show this help message and exit.")
                        .build());
        spec.addOption(
                OptionSpec.builder("-V", "--version")
                        .type(boolean.class)
                        .versionHelp(true)
                        .description("Print version information and exit.")
                        .build());
    }
}
