package io.netverdict.service.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A cause's sketch as lines of characters. */
final class TextLadder {
    private static final Pattern ARROW = Pattern.compile("([A-Z])(>|<x|<|x>)([A-Z])\\s*(.*)");
    private static final Map<String, String> NAMES = new LinkedHashMap<>();
    private static final int WIDTH = 36;
    private static final int MARGIN = 8;

    static {
        NAMES.put("R", "resolver");
        NAMES.put("C", "client");
        NAMES.put("L", "local link");
        NAMES.put("G", "router");
        NAMES.put("P", "proxy");
        NAMES.put("S", "server");
    }

    private final List<String> lanes = new ArrayList<>();
    private final StringBuilder lines = new StringBuilder();

    private TextLadder(String sketch) {
        List<String> steps = List.of(sketch.split(";"));
        for (String lane : NAMES.keySet()) {
            if (steps.stream().anyMatch(step -> uses(step.strip(), lane))) {
                lanes.add(lane);
            }
        }
    }

    private static boolean uses(String step, String lane) {
        Matcher arrow = ARROW.matcher(step);
        return arrow.matches() && (arrow.group(1).equals(lane) || arrow.group(3).equals(lane));
    }

    static String of(String sketch) {
        TextLadder ladder = new TextLadder(sketch);
        if (ladder.lanes.isEmpty()) {
            return sketch + "\n";
        }
        ladder.names();
        for (String step : sketch.split(";")) {
            ladder.step(step.strip());
        }
        return ladder.lines.toString();
    }

    private int column(String lane) {
        return MARGIN + lanes.indexOf(lane) * WIDTH;
    }

    private StringBuilder empty(char life) {
        int length = column(lanes.get(lanes.size() - 1)) + 1;
        StringBuilder line = new StringBuilder(" ".repeat(length));
        lanes.forEach(lane -> line.setCharAt(column(lane), life));
        return line;
    }

    private void names() {
        StringBuilder line = new StringBuilder();
        for (String lane : lanes) {
            String name = NAMES.get(lane);
            int start = column(lane) - name.length() / 2;
            line.append(" ".repeat(Math.max(0, start - line.length()))).append(name);
        }
        print(line);
    }

    private void step(String step) {
        Matcher arrow = ARROW.matcher(step);
        if (!arrow.matches()) {
            StringBuilder line = empty(step.startsWith("~") ? ':' : '|');
            String words = step.replaceFirst("^~", "");
            write(line, column(lanes.get(0)) + 3, words);
            print(line);
            return;
        }
        boolean back = arrow.group(2).startsWith("<");
        boolean lost = arrow.group(2).contains("x");
        int left = Math.min(column(arrow.group(1)), column(arrow.group(3)));
        int right = Math.max(column(arrow.group(1)), column(arrow.group(3)));
        boolean toRight = back == column(arrow.group(1)) > column(arrow.group(3));
        StringBuilder words = empty('|');
        write(words, left + 3, arrow.group(4));
        print(words);
        StringBuilder line = empty('|');
        for (int at = left + 1; at < right; at++) {
            line.setCharAt(at, '-');
        }
        int end = toRight ? right - 1 : left + 1;
        int middle = (left + right) / 2;
        if (lost) {
            int from = toRight ? middle + 1 : left + 1;
            int to = toRight ? right : middle;
            for (int at = from; at < to; at++) {
                line.setCharAt(at, ' ');
            }
            line.setCharAt(middle, 'X');
        } else {
            line.setCharAt(end, toRight ? '>' : '<');
        }
        print(line);
    }

    private static void write(StringBuilder line, int column, String words) {
        for (int at = 0; at < words.length(); at++) {
            if (column + at < line.length()) {
                line.setCharAt(column + at, words.charAt(at));
            } else {
                line.append(words.charAt(at));
            }
        }
    }

    private void print(StringBuilder line) {
        lines.append(line.toString().stripTrailing()).append('\n');
    }
}
