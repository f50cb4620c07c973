package io.netverdict.correlator.corroboration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.type.TypeReference;
import io.netverdict.correlator.context.HostContext;
import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.ContractJson;
import io.netverdict.correlator.model.Evidence;
import io.netverdict.correlator.testing.HttpText;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.ReportScript;
import io.netverdict.correlator.testing.TcpScript;
import io.netverdict.correlator.testing.VerdictCheck;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Scripts told with and without what the machine knew of itself. */
class CorroborationTest {
    private static final String COLLECTED = "\"collectedAt\":\"2026-11-23T11:00:00Z\",";

    private final PacketScript script = new PacketScript();

    private static String at(double seconds) {
        return Instant.ofEpochSecond(0, PacketScript.START_NANOS + Math.round(seconds * 1e9))
                .toString();
    }

    private ReportScript unansweredRequest() {
        TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.2:80");
        tcp.opens(0, 0.02);
        tcp.client().sends(HttpText.get("a.example"));
        tcp.server().at(0.07).acks();
        script.at(5).ping("10.0.0.1", "10.0.0.200");
        return script.error("context deadline exceeded")
                .url("http://a.example/")
                .remote("10.0.0.2:80")
                .between(0, 5);
    }

    private ReportScript nothingSent() {
        for (int time = 0; time < 5; time++) {
            script.at(time).ping("10.0.0.1", "10.0.0.200");
        }
        return script.error("dial tcp 192.0.2.1:8444: i/o timeout")
                .url("http://192.0.2.1:8444/")
                .between(1, 4);
    }

    private static void assertNoContext(VerdictCheck check) {
        List<Evidence> evidence = check.diagnosis().verdict().evidence();
        assertFalse(
                evidence.stream().anyMatch(e -> e.text().startsWith("context: ")),
                evidence::toString);
    }

    @Test
    void shouldBlameTheOwnLinkForSilenceAfterItsCarrierWasLost() {
        unansweredRequest()
                .context(
                        "{"
                                + COLLECTED
                                + "\"interfaceEvents\":[{\"at\":\""
                                + at(2)
                                + "\",\"name\":\"eth0\",\"what\":\"CARRIER_LOST\"}]}")
                .verdict()
                .is(Cause.TCP_PEER_VANISHED)
                .blames(Blame.LOCAL_LINK)
                .shows("context: eth0: carrier lost 3.00 s before the error")
                .sure();
    }

    @Test
    void shouldBlameTheServerWhereTheLinkStayed() {
        assertNoContext(
                unansweredRequest()
                        .context("{" + COLLECTED + "\"namespace\":\"\"}")
                        .verdict()
                        .is(Cause.HTTP_NO_RESPONSE)
                        .blames(Blame.SERVER));
    }

    @Test
    void shouldNotBlameALinkThatWasLostBeforeTheServerWasHeardAgain() {
        assertNoContext(
                unansweredRequest()
                        .context(
                                "{"
                                        + COLLECTED
                                        + "\"interfaceEvents\":[{\"at\":\""
                                        + at(0.001)
                                        + "\",\"name\":\"eth0\",\"what\":\"CARRIER_LOST\"}]}")
                        .verdict()
                        .is(Cause.HTTP_NO_RESPONSE)
                        .blames(Blame.SERVER));
    }

    private static String firewall(String text, long packets) {
        return "{"
                + COLLECTED
                + "\"firewall\":[{\"table\":\"ip filter\",\"chain\":\"OUTPUT\",\"hook\":\"output\","
                + "\"handle\":4,\"verdict\":\"drop\",\"text\":\""
                + text
                + "\",\"packets\":"
                + packets
                + ",\"bytes\":180}]}";
    }

    @Test
    void shouldNameTheFirewallRuleThatDroppedWhatWasNotSent() {
        nothingSent()
                .context(firewall("tcp dport 8444", 3))
                .verdict()
                .is(Cause.CLIENT_NOTHING_SENT)
                .hints("dropped 3 packets", "tcp dport 8444")
                .shows("context: the local firewall dropped 3 packets")
                .sure();
    }

    @Test
    void shouldLeaveAFirewallRuleForAnotherPortOut() {
        assertNoContext(
                nothingSent()
                        .context(firewall("tcp dport 25", 3))
                        .verdict()
                        .is(Cause.CLIENT_NOTHING_SENT));
    }

    @Test
    void shouldTellThatTheTableOfTrackedConnectionsWasFull() {
        nothingSent()
                .context("{" + COLLECTED + "\"conntrack\":{\"entries\":65536,\"max\":65536}}")
                .verdict()
                .is(Cause.CLIENT_NOTHING_SENT)
                .shows("the connection tracking table is full: 65536 of 65536 entries");
    }

    @Test
    void shouldTellThatThereWasNoRoute() {
        nothingSent()
                .context(
                        "{"
                                + COLLECTED
                                + "\"routes\":[{\"target\":\"192.0.2.1\",\"problem\":\"Network is"
                                + " unreachable\"}]}")
                .verdict()
                .is(Cause.CLIENT_NOTHING_SENT)
                .shows("context: no route to 192.0.2.1: Network is unreachable");
    }

    @Test
    void shouldTellThatTheKernelGaveTheNeighbourUp() {
        for (double time : new double[] {0.001, 1.02, 2.05}) {
            script.at(time).asksForNeighbor("10.0.0.1", "10.0.0.7");
        }
        script.error("connect: no route to host")
                .url("http://10.0.0.7/")
                .between(0, 3.1)
                .context(
                        "{"
                                + COLLECTED
                                + "\"neighbors\":[{\"address\":\"10.0.0.7\",\"device\":\"eth0\","
                                + "\"state\":\"FAILED\"}]}")
                .verdict()
                .is(Cause.LINK_NEIGHBOR_UNRESOLVED)
                .shows("context: the neighbour table has 10.0.0.7 on eth0 as FAILED")
                .sure();
    }

    @Test
    void shouldTellWhoseSocketHoldsWhatIsNotRead() {
        TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.2:80");
        tcp.opens(0, 0.02);
        tcp.client().sends(HttpText.get("a.example"));
        tcp.server().at(0.05).sends(HttpText.head("200 OK", 500_000));
        tcp.server().streams(60_000);
        tcp.client().at(0.1).window(0).acks();
        for (double time : new double[] {0.35, 0.8, 1.7, 3.4}) {
            tcp.server().at(time).keepAlive();
            tcp.client().acks();
        }
        script.error("context deadline exceeded")
                .url("http://a.example/")
                .remote("10.0.0.2:80")
                .between(0, 5)
                .context(
                        "{"
                                + COLLECTED
                                + "\"sockets\":[{\"local\":\"10.0.0.1:40000\",\"remote\":"
                                + "\"10.0.0.2:80\",\"state\":\"ESTABLISHED\","
                                + "\"receiveQueueBytes\":60000,\"owner\":{\"pid\":77,"
                                + "\"name\":\"sync\"}}]}")
                .verdict()
                .is(Cause.TCP_ZERO_WINDOW)
                .blames(Blame.CLIENT)
                .shows("60 kB wait unread in the receive queue of 10.0.0.1:40000, which is sync's");
    }

    @Test
    void shouldSayNothingSentWhereEverySynWasAnsweredAndNoLocalPortIsLeft() {
        TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.2:80");
        tcp.opens(0, 0.02);
        script.at(5).ping("10.0.0.1", "10.0.0.200");
        script.error("dial tcp 10.0.0.2:80: connect: cannot assign requested address")
                .url("http://10.0.0.2/")
                .between(1, 1.1)
                .context(
                        "{"
                                + COLLECTED
                                + "\"socketUse\":{\"portsFrom\":40000,\"portsTo\":40009,"
                                + "\"targets\":[{\"remote\":\"10.0.0.2:80\",\"portsUsed\":10}]}}")
                .verdict()
                .is(Cause.CLIENT_NOTHING_SENT)
                .shows("all 10 local ports (40000 to 40009) are in use towards 10.0.0.2:80");
    }

    @Test
    void shouldKeepAContextThroughTheJsonOfAnIncident() throws Exception {
        String json = firewall("tcp dport 8444", 3);
        Map<String, Object> context = nothingSent().context(json).diagnose().context();
        String written = ContractJson.mapper().writeValueAsString(context);
        HostContext read =
                HostContext.of(
                        ContractJson.mapper()
                                .readValue(written, new TypeReference<Map<String, Object>>() {}));

        assertEquals(3, read.firewall().get(0).packets());
        assertEquals(Instant.parse("2026-11-23T11:00:00Z"), read.collectedAt());
    }
}
