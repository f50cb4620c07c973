package io.netverdict.service;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Byte counts as people write them: {@code 256MiB}, {@code 2GiB}, {@code 500MB}, {@code 1048576}.
 */
public final class ByteSizes {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\s*([kmgt]?i?b?)");
    private static final Map<Character, Integer> POWERS = Map.of('k', 1, 'm', 2, 'g', 3, 't', 4);

    private ByteSizes() {}

    /** Reads a byte count; {@code KiB} and {@code K} are 1024, {@code KB} is 1000. */
    public static long parse(String text) {
        Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!form.matches() || form.group(2).equals("i") || form.group(2).equals("ib")) {
            throw new IllegalArgumentException("bytes=" + text);
        }
        String unit = form.group(2);
        int power = unit.isEmpty() ? 0 : POWERS.getOrDefault(unit.charAt(0), 0);
        long base = power > 0 && unit.endsWith("b") && !unit.contains("i") ? 1000 : 1024;
        long bytes = Long.parseLong(form.group(1));
        try {
            for (int i = 0; i < power; i++) {
                bytes = Math.multiplyExact(bytes, base);
            }
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("bytes=" + text, e);
        }
        return bytes;
    }

    /** For example {@code 256 MiB}. */
    public static String format(long bytes) {
        double value = bytes;
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        String pattern = value >= 100 || value == Math.rint(value) ? "%.0f %s" : "%.1f %s";
        return String.format(Locale.ROOT, pattern, value, units[unit]);
    }
}
