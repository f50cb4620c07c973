package io.netverdict.correlator.errortext;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds durations, sizes and status codes. */
final class FigureFinder {

    private static final String NUMBER = "(?<n>\\d{1,12}(?:\\.\\d{1,9})?)";
    private static final String UNIT =
            " ?\\(?(?<unit>ms\\b|milliseconds?\\b|millis\\b|s\\b|secs?\\b|seconds?\\b|m\\b|minutes?\\b|us\\b|ns\\b)";

    /** Limits that ran out. */
    private static final List<Pattern> TIMEOUTS =
            patterns(
                    "timed out after " + NUMBER + UNIT,
                    "timeout after " + NUMBER + UNIT,
                    "\\b(?:read|connect|write|pool|total) timeout=" + NUMBER + "(?<unit>)",
                    "timeout of " + NUMBER + UNIT,
                    "timeout[:=] ?" + NUMBER + UNIT,
                    "timeout deadline: " + NUMBER + UNIT,
                    "in time \\(" + NUMBER + UNIT,
                    "timeout awaiting '\\w{1,20}' for " + NUMBER + UNIT,
                    "within (?:the (?:configured|specified) timeout (?:of )?)?\\(?" + NUMBER + UNIT,
                    "maximum time of " + NUMBER + UNIT,
                    "timeout \\(" + NUMBER + UNIT,
                    "after a timeout of " + NUMBER + UNIT,
                    "sockettimeoutexception: " + NUMBER + UNIT,
                    "no response (?:after|within|in) " + NUMBER + UNIT,
                    "timeout configuration: " + NUMBER + UNIT);

    /** Times that passed; curl prints this one where others print their limit. */
    private static final List<Pattern> ELAPSED =
            patterns(
                    "actual: " + NUMBER + UNIT,
                    "\\bafter " + NUMBER + UNIT,
                    "elapsed(?: time)?:? " + NUMBER + UNIT);

    private static final List<Pattern> RECEIVED_OF_EXPECTED =
            patterns(
                    "with (?<got>\\d{1,18}) out of (?<all>\\d{1,18}) bytes received",
                    "expected: ?(?<all>[\\d,]{1,18}); received: ?(?<got>[\\d,]{1,18})",
                    "fixed content-length: (?<all>\\d{1,18}), bytes received: (?<got>\\d{1,18})",
                    "\\b(?<got>\\d{1,18}) of (?<all>\\d{1,18}) bytes",
                    "expected (?<all>\\d{1,18}) bytes,? (?:but )?(?:got|received|was) (?<got>\\d{1,18})",
                    "read error at byte (?<got>\\d{1,18})/(?<all>\\d{1,18})",
                    "received (?<got>\\d{1,18})(?: bytes)?,? (?:of|expected) (?<all>\\d{1,18})",
                    "content-length: (?<all>\\d{1,18})[^\\n]{0,60}received:? (?<got>\\d{1,18})");

    private static final List<Pattern> MISSING =
            patterns(
                    "bytes read, (?<more>\\d{1,17}) more",
                    "closed with (?<more>\\d{1,17}) bytes remaining",
                    "with (?<more>\\d{1,17}) bytes missing");

    private static final List<Pattern> RECEIVED =
            patterns(
                    "with (?<got>\\d{1,18}) bytes received",
                    "incompleteread\\((?<got>\\d{1,17}) bytes",
                    "\\b(?<got>\\d{1,17}) bytes read,",
                    "connection closed at byte (?<got>\\d{1,18})",
                    "\\b(?<got>\\d{1,18}) bytes received");

    private static final String STATUS = "(?<status>[1-5]\\d\\d)\\b(?!\\.\\d| ?bytes| ?ms)";

    private static final List<Pattern> STATUSES =
            patterns(
                    "returned error: " + STATUS,
                    "status(?:[ -]?code|code)?(?: does not indicate success)?[^\\w\\n]{1,4}"
                            + STATUS,
                    "(?:response|error|bad|server) (?:status )?code[^\\w\\n]{1,4}" + STATUS,
                    "response code(?: was|:)? ?" + STATUS,
                    "\\bcode[=:] ?" + STATUS,
                    "\\bhttp(?:/[\\d.]{1,3})?:? (?:error |status |code )?" + STATUS,
                    "http error:? " + STATUS,
                    "(?:unexpected|invalid|bad|got|received) (?:http )?(?:status |response )?"
                            + "(?:code )?:?\\s?"
                            + STATUS,
                    "unexpected server response:? " + STATUS,
                    "returned (?:an? )?(?:http )?(?:status )?(?:code )?" + STATUS + "(?! bytes)",
                    "(?:got|response):? " + STATUS,
                    "(?:tunnel|connect)[^\\n]{0,80}failed[:, ]{1,3}(?:response )?" + STATUS,
                    "\\berror " + STATUS + ":",
                    "\\b" + STATUS + " (?:client|server) error",
                    "too many " + STATUS + " error responses",
                    "(?<!lengtherror: |encodingerror: )\\b" + STATUS + ", message=",
                    "code for connect: " + STATUS,
                    "proxy response \\(" + STATUS,
                    "\\b"
                            + STATUS
                            + " [\"'(]?(?:bad request|unauthorized|payment required|forbidden|not found"
                            + "|method not allowed|not acceptable|proxy authentication|request timeout"
                            + "|conflict|gone|length required|precondition|payload too large"
                            + "|request entity too large|content too large|uri too long|unsupported media"
                            + "|range not|expectation|unprocessable|too many requests|upgrade required"
                            + "|internal server error|not implemented|bad gateway|service unavailable"
                            + "|service temporarily|gateway time|insufficient storage|network auth)");

    private static final Pattern NOT_FOUND_OF_URL =
            Pattern.compile("java\\.io\\.filenotfoundexception: <url>");
    private static final int NOT_FOUND = 404;

    private FigureFinder() {}

    static Optional<Duration> timeout(ErrorText masked) {
        return duration(TIMEOUTS, masked.lower());
    }

    static Optional<Duration> elapsed(ErrorText masked) {
        return duration(ELAPSED, masked.lower());
    }

    /** Statuses in the order of the text, each place once. */
    static List<Integer> statuses(ErrorText masked) {
        SortedMap<Integer, Integer> byPosition = new TreeMap<>();
        for (Pattern pattern : STATUSES) {
            Matcher matcher = pattern.matcher(masked.lower());
            while (matcher.find()) {
                byPosition.put(matcher.start("status"), Integer.valueOf(matcher.group("status")));
            }
        }
        Matcher notFound = NOT_FOUND_OF_URL.matcher(masked.lower());
        while (notFound.find()) {
            byPosition.put(notFound.start(), NOT_FOUND);
        }
        return new ArrayList<>(byPosition.values());
    }

    /** Sizes told of a body, and those that follow from two others. */
    record Sizes(OptionalLong received, OptionalLong expected, OptionalLong missing) {}

    static Sizes sizes(ErrorText masked) {
        OptionalLong received = OptionalLong.empty();
        OptionalLong expected = OptionalLong.empty();
        OptionalLong missing = OptionalLong.empty();
        Optional<Matcher> both = match(RECEIVED_OF_EXPECTED, masked.lower());
        if (both.isPresent()) {
            received = number(both.get(), "got");
            expected = number(both.get(), "all");
            long difference = expected.orElse(0) - received.orElse(0);
            missing = difference > 0 ? OptionalLong.of(difference) : missing;
        } else {
            Optional<Matcher> part = match(RECEIVED, masked.lower());
            Optional<Matcher> rest = match(MISSING, masked.lower());
            received = part.map(m -> number(m, "got")).orElse(received);
            missing = rest.map(m -> number(m, "more")).orElse(missing);
            if (received.isPresent() && missing.isPresent()) {
                expected = OptionalLong.of(received.getAsLong() + missing.getAsLong());
            }
        }
        return new Sizes(received, expected, missing);
    }

    private static Optional<Matcher> match(List<Pattern> patterns, String text) {
        return patterns.stream().map(p -> p.matcher(text)).filter(Matcher::find).findFirst();
    }

    static OptionalInt first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find()
                ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
                : OptionalInt.empty();
    }

    private static OptionalLong number(Matcher matcher, String group) {
        String digits = matcher.group(group).replace(",", "");
        return digits.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(digits));
    }

    private static Optional<Duration> duration(List<Pattern> patterns, String text) {
        for (Pattern pattern : patterns) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.find()) {
                double value = Double.parseDouble(matcher.group("n"));
                double nanos = value * nanosPer(matcher.group("unit").toLowerCase(Locale.ROOT));
                return Optional.of(Duration.ofNanos(Math.round(nanos)));
            }
        }
        return Optional.empty();
    }

    private static double nanosPer(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us" -> 1e3;
            case "ms", "millisecond", "milliseconds", "millis" -> 1e6;
            case "m", "minute", "minutes" -> 60e9;
            default -> 1e9;
        };
    }

    private static List<Pattern> patterns(String... expressions) {
        return List.of(expressions).stream().map(e -> Pattern.compile(e)).toList();
    }
}
