package io.netverdict.correlator.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.correlator.testing.HttpText;
import io.netverdict.correlator.testing.MemoryRecording;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FirstLookTest {
    private static final String CLIENT = "10.0.0.1:40000";
    private static final String SERVER = "10.0.0.2:80";

    private final PacketScript script = new PacketScript();
    private final TcpScript tcp = script.tcp(CLIENT, SERVER);

    /** What the first look finds of the only flow. */
    private Unusual look() {
        return look(Long.MAX_VALUE);
    }

    /**
     * The same.
     *
     * @param silenceNanos how long the recording goes on after it
     */
    private Unusual look(long silenceNanos) {
        MemoryRecording recording = script.recording();
        List<RecordedFlow> flows = recording.flows(Long.MIN_VALUE, Long.MAX_VALUE);
        assertEquals(1, flows.size());
        FirstLook look = new FirstLook();
        recording.forEachPacket(flows, look);
        long until = Math.max(silenceNanos, flows.get(0).lastNanos() + silenceNanos);
        return look.unusual(0, flows.get(0), until);
    }

    private List<TcpPacket> exchange(double atSeconds) {
        return exchange(tcp, atSeconds);
    }

    private static List<TcpPacket> exchange(TcpScript connection, double atSeconds) {
        return connection.exchanges(
                atSeconds, 0.01, HttpText.get("a.example"), HttpText.response("200 OK", "hi"));
    }

    private void closes(TcpScript connection, double atSeconds) {
        connection.client().at(atSeconds).fin();
        connection.server().at(atSeconds + 0.01).fin();
        connection.client().at(atSeconds + 0.02).acks();
    }

    @Test
    void shouldLeaveOutAConnectionThatWentWell() {
        tcp.opens(0, 0.01);
        exchange(0.1);
        closes(tcp, 0.5);

        assertNull(look());
    }

    @Test
    void shouldNotMindARepeatThatNobodyWaitedFor() {
        tcp.opens(0, 0.01);
        List<TcpPacket> packets = exchange(0.1);
        tcp.client().at(0.2).acks();
        tcp.server().at(0.21).retransmits(responseOf(packets));
        tcp.client().at(0.22).acks();
        closes(tcp, 0.3);

        assertNull(look());
    }

    @Test
    void shouldMindARepeatAfterAPause() {
        tcp.opens(0, 0.01);
        List<TcpPacket> packets = exchange(0.1);
        tcp.client().at(0.2).acks();
        tcp.server().at(0.5).retransmits(responseOf(packets));
        tcp.client().at(0.51).acks();
        closes(tcp, 0.6);

        assertNotNull(look());
    }

    @Test
    void shouldNotMindTheResetOfAClientThatHasItsAnswers() {
        tcp.opens(0, 0.01);
        exchange(0.1);
        tcp.client().at(0.2).acks();
        exchange(0.3);
        tcp.client().at(0.35).acks();
        tcp.client().at(0.4).rst();
        TcpScript again = script.tcp(CLIENT, SERVER);
        again.opens(9, 0.01);
        exchange(again, 9.1);
        closes(again, 9.5);

        assertNull(look());
    }

    @Test
    void shouldMindTheResetOfAClientThatIsOwedAnAnswer() {
        tcp.opens(0, 0.01);
        exchange(0.1);
        tcp.client().at(0.2).sends(HttpText.get("a.example"));
        tcp.client().at(0.3).rst();

        assertNotNull(look());
    }

    @Test
    void shouldMindTheResetOfAServer() {
        tcp.opens(0, 0.01);
        exchange(0.1);
        tcp.client().at(0.2).acks();
        tcp.server().at(0.3).rst();

        assertNotNull(look());
    }

    @Test
    void shouldLeaveOutAConnectionThatTheRecordingEndsUpon() {
        tcp.opens(0, 0.01);
        exchange(0.1);
        tcp.client().at(0.2).sends(HttpText.get("a.example"));

        assertNull(look(400_000_000L));
        assertNotNull(look(600_000_000L), "the answer is late");
    }

    @Test
    void shouldMindARepeatOfAConnectionThatTheRecordingEndsUpon() {
        tcp.opens(0, 0.01);
        List<TcpPacket> packets = exchange(0.1);
        tcp.server().at(0.21).retransmits(responseOf(packets));
        tcp.client().at(0.22).sends(HttpText.get("a.example"));

        assertNotNull(look(0));
    }

    @Test
    void shouldMindACloseThatTheRecordingEndsUpon() {
        tcp.opens(0, 0.01);
        exchange(0.1);
        tcp.client().at(0.2).sends(HttpText.get("a.example"));
        tcp.client().at(0.21).fin();

        assertNotNull(look(0));
    }

    @Test
    void shouldLeaveOutTheLongConnectionWhoseStartWasNotRecorded() {
        List<TcpPacket> response =
                tcp.exchanges(
                        0.1, 0.01, HttpText.get("a.example"), HttpText.response("200 OK", "hi"));
        assertTrue(response.size() > 1);
        for (int i = 0; i < 200; i++) {
            exchange(0.5 + i * 0.1);
        }
        tcp.client().at(30).acks();

        assertNull(look(0));

        closes(tcp, 31);

        assertNull(look());
    }

    @Test
    void shouldMindWhatComesBehindAReset() {
        tcp.opens(0, 0.01);
        exchange(0.1);
        tcp.client().at(0.15).acks();
        tcp.client().at(0.2).rst();
        tcp.client().at(0.3).sends(HttpText.get("a.example"));

        assertNotNull(look());
    }

    private static TcpPacket responseOf(List<TcpPacket> packets) {
        return packets.get(1);
    }

    @Test
    void shouldAskForTheConnectionThatIsOddAmongOthersOfTheSamePorts() {
        tcp.opens(0, 0.01);
        exchange(0.1);
        closes(tcp, 0.5);
        TcpScript again = script.tcp(CLIENT, SERVER);
        again.opens(9, 0.01);
        again.client().at(9.1).sends(HttpText.get("a.example"));
        again.server().at(9.2).rst();

        Unusual found = look();

        assertEquals(9_000_000_000L, found.fromNanos() - found.flow().firstNanos());
    }

    @Test
    void shouldAskForTheWholeOfAFlowThatEndsInTheMiddle() {
        tcp.opens(0, 0.01);
        tcp.client().at(0.1).sends(HttpText.get("a.example"));

        assertEquals(Long.MIN_VALUE, look().fromNanos());
    }

    @Test
    void shouldTellTheOddOnesOfMany() {
        int connections = 2_500;
        for (int i = 0; i < connections; i++) {
            TcpScript each = script.tcp("10.0.0.1:" + (10_000 + i), SERVER);
            double atSeconds = i * 0.01;
            each.opens(atSeconds, 0.001);
            each.exchanges(
                    atSeconds + 0.1,
                    0.01,
                    HttpText.get("a.example"),
                    HttpText.response("200 OK", "hi"));
            if (i % 500 == 7) {
                each.server().at(atSeconds + 0.5).rst();
            } else {
                closes(each, atSeconds + 0.5);
            }
        }
        MemoryRecording recording = script.recording();
        List<RecordedFlow> flows = recording.flows(Long.MIN_VALUE, Long.MAX_VALUE);
        FirstLook look = new FirstLook();
        recording.forEachPacket(flows, look);

        List<Integer> odd =
                IntStream.range(0, connections)
                        .filter(flow -> look.unusual(flow, flows.get(flow), Long.MAX_VALUE) != null)
                        .mapToObj(flow -> flows.get(flow).key())
                        .map(key -> Math.max(key.low().port(), key.high().port()) - 10_000)
                        .sorted()
                        .toList();

        assertEquals(List.of(7, 507, 1_007, 1_507, 2_007), odd);
        assertNotNull(look.unusual(connections, flows.get(0), 0), "a flow that was never shown");
        assertNotNull(look.unusual(1 << 20, flows.get(0), 0), "a flow that was never shown");
    }

    @Test
    void shouldTellTheEndOfAFlowOfVeryManyPackets() {
        tcp.opens(0, 0.01);
        for (int i = 0; i < 35_000; i++) {
            tcp.exchanges(
                    0.1 + i * 0.001,
                    0.0001,
                    HttpText.get("a.example"),
                    HttpText.response("200 OK", "hi"));
        }
        closes(tcp, 36);
        TcpScript again = script.tcp(CLIENT, SERVER);
        again.opens(40, 0.01);
        again.client().at(40.1).sends(HttpText.get("a.example"));
        again.server().at(40.2).rst();

        Unusual found = look();

        long fromNanos = found.fromNanos() - found.flow().firstNanos();
        assertTrue(fromNanos > 35_000_000_000L && fromNanos <= 40_000_000_000L, "" + fromNanos);
        assertTrue(found.packets() < 20, "" + found.packets());
    }
}
