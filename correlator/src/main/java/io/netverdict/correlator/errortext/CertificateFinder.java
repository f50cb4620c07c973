package io.netverdict.correlator.errortext;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds dates and names of a certificate complained of. */
final class CertificateFinder {

    private static final Pattern GO_DATES =
            Pattern.compile("current time (\\S{10,40}) is (after|before) (\\d[\\dT:+.-]{9,38}Z?)");
    private static final Pattern JAVA_DATE =
            Pattern.compile(
                    "Not(After|Before): (\\w{3} \\w{3} \\d\\d \\d\\d:\\d\\d:\\d\\d \\w{3,5} \\d{4})");
    private static final DateTimeFormatter JAVA_DATE_FORMAT =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss zzz yyyy", Locale.ENGLISH);
    private static final List<Pattern> NAMES =
            List.of(
                    names("certificate is valid for ([^\\n]{1,2000}), not "),
                    names(
                            "doesn't match any of the subject alternative names: \\[([^\\]\\n]{1,2000})\\]"),
                    names("cert's altnames: ([^\\n]{1,2000})"),
                    names("altnames: ([^\\n]{1,2000})"),
                    names("doesn't match (?:either of )?((?:'[^'\\n]{1,255}'(?:, )?){1,64})"),
                    names("certificate subject name \\(?'([^'\\n]{1,255})'"),
                    names("certificate common name '([^'\\n]{1,255})'"),
                    names("subjectaltnames: \\[([^\\]\\n]{1,2000})\\]"),
                    names("subject alternative names: \\[([^\\]\\n]{1,2000})\\]"));
    private static final Pattern NAME =
            Pattern.compile("(?:DNS:|IP Address:|DNSName\\(\")?([*\\w][\\w.:*-]{0,254})");

    private CertificateFinder() {}

    static CertificateMention find(ErrorText text) {
        Optional<Instant> checkedAt = Optional.empty();
        Optional<Instant> notAfter = Optional.empty();
        Optional<Instant> notBefore = Optional.empty();
        Matcher go = GO_DATES.matcher(text.text());
        if (go.find()) {
            checkedAt = instant(go.group(1));
            if (go.group(2).equals("after")) {
                notAfter = instant(go.group(3));
            } else {
                notBefore = instant(go.group(3));
            }
        }
        Matcher java = JAVA_DATE.matcher(text.text());
        if (java.find()) {
            Optional<Instant> date = javaDate(java.group(2));
            if (java.group(1).equals("After")) {
                notAfter = date;
            } else {
                notBefore = date;
            }
        }
        return new CertificateMention(checkedAt, notAfter, notBefore, names(text));
    }

    private static List<String> names(ErrorText text) {
        List<String> names = new ArrayList<>();
        for (Pattern pattern : NAMES) {
            Matcher list = pattern.matcher(text.text());
            if (list.find()) {
                for (String item : list.group(1).split("[,\\s']{1,4}")) {
                    Matcher name = NAME.matcher(item);
                    if (name.lookingAt() && item.indexOf('.') > 0) {
                        names.add(name.group(1).toLowerCase(Locale.ROOT));
                    }
                }
                return names;
            }
        }
        return names;
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> javaDate(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, JAVA_DATE_FORMAT).toInstant());
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    private static Pattern names(String expression) {
        return Pattern.compile(expression, Pattern.CASE_INSENSITIVE);
    }
}
