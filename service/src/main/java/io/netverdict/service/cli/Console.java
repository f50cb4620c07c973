package io.netverdict.service.cli;

import io.netverdict.service.text.TextStyle;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes, and what that can show.
 *
 * @param out results
 * @param err progress, warnings, failures
 * @param style of text on {@code out}
 * @param progress whether {@code err} is a terminal on which a line may be rewritten
 */
public record Console(PrintWriter out, PrintWriter err, TextStyle style, boolean progress) {

    /** The process's own streams; the launcher tells through properties what is a terminal. */
    public static Console ofProcess() {
        int columns = Integer.getInteger("netverdict.columns", -1);
        boolean terminal = columns >= 0;
        String noColor = System.getenv("NO_COLOR");
        boolean color =
                terminal
                        && (noColor == null || noColor.isEmpty())
                        && !"dumb".equals(System.getenv("TERM"));
        return new Console(
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                TextStyle.of(columns, color),
                Boolean.getBoolean("netverdict.progress"));
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(
                new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8),
                false);
    }

    public void flush() {
        out.flush();
        err.flush();
    }

    /** One line about something that is not well but does not end the command. */
    public void warn(String line) {
        out.flush();
        err.println("netverdict: " + line);
        err.flush();
    }

    /** Rewrites the progress line; an empty text wipes it. Does nothing off a terminal. */
    public void progress(String text) {
        if (progress) {
            err.print("\r\u001B[K" + text);
            err.flush();
        }
    }
}
