package io.netverdict.correlator.story;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.correlator.Correlator;
import io.netverdict.correlator.context.ContextTargets;
import io.netverdict.correlator.context.HostContext;
import io.netverdict.correlator.model.ErrorReport;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.TcpScript;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of a request's flows the machine is asked about. */
class StoryTargetsTest {
    private static final int TRIES = 20;

    private final PacketScript script = new PacketScript();

    private TcpScript attempt(int number) {
        return script.tcp("10.0.0.1:" + (40_000 + number), "10.0.0.2:8080");
    }

    private List<String> clientsAskedAbout() {
        List<ContextTargets> asked = new ArrayList<>();
        new Correlator()
                .diagnose(
                        script.recording(),
                        ErrorReport.of("dial tcp 10.0.0.2:8080: i/o timeout"),
                        targets -> {
                            asked.add(targets);
                            return HostContext.NONE;
                        });
        assertEquals(1, asked.size());
        return asked.get(0).flows().stream()
                .map(ContextTargets.Flow::client)
                .map(Endpoint::toString)
                .toList();
    }

    @Test
    void shouldAskAboutTheAttemptsNextToTheError() {
        for (int i = 0; i < TRIES; i++) {
            attempt(i).client().at(0.1 * i).syn();
        }

        List<String> asked = clientsAskedAbout();

        assertEquals(8, asked.size());
        assertEquals("10.0.0.1:40019", asked.get(0));
        assertEquals("10.0.0.1:40012", asked.get(7));
    }

    @Test
    void shouldNotAskAboutEarlierAttemptsThatWereRefused() {
        attempt(0).client().at(0).syn();
        for (int i = 1; i < TRIES; i++) {
            TcpScript tcp = attempt(i);
            tcp.client().at(0.1 * i).syn();
            tcp.server().at(0.1 * i + 0.01).refuses();
        }

        assertEquals(List.of("10.0.0.1:40019"), clientsAskedAbout());
    }

    @Test
    void shouldAskAboutAnAttemptWithoutAnswerBesideTheRefusedOne() {
        attempt(0).client().at(0).syn();
        TcpScript refused = attempt(1);
        refused.client().at(0.1).syn();
        refused.server().at(0.11).refuses();

        assertEquals(List.of("10.0.0.1:40001", "10.0.0.1:40000"), clientsAskedAbout());
    }
}
