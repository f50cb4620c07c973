package io.netverdict.service;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 500ms}, {@code 5s}, {@code 10m}, {@code 12h}, {@code 30d}.
 */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)?");
    private static final Map<String, Duration> UNITS =
            Map.of(
                    "ms", Duration.ofMillis(1),
                    "s", Duration.ofSeconds(1),
                    "m", Duration.ofMinutes(1),
                    "h", Duration.ofHours(1),
                    "d", Duration.ofDays(1));

    private Durations() {}

    /** Reads a duration; a number without a unit is in seconds. */
    public static Duration parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("duration=" + text);
        }
        Duration unit = UNITS.get(form.group(2) == null ? "s" : form.group(2));
        try {
            return unit.multipliedBy(Long.parseLong(form.group(1)));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("duration=" + text, e);
        }
    }
}
