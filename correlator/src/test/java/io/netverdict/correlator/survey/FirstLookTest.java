package io.netverdict.correlator.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.correlator.testing.HttpText;
import io.netverdict.correlator.testing.MemoryRecording;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstLookTest {
    private static final String CLIENT = "10.0.0.1:40000";
    private static final String SERVER = "10.0.0.2:80";

    private final PacketScript script = new PacketScript();
    private final TcpScript tcp = script.tcp(CLIENT, SERVER);

    /** What the first look finds of the only flow. */
    private Unusual look() {
        MemoryRecording recording = script.recording();
        List<RecordedFlow> flows = recording.flows(Long.MIN_VALUE, Long.MAX_VALUE);
        assertEquals(1, flows.size());
        FirstLook look = new FirstLook();
        recording.forEachPacket(flows, look);
        return look.unusual(0, flows.get(0));
    }

    private List<TcpPacket> exchange(double atSeconds) {
        return tcp.exchanges(
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
}
