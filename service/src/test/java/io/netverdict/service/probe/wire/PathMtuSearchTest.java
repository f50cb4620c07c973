package io.netverdict.service.probe.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netverdict.capture.packet.IpAddress;
import io.netverdict.nativelib.socket.SocketFailure;
import io.netverdict.service.probe.flow.ProbeFlows;
import io.netverdict.service.probe.flow.ProbeSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathMtuSearchTest {
    private static final IpAddress ROUTER = IpAddress.parse("192.0.2.1").orElseThrow();
    private static final int INTERFACE_BYTES = 1500;

    private static PathMtuSearch search(MtuTrial trial) throws SocketFailure {
        PathMtuSearch search = new PathMtuSearch(trial, 576, 0);
        ProbeSession session = new ProbeSession("test", new ProbeFlows(), 60_000_000_000L);
        assertNull(search.run(session, INTERFACE_BYTES));
        return search;
    }

    @ParameterizedTest
    @ValueSource(ints = {576, 577, 1280, 1300, 1399, 1492, 1499, 1500})
    void shouldFindAnySilentMtuToTheByte(int mtu) throws Exception {
        PathMtuSearch search =
                search(bytes -> bytes <= mtu ? MtuTrial.Outcome.PASSED : MtuTrial.Outcome.LOST);

        assertEquals(mtu, search.mtuBytes());
        assertNull(search.toldBy());
    }

    @ParameterizedTest
    @ValueSource(ints = {576, 1280, 1300, 1499})
    void shouldTakeARoutersWordAndTryIt(int mtu) throws Exception {
        int[] sent = {0};
        PathMtuSearch search =
                search(
                        bytes -> {
                            sent[0]++;
                            return bytes <= mtu
                                    ? MtuTrial.Outcome.PASSED
                                    : new MtuTrial.Outcome(false, mtu, ROUTER);
                        });

        assertEquals(mtu, search.mtuBytes());
        assertEquals(ROUTER, search.toldBy());
        assertEquals(true, sent[0] <= 5, "packets sent: " + sent[0]);
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 1250, 1400})
    void shouldNotBeMisledByARouterThatIsWrong(int told) throws Exception {
        PathMtuSearch search =
                search(
                        bytes ->
                                bytes <= 1300
                                        ? MtuTrial.Outcome.PASSED
                                        : new MtuTrial.Outcome(false, told, ROUTER));

        assertEquals(1300, search.mtuBytes());
    }

    @Test
    void shouldSayThatNothingIsAnswered() throws Exception {
        PathMtuSearch search = new PathMtuSearch(bytes -> MtuTrial.Outcome.LOST, 576, 0);
        ProbeSession session = new ProbeSession("test", new ProbeFlows(), 60_000_000_000L);

        assertNotNull(search.run(session, INTERFACE_BYTES));
    }

    @Test
    void shouldStopWhenTheTimeIsOut() throws Exception {
        ProbeSession session = new ProbeSession("test", new ProbeFlows(), 60_000_000_000L);
        PathMtuSearch search =
                new PathMtuSearch(
                        bytes -> {
                            session.cancel();
                            return bytes <= 1300 ? MtuTrial.Outcome.PASSED : MtuTrial.Outcome.LOST;
                        },
                        576,
                        0);

        assertEquals(
                "the time ran out between 576 and 1499 bytes",
                search.run(session, INTERFACE_BYTES));
    }
}
