package io.netverdict.service.cli;

import io.netverdict.service.Version;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The root of the command line; without annotations, see {@link AnalyzeArguments}. */
final class NetverdictCommand implements Runnable {
    private static final Map<String, Class<?>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("serve", ServeCommand.class);
        COMMANDS.put("analyze", AnalyzeCommand.class);
        COMMANDS.put("dissect", DissectCommand.class);
        COMMANDS.put("report", ReportCommand.class);
        COMMANDS.put("run", RunCommand.class);
        COMMANDS.put("incidents", IncidentsCommand.class);
        COMMANDS.put("show", ShowCommand.class);
        COMMANDS.put("slice", SliceCommand.class);
        COMMANDS.put("demo", DemoCommand.class);
        COMMANDS.put("doctor", DoctorCommand.class);
        COMMANDS.put("config", ConfigCommand.class);
    }

    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

    private NetverdictCommand() {
        spec.name("netverdict");
        spec.usageMessage()
                .description("A flight recorder for packets that says why an HTTP request failed.")
                .synopsisSubcommandLabel("COMMAND")
                .footer(
                        "",
                        "Examples:",
                        "  sudo netverdict serve                 record, and take error reports",
                        "  netverdict run -- curl https://host/  run a client; say why it failed",
                        "  netverdict analyze trace.pcapng       the same diagnosis on a capture"
                                + " file",
                        "  sudo netverdict demo                  see it at work, with no set-up",
                        "",
                        "netverdict COMMAND --help tells more about each. netverdict test runs"
                                + " every test.");
        CommonOptions.addHelpTo(spec);
    }

    /**
     * The command line that some arguments need: a command named first is the only one that is
     * read, since reading all of them takes longer than a small capture.
     */
    static CommandLine lineFor(String[] arguments, CommandRunner.Commands factory) {
        CommandLine line = new CommandLine(new NetverdictCommand().spec, factory);
        String first = arguments.length == 0 ? "" : arguments[0];
        if (COMMANDS.containsKey(first)) {
            add(line, first, factory);
        } else {
            COMMANDS.keySet().forEach(name -> add(line, name, factory));
        }
        return line;
    }

    /** As a line of its own, which is what picocli applies model transformers to. */
    private static void add(CommandLine line, String name, CommandRunner.Commands factory) {
        Class<?> type = COMMANDS.get(name);
        Object command =
                type == AnalyzeCommand.class ? AnalyzeCommand.spec(factory.console()) : type;
        line.addSubcommand(name, new CommandLine(command, factory));
    }

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
        static final String VERBOSE = "On failure, write the details to a debug log.";

        @CommandLine.Option(
                names = {"-v", "--verbose"},
                description = VERBOSE)
        private boolean verbose;

        boolean verbose() {
            return verbose;
        }
    }
}
