package io.netverdict.nativelib.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class RouteNetlinkTest {

    @Test
    void shouldListLoopbackWithItsCountersAndAddress() throws Exception {
        try (RouteNetlink netlink = RouteNetlink.open()) {
            Link loopback =
                    netlink.links().stream()
                            .filter(l -> l.name().equals("lo"))
                            .findFirst()
                            .orElseThrow();
            List<LinkAddress> addresses = netlink.addresses();

            assertTrue(loopback.mtuBytes() > 1500, loopback::toString);
            assertTrue(loopback.counters().containsKey("rx_packets"), loopback::toString);
            assertTrue(
                    addresses.stream()
                            .anyMatch(
                                    a ->
                                            a.linkIndex() == loopback.index()
                                                    && a.address().isLoopbackAddress()
                                                    && a.prefixLength() == 8),
                    addresses::toString);
        }
    }

    @Test
    void shouldRouteLoopbackLocally() throws Exception {
        try (RouteNetlink netlink = RouteNetlink.open()) {
            Route route = netlink.route(InetAddress.getByName("127.0.0.1"));

            assertEquals("local", route.type());
            assertEquals("127.0.0.1", route.source().orElseThrow().getHostAddress());
        }
    }

    @Test
    void shouldListTheRulesThatEveryMachineHas() throws Exception {
        try (RouteNetlink netlink = RouteNetlink.open()) {
            List<PolicyRule> rules = netlink.rules();

            assertTrue(rules.contains(new PolicyRule(32766, "lookup 254")), rules::toString);
        }
    }

    @Test
    void shouldReadTheNeighbourTableAgainAndAgain() throws Exception {
        try (RouteNetlink netlink = RouteNetlink.open()) {
            for (int i = 0; i < 100; i++) {
                assertFalse(netlink.neighbors().stream().anyMatch(n -> n.state().isEmpty()));
            }
        }
    }
}
