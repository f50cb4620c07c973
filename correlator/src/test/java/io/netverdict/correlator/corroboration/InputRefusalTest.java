package io.netverdict.correlator.corroboration;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.ReportScript;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import org.junit.jupiter.api.Test;

/** Answers that arrive at the machine and not at the client. */
class InputRefusalTest {
    private static final String COLLECTED = "\"collectedAt\":\"2026-11-23T11:00:00Z\",";

    private final PacketScript script = new PacketScript();

    /** SYN-ACKs arrive, and the client repeats its SYN as if none had. */
    private ReportScript unheardAnswers() {
        TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.2:8080");
        TcpPacket syn = tcp.client().at(0).syn();
        TcpPacket answer = tcp.server().at(0.02).synAck();
        for (double time : new double[] {1.02, 3.07}) {
            tcp.client().at(time).retransmits(syn);
            tcp.server().after(0.02).retransmits(answer);
        }
        return script.error("dial tcp 10.0.0.2:8080: i/o timeout")
                .url("http://10.0.0.2:8080/")
                .between(0, 5);
    }

    private static String drops(String text) {
        return "{"
                + COLLECTED
                + "\"firewall\":[{\"table\":\"ip filter\",\"chain\":\"INPUT\",\"hook\":\"input\","
                + "\"handle\":4,\"verdict\":\"drop\",\"text\":\""
                + text
                + "\",\"packets\":3,\"bytes\":180}]}";
    }

    @Test
    void shouldBlameTheClientWhoseFirewallDropsTheAnswers() {
        unheardAnswers()
                .context(drops("tcp sport 8080"))
                .verdict()
                .is(Cause.TCP_HANDSHAKE_INCOMPLETE)
                .blames(Blame.CLIENT)
                .shows("context: the local firewall dropped 3 packets in that time")
                .shows("tcp sport 8080");
    }

    @Test
    void shouldSayNothingOfARuleForAnotherPort() {
        unheardAnswers()
                .context(drops("tcp sport 25"))
                .verdict()
                .is(Cause.TCP_HANDSHAKE_INCOMPLETE)
                .showsNothingOf("context: ");
    }
}
