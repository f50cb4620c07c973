package io.netverdict.hook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads JSON into maps, lists, strings, doubles, booleans and nulls, without a library. Any text
 * gives a result: malformed JSON, or nested deeper than {@value #MAX_DEPTH}, gives none.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
final class JsonReader {
    private static final int MAX_DEPTH = 64;
    private static final int UNICODE_DIGITS = 4;
    private static final int HEXADECIMAL = 16;

    private final String text;
    private int position;

    private JsonReader(String text) {
        this.text = text;
    }

    /** The object that a text is. */
    static Optional<Map<?, ?>> object(String text) {
        try {
            return new JsonReader(text).value(0) instanceof Map<?, ?> map
                    ? Optional.of(map)
                    : Optional.empty();
        } catch (Malformed malformed) {
            return Optional.empty();
        }
    }

    /** Ends the reading; never leaves this class. */
    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed() {
            super(null, null, false, false);
        }
    }

    private Object value(int depth) throws Malformed {
        if (depth > MAX_DEPTH) {
            throw new Malformed();
        }
        return switch (peek()) {
            case '{' -> map(depth);
            case '[' -> list(depth);
            case '"' -> string();
            case 't' -> word("true", Boolean.TRUE);
            case 'f' -> word("false", Boolean.FALSE);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> map(int depth) throws Malformed {
        Map<String, Object> map = new LinkedHashMap<>();
        position++;
        if (peek() == '}') {
            position++;
            return map;
        }
        do {
            expect('"');
            String name = string();
            expect(':');
            position++;
            map.put(name, value(depth + 1));
        } while (another('}'));
        return map;
    }

    private List<Object> list(int depth) throws Malformed {
        List<Object> list = new ArrayList<>();
        position++;
        if (peek() == ']') {
            position++;
            return list;
        }
        do {
            list.add(value(depth + 1));
        } while (another(']'));
        return list;
    }

    /** Whether a comma follows; otherwise the end must. */
    private boolean another(char end) throws Malformed {
        char next = peek();
        position++;
        if (next != ',' && next != end) {
            throw new Malformed();
        }
        return next == ',';
    }

    private String string() throws Malformed {
        StringBuilder string = new StringBuilder();
        position++;
        while (true) {
            char character = next();
            if (character == '"') {
                return string.toString();
            }
            string.append(character == '\\' ? escaped() : character);
        }
    }

    private char escaped() throws Malformed {
        char character = next();
        return switch (character) {
            case '"', '\\', '/' -> character;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw new Malformed();
        };
    }

    private char unicode() throws Malformed {
        int code = 0;
        for (int digit = 0; digit < UNICODE_DIGITS; digit++) {
            int value = Character.digit(next(), HEXADECIMAL);
            if (value < 0) {
                throw new Malformed();
            }
            code = code * HEXADECIMAL + value;
        }
        return (char) code;
    }

    private Object word(String word, Object value) throws Malformed {
        if (!text.startsWith(word, position)) {
            throw new Malformed();
        }
        position += word.length();
        return value;
    }

    private Double number() throws Malformed {
        int start = position;
        while (position < text.length() && "+-.0123456789eE".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        try {
            return Double.valueOf(text.substring(start, position));
        } catch (NumberFormatException notANumber) {
            throw new Malformed();
        }
    }

    private void expect(char expected) throws Malformed {
        if (peek() != expected) {
            throw new Malformed();
        }
    }

    /** The next character that is no white space, which stays. */
    private char peek() throws Malformed {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        if (position == text.length()) {
            throw new Malformed();
        }
        return text.charAt(position);
    }

    private char next() throws Malformed {
        if (position == text.length()) {
            throw new Malformed();
        }
        return text.charAt(position++);
    }
}
