package io.netverdict.service.cli;

import io.netverdict.service.client.ServiceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** Runs a command line and turns whatever happens into an exit status and, at most, one line. */
public final class CommandRunner {
    private static final int MAX_LINE_LENGTH = 400;

    private CommandRunner() {}

    /** Runs one command; the console is not flushed at the end. */
    public static int run(String[] arguments, Console console) {
        CommandLine commandLine = NetverdictCommand.lineFor(arguments, new Commands(console));
        commandLine
                .setOut(console.out())
                .setErr(console.err())
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(
                                console.style().color() ? Ansi.ON : Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, args) -> usageError(e, console))
                .setExecutionExceptionHandler(
                        (e, command, result) -> failure(e, isVerbose(arguments), console));
        if (console.style().columns() > 0) {
            commandLine.setUsageHelpWidth(Math.max(60, Math.min(110, console.style().columns())));
        }
        return commandLine.execute(arguments);
    }

    private static int usageError(ParameterException e, Console console) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName(" ");
        console.warn(oneLine(e.getMessage()) + " (see " + name + " --help)");
        return ExitCode.USAGE;
    }

    private static int failure(Exception e, boolean verbose, Console console) {
        console.progress("");
        String line = describe(e);
        if (verbose) {
            line += " (details in " + debugLog(e) + ")";
        }
        console.warn(line);
        return ExitCode.SOFTWARE;
    }

    private static String describe(Exception e) {
        if (e instanceof CommandFailure || e instanceof ServiceException) {
            return oneLine(e.getMessage());
        }
        if (e instanceof java.nio.file.AccessDeniedException denied) {
            return denied.getFile() + ": no permission; run as a user that may read or write it";
        }
        if (e instanceof java.nio.file.NoSuchFileException missing) {
            return missing.getFile() + ": no such file";
        }
        if (e instanceof IOException) {
            return oneLine(String.valueOf(e.getMessage()));
        }
        return "this is a fault in netverdict itself: "
                + oneLine(e.toString())
                + "; with -v the details go to a debug log";
    }

    private static Path debugLog(Exception e) {
        try {
            Path log = Files.createTempFile("netverdict-debug-", ".log");
            try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(log))) {
                e.printStackTrace(writer);
            }
            return log;
        } catch (IOException unwritable) {
            return Path.of("no file, because the temporary directory is not writable");
        }
    }

    private static boolean isVerbose(String[] arguments) {
        List<String> list = Arrays.asList(arguments);
        int end = list.indexOf("--");
        List<String> own = end < 0 ? list : list.subList(0, end);
        return own.contains("-v") || own.contains("--verbose");
    }

    private static String oneLine(String text) {
        String line = text == null ? "failed" : text.strip().replaceAll("\\s*\\R\\s*", "; ");
        return line.length() <= MAX_LINE_LENGTH ? line : line.substring(0, MAX_LINE_LENGTH) + "…";
    }

    /** Gives every command the console. */
    record Commands(Console console) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            try {
                return type.getDeclaredConstructor(Console.class).newInstance(console);
            } catch (NoSuchMethodException withoutConsole) {
                return CommandLine.defaultFactory().create(type);
            }
        }
    }
}
