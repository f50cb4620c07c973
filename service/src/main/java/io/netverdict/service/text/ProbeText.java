package io.netverdict.service.text;

import io.netverdict.correlator.model.Operation;
import io.netverdict.correlator.model.OperationKind;
import io.netverdict.correlator.model.Outcome;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What probes found, a line each, apart from what the request did. */
final class ProbeText {
    private static final int MAX_TARGET_LENGTH = 32;

    /** Of a line, all but target and detail. */
    private static final int OTHER_COLUMNS_LENGTH = 39;

    private static final String KIND = "probe";

    private final TextStyle style;

    ProbeText(TextStyle style) {
        this.style = style;
    }

    /** Those of an incident's operations that are probes. */
    static List<Operation> of(List<Operation> operations) {
        return operations.stream().filter(o -> o.kind() == OperationKind.PROBE).toList();
    }

    /** Prints them, and how probing went as far as that is worth a line. */
    void print(PrintWriter out, List<Operation> probes, Map<String, Object> context) {
        Object note = context.get("probes") instanceof Map<?, ?> how ? how.get("note") : null;
        if (probes.isEmpty() && note == null) {
            return;
        }
        out.println();
        out.println(style.bold("What probes found") + style.dim(", after the error"));
        int room = Math.min(MAX_TARGET_LENGTH, style.width() - OTHER_COLUMNS_LENGTH);
        int width =
                probes.stream()
                        .mapToInt(probe -> TextStyle.clean(probe.target()).length())
                        .max()
                        .orElse(0);
        for (Operation probe : probes) {
            line(out, probe, Math.max(1, Math.min(room, width)));
        }
        if (note != null) {
            out.println(style.wrap("  ", "  ", String.valueOf(note)));
        }
    }

    private void line(PrintWriter out, Operation probe, int targetWidth) {
        String took =
                probe.endedAt() == null
                        ? ""
                        : VerdictText.duration(
                                Duration.between(probe.startedAt(), probe.endedAt()));
        String line =
                String.format(
                        Locale.ROOT,
                        "  %-13s  %-" + targetWidth + "s  ",
                        TextStyle.cut(String.valueOf(probe.detail().get(KIND)), 13),
                        TextStyle.cut(probe.target(), targetWidth));
        String outcome = String.format(Locale.ROOT, "%-10s", probe.outcome().code());
        String end = String.format(Locale.ROOT, " %8s", took);
        int room = style.width() - line.length() - outcome.length() - end.length() - 2;
        String detail = room < 8 ? "" : TextStyle.cut(detail(probe.detail()), room);
        boolean ok = probe.outcome() == Outcome.OK;
        String shown = ok ? style.green(outcome) : style.red(outcome);
        out.println((line + shown + end + "  " + style.dim(detail)).stripTrailing());
    }

    /** The figures that say most, in the order in which they stand. */
    private static String detail(Map<String, Object> detail) {
        return detail.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(KIND) && !entry.getKey().equals("chain"))
                .filter(entry -> !(entry.getValue() instanceof List<?> list && list.isEmpty()))
                .sorted((one, other) -> Integer.compare(rank(one.getKey()), rank(other.getKey())))
                .map(entry -> words(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static int rank(String key) {
        return switch (key) {
            case "faults", "mtuBytes", "problem", "status", "hops" -> 0;
            case "asked", "over" -> 1;
            case "answers", "rcode", "icmp", "roundTripMillis" -> 2;
            default -> 3;
        };
    }

    private static String words(String key, Object value) {
        return switch (key) {
            case "mtuBytes" -> value + " bytes";
            case "roundTripMillis" -> value + " ms";
            case "asked" -> recordType(String.valueOf(value));
            case "hops" -> join(value, " > ");
            case "answers" -> join(value, " ");
            case "faults" -> join(value, ", ");
            case "problem", "reply", "rcode", "reason", "trust" -> String.valueOf(value);
            default -> key + " " + (value instanceof List<?> ? join(value, " ") : value);
        };
    }

    /** The name is the same in all queries of an incident. */
    private static String recordType(String nameAndType) {
        return nameAndType.substring(nameAndType.lastIndexOf(' ') + 1);
    }

    private static String join(Object list, String separator) {
        return list instanceof List<?> values
                ? values.stream().map(String::valueOf).collect(Collectors.joining(separator))
                : String.valueOf(list);
    }
}
