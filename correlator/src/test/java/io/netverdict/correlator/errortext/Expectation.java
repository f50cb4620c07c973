package io.netverdict.correlator.errortext;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netverdict.correlator.model.OperationKind;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One row of a table of texts. */
final class Expectation {

    private static final String ANY = "*";

    private Expectation() {}

    /**
     * Reads the text and compares.
     *
     * @param text {@code ⏎} stands for a line's end
     * @param complaints names, all there must be
     * @param hostAndPort {@code host}, {@code host:port} or {@code -}
     * @param stepsOrNull names of the possible steps, null for none, {@code *} for more than one
     */
    static void check(
            String clientOrNull,
            String text,
            String complaints,
            String hostAndPort,
            String stepsOrNull) {
        ErrorFacts facts = new ErrorTextReader().read(text.replace('⏎', '\n'), clientOrNull);
        assertAll(
                text,
                () -> assertEquals(names(complaints), names(facts.complaints()), "complaints"),
                () -> assertEquals(hostAndPort, hostAndPort(facts), "host"),
                () -> {
                    if (ANY.equals(stepsOrNull)) {
                        assertEquals(true, facts.possibleSteps().size() > 1, "several steps");
                    } else {
                        assertEquals(
                                names(stepsOrNull == null ? "" : stepsOrNull),
                                facts.possibleSteps().stream()
                                        .map(OperationKind::name)
                                        .collect(Collectors.toCollection(TreeSet::new)),
                                "steps");
                    }
                });
    }

    private static String hostAndPort(ErrorFacts facts) {
        String port = facts.port().isPresent() ? ":" + facts.port().getAsInt() : "";
        return facts.host().map(host -> host + port).orElse("-");
    }

    private static Set<String> names(String list) {
        return Arrays.stream(list.strip().split(" "))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(Set<Complaint> complaints) {
        return complaints.stream()
                .map(Complaint::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
