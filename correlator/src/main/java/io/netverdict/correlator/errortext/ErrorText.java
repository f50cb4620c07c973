package io.netverdict.correlator.errortext;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A client's message made fit for matching: bounded, without control characters and stack frames.
 *
 * @param text the message, lines kept
 * @param lower the same in lower case
 * @param frames stack frames and source lines taken out of it, in lower case: they name code, not
 *     what happened, but tell the step
 * @param cut whether the middle was left out
 */
record ErrorText(String text, String lower, String frames, boolean cut) {

    private static final Pattern ANSI_COLOUR = Pattern.compile("\u001B\\[[0-9;]{0,20}[A-Za-z]");
    private static final Pattern URL = Pattern.compile("\\b[a-z]{2,5}://[^\\s\"'<>]{1,2048}");
    private static final Pattern PYTHON_FRAME =
            Pattern.compile("\\s{1,8}File \"[^\"\n]{1,300}\", line \\d{1,7}.{0,200}");

    static ErrorText of(String message, int maxChars) {
        boolean cut = message.length() > maxChars;
        String bounded = message;
        if (cut) {
            // The headline comes first, the root cause of a stack trace last.
            int half = maxChars / 2;
            bounded =
                    message.substring(0, half)
                            + '\n'
                            + message.substring(message.length() - half + 1);
        }
        StringBuilder kept = new StringBuilder(bounded.length());
        StringBuilder frames = new StringBuilder();
        boolean sourceLineFollows = false;
        for (String line : clean(bounded).split("\n", -1)) {
            boolean pythonFrame = PYTHON_FRAME.matcher(line).matches();
            boolean indentedSource = sourceLineFollows && line.startsWith("    ");
            if (pythonFrame || indentedSource || isFrame(line)) {
                frames.append(line).append('\n');
            } else {
                kept.append(line).append('\n');
            }
            sourceLineFollows = pythonFrame || indentedSource;
        }
        String text = kept.toString().strip();
        return new ErrorText(
                text,
                text.toLowerCase(Locale.ROOT),
                frames.toString().toLowerCase(Locale.ROOT),
                cut);
    }

    /** The same without URLs and this host, whose words are not the client's. */
    ErrorText masked(String host) {
        String masked = URL.matcher(text).replaceAll("<url>");
        if (host.indexOf('.') > 0) {
            masked =
                    Pattern.compile(Pattern.quote(host), Pattern.CASE_INSENSITIVE)
                            .matcher(masked)
                            .replaceAll("<host>");
        }
        return new ErrorText(masked, masked.toLowerCase(Locale.ROOT), frames, cut);
    }

    private static boolean isFrame(String line) {
        String stripped = line.strip();
        return line.length() > stripped.length()
                && (stripped.startsWith("at ")
                        || stripped.startsWith("^")
                        || stripped.startsWith("~")
                        || stripped.startsWith("... "));
    }

    private static String clean(String message) {
        String plain = ANSI_COLOUR.matcher(message).replaceAll("").replace("\r\n", "\n");
        StringBuilder clean = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (c == '\\' && i + 1 < plain.length() && plain.charAt(i + 1) == '"') {
                continue; // a quote escaped by a log line around the message
            }
            switch (c) {
                case '\n' -> clean.append(c);
                case '\r' -> clean.append('\n');
                case '\u2018', '\u2019' -> clean.append('\'');
                case '\u201C', '\u201D' -> clean.append('"');
                default -> clean.append(Character.isISOControl(c) ? ' ' : c);
            }
        }
        return clean.toString();
    }
}
