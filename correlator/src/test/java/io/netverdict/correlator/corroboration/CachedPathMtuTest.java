package io.netverdict.correlator.corroboration;

import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.testing.HttpText;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.ReportScript;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import org.junit.jupiter.api.Test;

/** The path MTU that the kernel has cached beside segments that vanish. */
class CachedPathMtuTest {
    private static final String COLLECTED = "\"collectedAt\":\"2026-11-23T11:00:00Z\",";

    private final PacketScript script = new PacketScript();

    /** A large segment vanishes; none as large had passed, small ones had. */
    private ReportScript vanishingLargeSegments() {
        TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.2:80");
        tcp.opens(0, 0.02);
        tcp.client().sends(HttpText.post("a.example", "/", 1448));
        tcp.server().at(0.05).acks();
        TcpPacket lost = tcp.client().at(0.06).sends(1448).lost();
        for (double time : new double[] {0.35, 0.8, 1.7, 3.5}) {
            tcp.client().at(time).retransmits(lost).lost();
        }
        return script.error("context deadline exceeded")
                .url("http://a.example/")
                .remote("10.0.0.2:80")
                .between(0, 5);
    }

    private static String cached(String target, int bytes) {
        return "{"
                + COLLECTED
                + "\"interfaces\":[{\"name\":\"eth0\",\"mtuBytes\":1500}],"
                + "\"routes\":[{\"target\":\""
                + target
                + "\",\"type\":\"unicast\",\"device\":\"eth0\",\"pathMtuBytes\":"
                + bytes
                + "}]}";
    }

    @Test
    void shouldBeSureOfAnMtuHoleWhereASmallerPathMtuIsCached() {
        vanishingLargeSegments()
                .context(cached("10.0.0.2", 1300))
                .verdict()
                .is(Cause.PATH_MTU_BLACKHOLE)
                .shows(
                        "context: the kernel has a path MTU of 1300 cached for 10.0.0.2, less than"
                                + " the 1500 of eth0")
                .sure();
    }

    @Test
    void shouldDoubtAsBeforeWhereTheCachedPathMtuIsTheInterfaces() {
        vanishingLargeSegments()
                .context(cached("10.0.0.2", 1500))
                .verdict()
                .is(Cause.PATH_MTU_BLACKHOLE)
                .showsNothingOf("context: ")
                .unsure();
    }

    @Test
    void shouldDoubtAsBeforeWhereTheCachedPathMtuIsAnotherHosts() {
        vanishingLargeSegments()
                .context(cached("10.0.0.9", 1300))
                .verdict()
                .is(Cause.PATH_MTU_BLACKHOLE)
                .showsNothingOf("context: ")
                .unsure();
    }

    @Test
    void shouldSayWhatServersDoThoughASmallerPathMtuIsCached() {
        TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.2:80");
        tcp.opens(0, 0.02);
        tcp.client().sends(HttpText.get("a.example"));
        tcp.server().at(0.07).acks();
        script.error("context deadline exceeded")
                .url("http://a.example/")
                .between(0, 5)
                .context(cached("10.0.0.2", 1300))
                .verdict()
                .is(Cause.HTTP_NO_RESPONSE)
                .showsNothingOf("context: ");
    }
}
