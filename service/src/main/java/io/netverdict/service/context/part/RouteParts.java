package io.netverdict.service.context.part;

import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.context.NeighborContext;
import io.netverdict.correlator.context.RouteContext;
import io.netverdict.nativelib.netlink.NetlinkException;
import io.netverdict.nativelib.route.Link;
import io.netverdict.nativelib.route.Neighbor;
import io.netverdict.nativelib.route.PolicyRule;
import io.netverdict.nativelib.route.Route;
import io.netverdict.nativelib.route.RouteNetlink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Routes to targets, and the rules and neighbours they use. */
public final class RouteParts {
    private static final int MAX_RULES = 64;
    private static final Set<Long> EVERY_MACHINES_RULES = Set.of(0L, 32766L, 32767L);

    private RouteParts() {}

    /** How the kernel would route to each target, in the calling thread's namespace. */
    public static List<RouteContext> routes(Collection<IpAddress> targets, List<Link> links)
            throws IOException {
        List<RouteContext> routes = new ArrayList<>();
        try (RouteNetlink netlink = RouteNetlink.open()) {
            for (IpAddress target : targets) {
                routes.add(route(netlink, target, links));
            }
        }
        return routes;
    }

    private static RouteContext route(RouteNetlink netlink, IpAddress target, List<Link> links) {
        try {
            Route route = netlink.route(Addresses.of(target));
            return new RouteContext(
                    target.toString(),
                    route.type(),
                    name(route.linkIndex(), links),
                    route.gateway().map(Addresses::text).orElse(null),
                    route.source().map(Addresses::text).orElse(null),
                    route.table(),
                    route.mtuBytes() == 0 ? null : route.mtuBytes(),
                    null);
        } catch (NetlinkException e) {
            String why =
                    e.errno() == io.netverdict.nativelib.netlink.Errno.OTHER
                            ? e.getMessage()
                            : e.errno().text();
            return new RouteContext(target.toString(), null, null, null, null, 0, null, why);
        }
    }

    private static String name(int linkIndex, List<Link> links) {
        return links.stream()
                .filter(link -> link.index() == linkIndex)
                .map(Link::name)
                .findFirst()
                .orElse(null);
    }

    /** The rules that this machine has beyond every machine's. */
    public static List<RouteContext.Rule> rules(List<PolicyRule> rules) {
        return rules.stream()
                .filter(rule -> !EVERY_MACHINES_RULES.contains(rule.priority()))
                .limit(MAX_RULES)
                .map(rule -> new RouteContext.Rule(rule.priority(), rule.text()))
                .toList();
    }

    /** The neighbours that routes lead over, and the targets that are neighbours themselves. */
    public static List<NeighborContext> neighbors(
            List<Neighbor> all,
            List<Link> links,
            List<RouteContext> routes,
            Collection<IpAddress> targets) {
        Set<String> wanted = new HashSet<>();
        targets.forEach(target -> wanted.add(target.toString()));
        routes.stream().filter(r -> r.gateway() != null).forEach(r -> wanted.add(r.gateway()));
        List<NeighborContext> parts = new ArrayList<>();
        for (Neighbor neighbor : all) {
            String address = Addresses.text(neighbor.address());
            if (wanted.contains(address)) {
                parts.add(
                        new NeighborContext(
                                address,
                                name(neighbor.linkIndex(), links),
                                neighbor.state(),
                                neighbor.linkAddress(),
                                neighbor.confirmedAgoMillis() < 0
                                        ? null
                                        : neighbor.confirmedAgoMillis()));
            }
        }
        return parts;
    }
}
