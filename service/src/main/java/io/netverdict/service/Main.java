package io.netverdict.service;

import io.netverdict.service.cli.CommandRunner;
import io.netverdict.service.cli.Console;

/** The entry point of every command. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // Else it looks for a class of Groovy in every library, a fifth of a short command's time.
        System.setProperty("picocli.disable.closures", "true");
        Console console = Console.ofProcess();
        int status = CommandRunner.run(arguments, console);
        console.flush();
        System.exit(status);
    }
}
