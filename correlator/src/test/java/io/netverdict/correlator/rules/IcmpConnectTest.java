package io.netverdict.correlator.rules;

import io.netverdict.correlator.model.Blame;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.model.Phase;
import io.netverdict.correlator.testing.HttpText;
import io.netverdict.correlator.testing.IcmpKind;
import io.netverdict.correlator.testing.IpPacket;
import io.netverdict.correlator.testing.PacketScript;
import io.netverdict.correlator.testing.ReportScript;
import io.netverdict.correlator.testing.TcpPacket;
import io.netverdict.correlator.testing.TcpScript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code tcp.unreachable}, {@code tcp.admin-prohibited} and {@code path.ttl-exceeded}: an ICMP
 * error of the path about a connection attempt.
 */
class IcmpConnectTest {
    private static final String ROUTER = "192.0.2.9";
    private static final String ROUTER_V6 = "2001:db8:9::9";

    private final PacketScript script = new PacketScript();
    private final TcpScript tcp = script.tcp("10.0.0.1:40000", "10.0.0.2:8080");
    private final TcpScript v6 = script.tcp("[2001:db8::1]:40000", "[2001:db8::2]:8080");

    private ReportScript failedAfter(double seconds) {
        return script.error("dial tcp 10.0.0.2:8080: connect: no route to host")
                .url("http://10.0.0.2:8080/")
                .between(0, seconds);
    }

    private ReportScript failedOverV6(double seconds) {
        return script.error("dial tcp [2001:db8::2]:8080: connect: no route to host")
                .url("http://[2001:db8::2]:8080/")
                .between(0, seconds);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "NET_UNREACHABLE",
                "HOST_UNREACHABLE",
                "PROTOCOL_UNREACHABLE",
                "PORT_UNREACHABLE"
            })
    void shouldSayUnreachableForIcmpUnreachable(IcmpKind kind) {
        TcpPacket syn = tcp.client().at(0).syn();
        IpPacket error = script.at(0.03).icmp(ROUTER, kind, syn);

        failedAfter(0.031)
                .verdict()
                .is(Cause.TCP_UNREACHABLE)
                .blames(Blame.PATH)
                .in(Phase.CONNECT)
                .cites(syn, error)
                .hints(ROUTER, "10.0.0.2:8080")
                .sure();
    }

    @ParameterizedTest
    @EnumSource(names = {"NET_UNREACHABLE", "HOST_UNREACHABLE", "PORT_UNREACHABLE"})
    void shouldSayUnreachableForIcmpv6Unreachable(IcmpKind kind) {
        TcpPacket syn = v6.client().at(0).syn();
        IpPacket error = script.at(0.03).icmp(ROUTER_V6, kind, syn);

        failedOverV6(0.031)
                .verdict()
                .is(Cause.TCP_UNREACHABLE)
                .blames(Blame.PATH)
                .cites(syn, error)
                .hints(ROUTER_V6);
    }

    @ParameterizedTest
    @EnumSource(names = {"NET_PROHIBITED", "HOST_PROHIBITED", "ADMIN_PROHIBITED"})
    void shouldSayProhibitedForTheCodesOfFirewalls(IcmpKind kind) {
        TcpPacket syn = tcp.client().at(0).syn();
        IpPacket error = script.at(0.03).icmp(ROUTER, kind, syn);

        failedAfter(0.031)
                .verdict()
                .is(Cause.TCP_ADMIN_PROHIBITED)
                .blames(Blame.PATH)
                .in(Phase.CONNECT)
                .cites(syn, error)
                .sure();
    }

    @ParameterizedTest
    @EnumSource(names = {"ADMIN_PROHIBITED", "HOST_PROHIBITED", "REJECT_ROUTE"})
    void shouldSayProhibitedForTheIcmpv6CodesOfFirewalls(IcmpKind kind) {
        TcpPacket syn = v6.client().at(0).syn();
        IpPacket error = script.at(0.03).icmp(ROUTER_V6, kind, syn);

        failedOverV6(0.031).verdict().is(Cause.TCP_ADMIN_PROHIBITED).cites(syn, error);
    }

    @Test
    void shouldSayTtlExceededForARoutingLoop() {
        TcpPacket first = tcp.client().at(0).syn();
        IpPacket error = script.at(0.05).icmp(ROUTER, IcmpKind.TTL_EXCEEDED, first);
        TcpPacket second = tcp.client().at(1.02).retransmits(first);
        IpPacket again = script.at(1.07).icmp(ROUTER, IcmpKind.TTL_EXCEEDED, second);

        failedAfter(2)
                .verdict()
                .is(Cause.PATH_TTL_EXCEEDED)
                .blames(Blame.PATH)
                .in(Phase.CONNECT)
                .cites(first, error, again)
                .hints(ROUTER)
                .sure();
    }

    @Test
    void shouldSayTtlExceededOverIpv6() {
        TcpPacket first = v6.client().at(0).syn();
        IpPacket error = script.at(0.05).icmp(ROUTER_V6, IcmpKind.TTL_EXCEEDED, first);

        failedOverV6(1).verdict().is(Cause.PATH_TTL_EXCEEDED).cites(error);
    }

    @Test
    void shouldNeverSayTtlExceededForReassemblyTimeExceeded() {
        tcp.opens(0, 0.02);
        TcpPacket request = tcp.client().sends(HttpText.post("10.0.0.2", "/", 1400)).lost();
        for (double time : new double[] {0.3, 0.7, 1.5, 3.1}) {
            tcp.client().at(time).retransmits(request).lost();
        }
        IpPacket error =
                script.at(3.5).icmp("10.0.0.2", IcmpKind.REASSEMBLY_TIME_EXCEEDED, request);

        script.error("context deadline exceeded")
                .url("http://10.0.0.2:8080/")
                .between(0, 5)
                .verdict()
                .is(Cause.PATH_FRAGMENTS_LOST)
                .blames(Blame.PATH)
                .cites(error);
    }

    @Test
    void shouldNotSayUnreachableWhenTheClientsOwnHostMadeTheError() {
        TcpPacket syn = tcp.client().at(0).syn();
        script.asksForNeighbor("10.0.0.1", "10.0.0.2");
        script.at(1).asksForNeighbor("10.0.0.1", "10.0.0.2");
        script.at(2).asksForNeighbor("10.0.0.1", "10.0.0.2");
        script.at(3.1).icmp("10.0.0.1", IcmpKind.HOST_UNREACHABLE, syn);

        failedAfter(3.101).verdict().is(Cause.LINK_NEIGHBOR_UNRESOLVED).blames(Blame.LOCAL_LINK);
    }

    @Test
    void shouldNotSayUnreachableWhenTheHandshakeSucceededAllTheSame() {
        TcpPacket syn = tcp.client().at(0).syn();
        script.at(0.01).icmp(ROUTER, IcmpKind.HOST_UNREACHABLE, syn);
        tcp.client().at(1.02).retransmits(syn);
        tcp.server().at(1.04).synAck();
        tcp.client().acks();
        tcp.exchanges(
                1.05, 0.02, HttpText.get("10.0.0.2"), HttpText.response("404 Not Found", "no"));

        script.error("server returned 404")
                .url("http://10.0.0.2:8080/")
                .between(0, 1.08)
                .verdict()
                .is(Cause.HTTP_ERROR_STATUS);
    }

    @Test
    void shouldIgnoreAnErrorAboutAnotherConnection() {
        TcpScript other = script.tcp("10.0.0.1:40005", "10.0.0.2:9999");
        TcpPacket otherSyn = other.client().at(0).syn();
        IpPacket error = script.at(0.03).icmp(ROUTER, IcmpKind.HOST_UNREACHABLE, otherSyn);
        TcpPacket first = tcp.client().at(0.1).syn();
        TcpPacket second = tcp.client().at(1.12).retransmits(first);

        script.error("dial tcp 10.0.0.2:8080: i/o timeout")
                .url("http://10.0.0.2:8080/")
                .between(0.1, 3.1)
                .verdict()
                .is(Cause.TCP_SYN_NO_RESPONSE)
                .cites(first, second)
                .leavesOut(error);
    }

    @Test
    void shouldSayTheSameFromTheFirst96Bytes() {
        TcpPacket syn = tcp.client().at(0).syn();
        script.at(0.03).icmp(ROUTER, IcmpKind.ADMIN_PROHIBITED, syn);

        failedAfter(0.031).verdictWhenCutTo(96).is(Cause.TCP_ADMIN_PROHIBITED);
    }

    @Test
    void shouldSurviveDamagedPackets() {
        TcpPacket syn = tcp.client().at(0).syn();
        script.at(0.03).icmp(ROUTER, IcmpKind.HOST_UNREACHABLE, syn);
        script.at(0.04).icmp(ROUTER_V6, IcmpKind.TTL_EXCEEDED, v6.client().syn());

        failedAfter(0.05).survivesDamage("icmp connect");
    }
}
