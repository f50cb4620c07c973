package io.netverdict.service.text;

import io.netverdict.correlator.account.Account;
import io.netverdict.correlator.finding.Figures;
import io.netverdict.correlator.model.Alternative;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Evidence;
import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.Operation;
import io.netverdict.correlator.model.OperationKind;
import io.netverdict.correlator.model.Outcome;
import io.netverdict.correlator.model.Verdict;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** An incident as text that is read in ten seconds: what, how sure, why, what to do. */
public final class VerdictText {
    private static final int MAX_FRAMES = 12;
    private static final int MAX_ALTERNATIVES = 3;
    private static final int MAX_TARGET_LENGTH = 44;

    /** Of an operation's line, all but its target and detail. */
    private static final int OTHER_COLUMNS_LENGTH = 47;

    private static final double SURE = 0.9;
    private static final double LIKELY = 0.7;
    private static final double PERHAPS = 0.5;

    private final TextStyle style;

    public VerdictText(TextStyle style) {
        this.style = Objects.requireNonNull(style, "style");
    }

    /** Prints all of an incident. */
    public void print(PrintWriter out, Incident incident) {
        Verdict verdict = incident.verdict();
        if (verdict == null) {
            out.println("Late packets are still awaited; ask again for incident " + incident.id());
            return;
        }
        out.println(headline(verdict));
        out.println(style.wrap("", "", verdict.hint()));
        String explanation = beyond(verdict.hint(), verdict.explanation());
        if (!explanation.isEmpty()) {
            out.println();
            out.println(style.wrap("  ", "  ", explanation));
        }
        operations(
                out,
                incident.operations().stream()
                        .filter(operation -> operation.kind() != OperationKind.PROBE)
                        .toList(),
                incident.context().get(Account.ATTEMPTS_LEFT_OUT));
        new ProbeText(style).print(out, ProbeText.of(incident.operations()), incident.context());
        evidence(out, verdict.evidence());
        advice(out, verdict.advice());
        alternatives(out, verdict.alternatives());
    }

    /** An explanation stands alone elsewhere; here the hint is above it already. */
    private static String beyond(String hint, String explanation) {
        return explanation.regionMatches(true, 0, hint, 0, hint.length())
                ? explanation.substring(hint.length()).replaceFirst("^[.\\s]+", "")
                : explanation;
    }

    /** Cause, blame and confidence in one line. */
    public String headline(Verdict verdict) {
        return cause(verdict.cause())
                + "  "
                + style.bold(blame(verdict.blame()))
                + ", "
                + confidence(verdict.confidence());
    }

    private String cause(Cause cause) {
        return switch (cause) {
            case NETWORK_HEALTHY -> style.green(cause.code());
            case CAPTURE_INSUFFICIENT -> style.yellow(cause.code());
            default -> style.red(cause.code());
        };
    }

    private static String blame(Blame blame) {
        return switch (blame) {
            case CLIENT -> "the client's side";
            case LOCAL_LINK -> "the local link";
            case RESOLVER -> "the name server";
            case PATH -> "the path";
            case PROXY -> "the proxy";
            case SERVER -> "the server";
            case NONE -> "not the network";
            case UNKNOWN -> "cannot be told where";
        };
    }

    /** Confidence in a word, with its figure. */
    public static String confidence(double confidence) {
        String word =
                confidence >= SURE
                        ? "sure"
                        : confidence >= LIKELY
                                ? "likely"
                                : confidence >= PERHAPS ? "perhaps" : "a guess";
        return word + odds(confidence);
    }

    private static String odds(double confidence) {
        return " (" + Figures.fixed(confidence * 100, 0) + " %)";
    }

    /**
     * @param leftOut how many attempts like these are not among them; null for none
     */
    private void operations(PrintWriter out, List<Operation> operations, Object leftOut) {
        Instant start =
                operations.stream()
                        .map(Operation::startedAt)
                        .filter(Objects::nonNull)
                        .min(Instant::compareTo)
                        .orElse(null);
        if (start == null) {
            return;
        }
        out.println();
        out.println(style.bold("What the request did") + style.dim(", from " + start));
        int targetWidth =
                operations.stream()
                        .mapToInt(operation -> TextStyle.clean(operation.target()).length())
                        .max()
                        .orElse(0);
        int room = Math.min(MAX_TARGET_LENGTH, style.width() - OTHER_COLUMNS_LENGTH);
        for (Operation operation : operations) {
            operation(out, operation, start, Math.min(room, targetWidth));
        }
        if (leftOut != null) {
            out.println(
                    style.dim(
                            "    and "
                                    + leftOut
                                    + " attempts more like these, farther from the error"));
        }
    }

    private void operation(PrintWriter out, Operation operation, Instant start, int targetWidth) {
        String at =
                operation.startedAt() == null
                        ? ""
                        : "+" + Figures.fixed(seconds(start, operation.startedAt()), 3) + " s";
        String took =
                operation.startedAt() == null || operation.endedAt() == null
                        ? ""
                        : duration(Duration.between(operation.startedAt(), operation.endedAt()));
        String line =
                String.format(
                        Locale.ROOT,
                        "  %10s  %-8s  %-" + Math.max(1, targetWidth) + "s  ",
                        at,
                        operation.kind().code(),
                        TextStyle.cut(operation.target(), targetWidth));
        String outcome = String.format(Locale.ROOT, "%-10s", operation.outcome().code());
        String end = String.format(Locale.ROOT, " %9s", took);
        int room = style.width() - line.length() - outcome.length() - end.length() - 2;
        String detail = room < 8 ? "" : TextStyle.cut(detail(operation), room);
        boolean ok = operation.outcome() == Outcome.OK;
        String shown = ok ? style.green(outcome) : style.red(outcome);
        out.println((line + shown + end + "  " + style.dim(detail)).stripTrailing());
    }

    private static String detail(Operation operation) {
        return operation.detail().entrySet().stream()
                .map(entry -> entry.getKey() + " " + value(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String value(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(" "))
                : String.valueOf(value);
    }

    private void evidence(PrintWriter out, List<Evidence> evidence) {
        if (evidence.isEmpty()) {
            return;
        }
        out.println();
        out.println(style.bold("Evidence"));
        for (Evidence fact : evidence) {
            out.println(style.wrap("  - ", "    ", fact.text() + frames(fact.frames())));
        }
    }

    /** The frames cited, in brackets behind a space; empty for none. */
    public static String frames(List<Long> frames) {
        if (frames.isEmpty()) {
            return "";
        }
        String listed =
                frames.stream()
                        .limit(MAX_FRAMES)
                        .map(String::valueOf)
                        .collect(Collectors.joining(" "));
        String more =
                frames.size() > MAX_FRAMES ? " and " + (frames.size() - MAX_FRAMES) + " more" : "";
        return (frames.size() == 1 ? " [frame " : " [frames ") + listed + more + "]";
    }

    private void advice(PrintWriter out, List<String> advice) {
        if (advice.isEmpty()) {
            return;
        }
        out.println();
        out.println(style.bold("What to do"));
        for (int i = 0; i < advice.size(); i++) {
            out.println(style.wrap("  " + (i + 1) + ". ", "     ", advice.get(i)));
        }
    }

    private void alternatives(PrintWriter out, List<Alternative> alternatives) {
        if (alternatives.isEmpty()) {
            return;
        }
        out.println();
        out.println(style.bold("Also considered"));
        for (Alternative other : alternatives.stream().limit(MAX_ALTERNATIVES).toList()) {
            String what = other.cause().code() + odds(other.confidence()) + ": " + other.against();
            out.println(style.wrap("  - ", "    ", what));
        }
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    /** For example {@code 850 µs}, {@code 12.3 ms}, {@code 4.02 s}. */
    static String duration(Duration duration) {
        double micros = duration.toNanos() / 1e3;
        if (micros < 1e3) {
            return Figures.fixed(micros, 0) + " µs";
        }
        return micros < 1e6
                ? Figures.fixed(micros / 1e3, 1) + " ms"
                : Figures.fixed(micros / 1e6, 2) + " s";
    }
}
