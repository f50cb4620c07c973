package io.netverdict.correlator.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.recording.Recording;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.TcpScript;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which flows are read when there are more packets than can be: forty of others, few of ours. */
class FlowChoiceTest {
    private static final FlowChoice.Limits FEW = new FlowChoice.Limits(40, 40, 10, 10, 10);
    private static final int OTHERS = 40;
    private static final String CURL_REFUSED =
            "curl: (7) Failed to connect to shop.example port 8080 after 2 ms: Connection refused";

    private final PacketScript script = new PacketScript();

    @BeforeEach
    void record() {
        script.dns("10.0.0.1:50000", "10.0.0.53:53").resolves(0, "shop.example", "10.0.0.2");
        TcpScript refused = script.tcp("10.0.0.1:40000", "10.0.0.2:8080");
        refused.client().at(0.1).syn();
        refused.server().at(0.12).refuses();
        for (int i = 0; i < OTHERS; i++) {
            String server = "10.0.1." + (i + 1) + ":9999";
            script.tcp("10.0.0.1:" + (41_000 + i), server).opens(1 + i * 0.1, 0.01);
        }
    }

    private Set<String> ends(String message, FlowChoice.Limits limits) {
        try (Recording recording = script.recording()) {
            long end = recording.coverage().lastNanos();
            Question question = new QuestionReader().read(ErrorReport.of(message), end);
            SceneReader reader = new SceneReader();
            FlowChoice choice =
                    new FlowChoice(
                            recording,
                            question,
                            limits,
                            some -> reader.readFlows(recording, some).names());
            return choice.choose().stream()
                    .map(chosen -> chosen.flow().key())
                    .map(key -> key.low() + " " + key.high())
                    .collect(Collectors.toSet());
        }
    }

    private static long count(Set<String> flows, String end) {
        return flows.stream().filter(flow -> flow.contains(end)).count();
    }

    @Test
    void shouldReadAllFlowsWhereTheyAreFew() {
        assertEquals(OTHERS + 2, ends("connection refused", FlowChoice.Limits.STANDARD).size());
    }

    @Test
    void shouldReadTheResolvedHostsFlowsFirstWhereThereAreMany() {
        Set<String> flows = ends(CURL_REFUSED, FEW);
        assertEquals(1, count(flows, "10.0.0.2:8080"));
        assertEquals(1, count(flows, "10.0.0.53:53"));
        assertTrue(flows.size() < OTHERS, () -> "flows=" + flows);
    }

    @Test
    void shouldFillUpWithFlowsThatEndedNextToTheError() {
        Set<String> flows = ends("dial tcp 10.0.0.2:8080: connection refused", FEW);
        assertEquals(1, count(flows, "10.0.0.2:8080"));
        assertEquals(1, count(flows, "10.0.1." + OTHERS + ":9999"));
        assertFalse(flows.stream().anyMatch(flow -> flow.contains("10.0.1.1:9999")));
    }
}
