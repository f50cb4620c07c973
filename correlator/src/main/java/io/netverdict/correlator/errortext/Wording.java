package io.netverdict.correlator.errortext;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A way of saying something, and what it says.
 *
 * <p>Most are plain phrases, sought without regard to case. Expressions are for what has neighbours
 * that change the meaning; every repetition in one is bounded, so that no text makes them slow.
 */
final class Wording {

    private final String phrase;
    private final Pattern expression;
    private final List<Complaint> complaints;

    private Wording(String phrase, Pattern expression, Complaint... complaints) {
        this.phrase = phrase;
        this.expression = expression;
        this.complaints = List.of(complaints);
    }

    /** The complaint for any of these phrases. */
    static List<Wording> phrases(Complaint complaint, String... phrases) {
        return List.of(phrases).stream()
                .map(p -> new Wording(p.toLowerCase(Locale.ROOT), null, complaint))
                .toList();
    }

    /** The complaint for any of these expressions, which meet the text in lower case. */
    static List<Wording> expressions(Complaint complaint, String... expressions) {
        return List.of(expressions).stream()
                .map(e -> Pattern.compile(e, Pattern.MULTILINE))
                .map(e -> new Wording(null, e, complaint))
                .toList();
    }

    /** One error number under the several names runtimes give it. */
    static List<Wording> errno(Complaint complaint, int linux, int darwin, int windows) {
        return expressions(
                complaint,
                String.format(
                        "(?:\\[errno|os error|errno:?|error\\() ?-?(?:%d|%d)\\b(?!\\d)",
                        linux, darwin),
                String.format("(?:winerror|os error|errno|wsa|error\\() ?%d\\b", windows));
    }

    boolean isIn(ErrorText text) {
        return phrase != null
                ? text.lower().contains(phrase)
                : expression.matcher(text.lower()).find();
    }

    List<Complaint> complaints() {
        return complaints;
    }
}
