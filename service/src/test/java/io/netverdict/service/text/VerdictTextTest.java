package io.netverdict.service.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.correlator.model.Alternative;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.model.Evidence;
import io.netverdict.correlator.model.Incident;
import io.netverdict.correlator.model.IncidentStatus;
import io.netverdict.correlator.model.Operation;
import io.netverdict.correlator.model.OperationKind;
import io.netverdict.correlator.model.Outcome;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.model.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class VerdictTextTest {
    private static final Instant START = Instant.parse("2026-11-23T11:00:00Z");

    private static Incident incident(String evidence) {
        Verdict verdict =
                new Verdict(
                        Cause.TCP_SYN_NO_RESPONSE,
                        0.97,
                        Blame.PATH,
                        Phase.CONNECT,
                        "No answer to 4 SYNs to 10.77.0.2:8443",
                        "Nothing came back from 10.77.0.2 port 8443, so something drops it.",
                        List.of("Look at the firewalls on the way."),
                        List.of(new Evidence(evidence, LongStream.of(3, 4, 7).boxed().toList())),
                        List.of(new Alternative(Cause.TCP_REFUSED, 0.01, "no RST was seen")));
        List<Operation> operations =
                List.of(
                        new Operation(
                                OperationKind.RESOLVE,
                                "datastore.example",
                                1,
                                START,
                                START.plusMillis(2),
                                Outcome.OK,
                                Map.of("answers", List.of("10.77.0.2"))),
                        new Operation(
                                OperationKind.CONNECT,
                                "10.77.0.2:8443",
                                2,
                                START.plusMillis(3),
                                START.plusSeconds(10),
                                Outcome.TIMEOUT,
                                Map.of()));
        return new Incident(
                "i1",
                START,
                IncidentStatus.DECIDED,
                ErrorReport.of("boom"),
                verdict,
                operations,
                List.of(),
                Map.of(),
                null);
    }

    private static String print(TextStyle style, Incident incident) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        new VerdictText(style).print(out, incident);
        out.flush();
        return text.toString();
    }

    @Test
    void shouldTellTheVerdictAsAPersonReadsIt() {
        assertEquals(
                """
                tcp.syn-no-response  the path, sure (97 %)
                No answer to 4 SYNs to 10.77.0.2:8443

                  Nothing came back from 10.77.0.2 port 8443, so something drops it.

                What the request did, from 2026-11-23T11:00:00Z
                    +0.000 s  resolve   datastore.example  ok            2.0 ms  answers 10.77.0.2
                    +0.003 s  connect   10.77.0.2:8443     timeout      10.00 s

                Evidence
                  - 4 SYNs, no answer [frames 3 4 7]

                What to do
                  1. Look at the firewalls on the way.

                Also considered
                  - tcp.refused (1 %): no RST was seen
                """,
                print(TextStyle.PLAIN, incident("4 SYNs, no answer")));
    }

    @Test
    void shouldSayHowManyLikeAttemptsAreNotTold() {
        Incident few = incident("e");
        Incident many = few.withContext("attemptsLeftOut", 28);

        String text = print(TextStyle.PLAIN, many);

        assertTrue(text.contains("    and 28 attempts more like these, farther from the error\n"));
        assertFalse(print(TextStyle.PLAIN, few).contains("like these"));
    }

    @Test
    void shouldTellWhatProbesFoundApartFromTheRequest() {
        Incident plain = incident("e");
        List<Operation> operations = new java.util.ArrayList<>(plain.operations());
        operations.add(
                new Operation(
                        OperationKind.PROBE,
                        "10.77.0.2",
                        null,
                        START.plusSeconds(11),
                        START.plusSeconds(12),
                        Outcome.OK,
                        Map.of("probe", "path mtu", "mtuBytes", 1300)));
        Incident probed =
                new Incident(
                        plain.id(),
                        plain.receivedAt(),
                        plain.status(),
                        plain.error(),
                        plain.verdict(),
                        operations,
                        plain.flows(),
                        Map.of("probes", Map.of("note", "the time ran out")),
                        null);

        String text = print(TextStyle.PLAIN, probed);

        assertTrue(
                text.contains(
                        """

                        What probes found, after the error
                          path mtu       10.77.0.2  ok           1.00 s  1300 bytes
                          the time ran out

                        Evidence
                        """),
                text);
        assertEquals(1, text.split("path mtu", -1).length - 1, text);
    }

    @Test
    void shouldFitTheTerminal() {
        String text = print(TextStyle.of(60, false), incident("many words ".repeat(40)));

        text.lines().forEach(line -> assertTrue(line.length() <= 60, line));
    }

    @Test
    void shouldColourOnlyWhereColoursAreWanted() {
        assertTrue(print(TextStyle.of(80, true), incident("e")).contains("\u001B["));
    }

    @Test
    void shouldNotLetPacketsSteerTheTerminal() {
        String text = print(TextStyle.PLAIN, incident("Server: \u001B[2J\u0007 evil\r\nline"));

        assertTrue(text.contains("- Server: [2J evil line [frames"), text);
    }

    @Test
    void shouldCiteManyFramesBriefly() {
        List<Long> frames = LongStream.rangeClosed(1, 30).boxed().toList();

        assertEquals(
                " [frames 1 2 3 4 5 6 7 8 9 10 11 12 and 18 more]", VerdictText.frames(frames));
    }
}
