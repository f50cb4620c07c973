package io.netverdict.service.cli;

import io.netverdict.service.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of the command line. */
@Command(
        name = "netverdict",
        description = "A flight recorder for packets that says why an HTTP request failed.",
        mixinStandardHelpOptions = true,
        versionProvider = NetverdictCommand.ProgramVersion.class,
        subcommands = {
            ServeCommand.class,
            AnalyzeCommand.class,
            DissectCommand.class,
            ReportCommand.class,
            RunCommand.class,
            IncidentsCommand.class,
            ShowCommand.class,
            SliceCommand.class,
            DemoCommand.class,
            DoctorCommand.class,
            ConfigCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  sudo netverdict serve                 record, and take error reports",
            "  netverdict run -- curl https://host/  run a client; say why it failed",
            "  netverdict analyze trace.pcapng       the same diagnosis on a capture file",
            "  sudo netverdict demo                  see it at work, with no set-up",
            "",
            "netverdict COMMAND --help tells more about each. netverdict test runs every test."
        })
final class NetverdictCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "what to do is missing");
    }

    static final class ProgramVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "netverdict "
                        + Version.current()
                        + " (Java "
                        + System.getProperty("java.version")
                        + ")"
            };
        }
    }

    /** What every command understands. */
    @Command(mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class)
    static final class Common {
        @CommandLine.Option(
                names = {"-v", "--verbose"},
                description = "On failure, write the details to a debug log.")
        private boolean verbose;

        boolean verbose() {
            return verbose;
        }
    }
}
