package io.netverdict.service.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The user's browser. */
final class Browser {
    private Browser() {}

    /** Opens a file; false where no program for that could be started. */
    static boolean open(Path file) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        List<String> opener =
                system.contains("mac")
                        ? List.of("open")
                        : system.contains("windows")
                                ? List.of("rundll32", "url.dll,FileProtocolHandler")
                                : List.of("xdg-open");
        List<String> command = new java.util.ArrayList<>(opener);
        command.add(file.toAbsolutePath().toString());
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
