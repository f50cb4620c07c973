package io.netverdict.service.text;

import java.util.ArrayList;
import java.util.List;

/**
 * How wide text may be and whether it may be coloured. Immutable.
 *
 * @param columns characters in a line; 0 where it is not a terminal
 * @param color whether ANSI colours are wanted
 */
public record TextStyle(int columns, boolean color) {
    /** No colours, lines of a width that fits a mail. */
    public static final TextStyle PLAIN = new TextStyle(0, false);

    private static final int PLAIN_WIDTH = 100;
    private static final int MIN_WIDTH = 40;
    private static final int MAX_WIDTH = 120;

    /** A style for a terminal of so many columns; 0 or less where the width is not known. */
    public static TextStyle of(int columns, boolean color) {
        return new TextStyle(Math.max(0, columns), color);
    }

    /** Characters that fit a line. */
    public int width() {
        return columns == 0 ? PLAIN_WIDTH : Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, columns));
    }

    public String bold(String text) {
        return escape("1", text);
    }

    public String dim(String text) {
        return escape("2", text);
    }

    public String red(String text) {
        return escape("1;31", text);
    }

    public String green(String text) {
        return escape("1;32", text);
    }

    public String yellow(String text) {
        return escape("1;33", text);
    }

    private String escape(String code, String text) {
        return color ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
    }

    /**
     * Breaks text at spaces into lines that fit behind an indent; a longer word stays whole.
     *
     * @param first indent of the first line, for example a bullet
     * @param rest indent of the others
     */
    public String wrap(String first, String rest, String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : clean(text).split(" ")) {
            if (!empty && line.length() + 1 + word.length() > width()) {
                lines.add(line.toString());
                line = new StringBuilder(rest);
                empty = true;
            }
            if (!empty) {
                line.append(' ');
            }
            line.append(word);
            empty = false;
        }
        lines.add(line.toString());
        return String.join("\n", lines);
    }

    /** Cuts text to a number of characters. */
    public static String cut(String text, int length) {
        String clean = clean(text);
        return clean.length() <= length ? clean : clean.substring(0, Math.max(0, length - 1)) + "…";
    }

    /** Text from packets and clients must not steer the terminal: control characters go. */
    public static String clean(String text) {
        return text == null ? "" : text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }
}
