package io.netverdict.correlator.finding;

import io.netverdict.correlator.tcp.Segment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Figures in words, the same everywhere. */
public final class Figures {
    private static final int MAX_TIMES = 6;
    private static final double MAX_FIXED = 1e15;

    private Figures() {}

    /** A span of time: {@code 210 ms}, {@code 3.05 s}, {@code 95 s}. */
    public static String span(long nanos) {
        double seconds = nanos / 1e9;
        if (nanos < 0) {
            return "-" + span(-nanos);
        }
        if (seconds < 0.001) {
            return fixed(seconds * 1e3, 2) + " ms";
        }
        if (seconds < 1) {
            return fixed(seconds * 1e3, 0) + " ms";
        }
        return fixed(seconds, seconds < 20 ? 2 : 0) + " s";
    }

    /**
     * A number with so many digits behind the point; figures are in every text, and a formatter
     * takes more time than many a rule.
     */
    public static String fixed(double value, int digits) {
        if (Math.abs(value) >= MAX_FIXED || Double.isNaN(value)) {
            return Double.toString(value);
        }
        return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).toPlainString();
    }

    /** A number of bytes: {@code 517 bytes}, {@code 30.0 kB}, {@code 2.0 MB}. */
    public static String bytes(long count) {
        if (count < 10_000) {
            return count + (count == 1 ? " byte" : " bytes");
        }
        return count < 1_000_000 ? fixed(count / 1e3, 0) + " kB" : fixed(count / 1e6, 1) + " MB";
    }

    /** A rate in bits a second: {@code 250 kbit/s}. */
    public static String rate(double bytes, double nanos) {
        double bits = nanos <= 0 ? 0 : bytes * 8e9 / nanos;
        return bits >= 1e6 ? fixed(bits / 1e6, 1) + " Mbit/s" : fixed(bits / 1e3, 0) + " kbit/s";
    }

    public static String percent(double part) {
        return fixed(part * 100, part < 0.1 ? 1 : 0) + " %";
    }

    /** A number in groups of three digits: {@code 1,234,567}. */
    public static String grouped(long number) {
        StringBuilder digits = new StringBuilder().append(number);
        int first = number < 0 ? 1 : 0;
        for (int at = digits.length() - 3; at > first; at -= 3) {
            digits.insert(at, ',');
        }
        return digits.toString();
    }

    /** {@code 1 SYN}, {@code 4 SYNs}. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** Times relative to a start: {@code 0, 1.02, 3.07 s}. */
    public static String times(Collection<Segment> segments, long startNanos) {
        return offsets(segments.stream().map(Segment::timeNanos).toList(), startNanos);
    }

    /** Times relative to a start: {@code 0, 1.02, 3.07 s}. */
    public static String offsets(List<Long> nanos, long startNanos) {
        String text =
                nanos.stream()
                        .limit(MAX_TIMES)
                        .map(n -> n - startNanos)
                        .map(n -> n < 500_000 ? "0" : fixed(n / 1e9, 2))
                        .collect(Collectors.joining(", "));
        return text + (nanos.size() > MAX_TIMES ? ", …" : "") + " s";
    }
}
