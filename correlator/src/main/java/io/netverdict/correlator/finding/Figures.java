package io.netverdict.correlator.finding;

import io.netverdict.correlator.tcp.Segment;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Figures in words, the same everywhere. */
public final class Figures {
    private static final int MAX_TIMES = 6;

    private Figures() {}

    /** A span of time: {@code 210 ms}, {@code 3.05 s}, {@code 95 s}. */
    public static String span(long nanos) {
        double seconds = nanos / 1e9;
        if (nanos < 0) {
            return "-" + span(-nanos);
        }
        if (seconds < 0.001) {
            return String.format(Locale.ROOT, "%.2f ms", seconds * 1e3);
        }
        if (seconds < 1) {
            return String.format(Locale.ROOT, "%.0f ms", seconds * 1e3);
        }
        return String.format(Locale.ROOT, seconds < 20 ? "%.2f s" : "%.0f s", seconds);
    }

    /** A number of bytes: {@code 517 bytes}, {@code 30.0 kB}, {@code 2.0 MB}. */
    public static String bytes(long count) {
        if (count < 10_000) {
            return count + (count == 1 ? " byte" : " bytes");
        }
        return count < 1_000_000
                ? String.format(Locale.ROOT, "%.0f kB", count / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", count / 1e6);
    }

    /** A rate in bits a second: {@code 250 kbit/s}. */
    public static String rate(double bytes, double nanos) {
        double bits = nanos <= 0 ? 0 : bytes * 8e9 / nanos;
        return bits >= 1e6
                ? String.format(Locale.ROOT, "%.1f Mbit/s", bits / 1e6)
                : String.format(Locale.ROOT, "%.0f kbit/s", bits / 1e3);
    }

    public static String percent(double part) {
        return String.format(Locale.ROOT, part < 0.1 ? "%.1f %%" : "%.0f %%", part * 100);
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
                        .map(n -> n < 500_000 ? "0" : String.format(Locale.ROOT, "%.2f", n / 1e9))
                        .collect(Collectors.joining(", "));
        return text + (nanos.size() > MAX_TIMES ? ", …" : "") + " s";
    }
}
