package io.netverdict.service.config;

import io.netverdict.capture.index.PayloadCutoff;
import io.netverdict.service.ByteSizes;
import io.netverdict.service.Durations;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What values a setting takes: how they are read from text and what to say of text that is none.
 *
 * @param label stands for the value in a usage message, for example {@code SIZE}
 * @param reader throws IllegalArgumentException where the text is no such value
 * @param form what the text should have been, as the end of «is no …»
 * @param kind whether it may be given several times, or without a value
 */
public record SettingType<T>(String label, Function<String, T> reader, String form, Kind kind) {
    private static final Pattern LIST_SEPARATOR = Pattern.compile("\\s*,\\s*");

    /** How often a value is given. */
    public enum Kind {
        SINGLE,
        /** A flag may be repeated, a file may have a sequence; text separates with commas. */
        LIST,
        /** A flag without a value means {@link #ON}. */
        SWITCH
    }

    static final String ON = "on";
    static final String OFF = "off";

    public static final SettingType<Long> SIZE = sizeOf(0, Long.MAX_VALUE, "size; one is 256MiB");

    public static final SettingType<Long> CUTOFF =
            single(
                    "SIZE|off",
                    text -> text.equals(OFF) ? PayloadCutoff.OFF : ByteSizes.parse(text),
                    "size, nor off; one is 64KiB");

    public static final SettingType<Duration> DURATION =
            single("TIME", Durations::parse, "duration; one is 30d");

    public static final SettingType<Path> DIRECTORY = single("DIR", Path::of, "directory");

    public static final SettingType<Path> FILE = single("FILE", Path::of, "file");

    public static final SettingType<InetSocketAddress> ADDRESS =
            single("ADDRESS:PORT", SettingType::address, "address:port; one is 127.0.0.1:8321");

    public static final SettingType<URI> URL =
            single("URL", SettingType::url, "URL of a service; one is http://127.0.0.1:8321");

    public static final SettingType<List<String>> NAMES =
            new SettingType<>("NAME", SettingType::names, "list of names", Kind.LIST);

    public static final SettingType<List<String>> NAMESPACES =
            new SettingType<>("NAME|PID", SettingType::names, "list of namespaces", Kind.LIST);

    public static final SettingType<Boolean> SWITCH =
            new SettingType<>("on|off", SettingType::onOrOff, "choice of on and off", Kind.SWITCH);

    private static <T> SettingType<T> single(
            String label, Function<String, T> reader, String form) {
        return new SettingType<>(label, reader, form, Kind.SINGLE);
    }

    /** A byte count between two others. */
    public static SettingType<Long> sizeOf(long min, long max, String form) {
        return single(
                "SIZE", text -> checked(ByteSizes.parse(text), n -> n >= min && n <= max), form);
    }

    /** A whole number between two others, both included. */
    public static SettingType<Integer> numberOf(String label, int min, int max) {
        return single(
                label,
                text -> checked(Integer.valueOf(text.strip()), n -> n >= min && n <= max),
                "number from " + min + " to " + max);
    }

    /** Reads a value; throws IllegalArgumentException with a sentence for people. */
    public T parse(String text) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is no " + form, e);
        }
    }

    private static <T> T checked(T value, Predicate<T> fits) {
        if (!fits.test(value)) {
            throw new IllegalArgumentException("value=" + value);
        }
        return value;
    }

    private static List<String> names(String text) {
        return text.isBlank() ? List.of() : List.of(LIST_SEPARATOR.split(text.strip()));
    }

    private static Boolean onOrOff(String text) {
        return switch (text) {
            case ON, "true", "yes" -> true;
            case OFF, "false", "no" -> false;
            default -> throw new IllegalArgumentException("switch=" + text);
        };
    }

    /** Address and port, or a port on loopback. */
    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "127.0.0.1" : text.substring(0, colon);
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("address=" + text, e);
        }
    }

    private static URI url(String text) {
        URI url = URI.create(text);
        return checked(url, each -> each.getScheme() != null && each.getHost() != null);
    }
}
