package io.netverdict.correlator.story;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.ReportScript;
import io.netverdict.correlator.testing.ScriptedPacket;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import org.junit.jupiter.api.Test;

/** {@code link.neighbor-unresolved}: ARP or ND for the target or the gateway unanswered. */
class NeighborUnresolvedTest {
    private final PacketScript script = new PacketScript();

    private ReportScript noRoute(String address) {
        return script.error("connect: no route to host")
                .url("http://" + address + "/")
                .between(0, 3.1);
    }

    private ScriptedPacket[] threeRequests(String asker, String target) {
        return new ScriptedPacket[] {
            script.at(0.001).asksForNeighbor(asker, target),
            script.at(1.02).asksForNeighbor(asker, target),
            script.at(2.05).asksForNeighbor(asker, target)
        };
    }

    @Test
    void shouldSayUnresolvedWhenArpForTheTargetIsUnanswered() {
        ScriptedPacket[] requests = threeRequests("10.0.0.1", "10.0.0.7");

        noRoute("10.0.0.7")
                .verdict()
                .is(Cause.LINK_NEIGHBOR_UNRESOLVED)
                .blames(Blame.LOCAL_LINK)
                .in(Phase.CONNECT)
                .cites(requests)
                .hints("10.0.0.7", "3 ARP requests")
                .sure();
    }

    @Test
    void shouldSayUnresolvedWhenNeighborDiscoveryIsUnanswered() {
        ScriptedPacket[] requests = threeRequests("2001:db8::1", "2001:db8::7");

        noRoute("[2001:db8::7]")
                .verdict()
                .is(Cause.LINK_NEIGHBOR_UNRESOLVED)
                .blames(Blame.LOCAL_LINK)
                .cites(requests)
                .hints("2001:db8::7", "3 neighbor solicitations");
    }

    @Test
    void shouldSayUnresolvedWhenTheGatewayIsSilent() {
        ScriptedPacket[] requests = threeRequests("10.0.0.1", "10.0.0.254");

        noRoute("192.0.2.7")
                .verdict()
                .is(Cause.LINK_NEIGHBOR_UNRESOLVED)
                .blames(Blame.LOCAL_LINK)
                .cites(requests)
                .hints("10.0.0.254", "next hop");
    }

    @Test
    void shouldSayNoResponseWhenArpIsAnsweredAndTheSynIsNot() {
        ScriptedPacket asked = script.at(0).asksForNeighbor("10.0.0.1", "10.0.0.7");
        script.neighborAnswers("10.0.0.7", "10.0.0.1");
        TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.7:80");
        TcpPacket syn = tcp.client().at(0.001).syn();
        TcpPacket again = tcp.client().at(1.02).retransmits(syn);

        script.error("connect timed out")
                .url("http://10.0.0.7/")
                .between(0, 3)
                .verdict()
                .is(Cause.TCP_SYN_NO_RESPONSE)
                .blames(Blame.PATH)
                .cites(syn, again)
                .leavesOut(asked);
    }

    @Test
    void shouldNotSayUnresolvedForSomebodyElsesNeighbor() {
        ScriptedPacket other = script.at(0.5).asksForNeighbor("10.0.0.1", "10.0.0.99");
        TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.7:80");
        TcpPacket syn = tcp.client().at(0.6).syn();
        TcpPacket again = tcp.client().at(1.62).retransmits(syn);

        script.error("connect timed out")
                .url("http://10.0.0.7/")
                .between(0.6, 3.6)
                .verdict()
                .is(Cause.TCP_SYN_NO_RESPONSE)
                .cites(syn, again)
                .leavesOut(other);
    }

    @Test
    void shouldNotTakeAGratuitousArpForAQuestion() {
        ScriptedPacket announcement = script.at(0.5).asksForNeighbor("10.0.0.9", "10.0.0.9");
        script.dns("10.0.0.1:50000", "10.0.0.53:53").resolves(0.6, "a.example", "192.0.2.1");

        script.error("dial tcp 192.0.2.1:80: connect: cannot assign requested address")
                .url("http://a.example/")
                .between(0.6, 0.62)
                .verdict()
                .is(Cause.CLIENT_NOTHING_SENT)
                .leavesOut(announcement);
    }

    @Test
    void shouldSurviveDamagedPackets() {
        threeRequests("10.0.0.1", "10.0.0.7");
        threeRequests("2001:db8::1", "2001:db8::7");

        noRoute("10.0.0.7").survivesDamage("neighbor");
    }
}
