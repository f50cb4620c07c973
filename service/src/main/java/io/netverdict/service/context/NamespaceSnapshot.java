package io.netverdict.service.context;

import io.netverdict.nativelib.route.EthernetDevice;
import io.netverdict.nativelib.route.LinkAddress;
import io.netverdict.nativelib.route.Neighbor;
import io.netverdict.nativelib.route.PolicyRule;
import io.netverdict.nativelib.route.RouteNetlink;
import io.netverdict.service.context.part.ConntrackParts;
import io.netverdict.service.context.part.InterfaceParts;
import io.netverdict.service.context.part.Problems;
import io.netverdict.service.context.part.SocketCensus;
import io.netverdict.service.context.sample.CounterSample;
import io.netverdict.service.context.sample.Sampler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a namespace can tell before it is known which addresses an error is about. Immutable.
 *
 * @param takenNanos when reading began, of {@link System#nanoTime()}
 * @param tookNanos how long reading took
 * @param devices of physical interfaces, by name
 * @param portsMayBeShort whether it takes a list of the sockets to tell
 * @param conntrackEntries null where the kernel tracks none
 * @param conntrackMax null where the kernel tracks none
 */
record NamespaceSnapshot(
        long takenNanos,
        long tookNanos,
        CounterSample sample,
        List<LinkAddress> addresses,
        Map<String, EthernetDevice> devices,
        List<Neighbor> neighbors,
        List<PolicyRule> rules,
        boolean portsMayBeShort,
        Long conntrackEntries,
        Long conntrackMax,
        Problems problems) {

    /** Reads the calling thread's namespace. */
    static NamespaceSnapshot take(Sampler sampler) {
        Problems problems = new Problems();
        long taken = System.nanoTime();
        CounterSample sample = sampler.sample(true);
        sampler.problems().forEach(problems::add);
        List<LinkAddress> addresses = new ArrayList<>();
        List<Neighbor> neighbors = new ArrayList<>();
        List<PolicyRule> rules = new ArrayList<>();
        problems.read(
                "routes",
                false,
                () -> {
                    try (RouteNetlink netlink = RouteNetlink.open()) {
                        addresses.addAll(netlink.addresses());
                        neighbors.addAll(netlink.neighbors());
                        return rules.addAll(netlink.rules());
                    }
                });
        boolean portsMayBeShort = problems.read("socketUse", true, SocketCensus::portsMayBeShort);
        boolean tracking = ConntrackParts.available();
        if (!tracking) {
            problems.add("conntrack", "the kernel tracks no connections");
        }
        Map<String, EthernetDevice> devices = InterfaceParts.devices(sample.links());
        Long entries = tracking ? problems.read("conntrack", null, ConntrackParts::count) : null;
        Long max = tracking ? problems.read("conntrack", null, ConntrackParts::max) : null;
        return new NamespaceSnapshot(
                taken,
                System.nanoTime() - taken,
                sample,
                addresses,
                devices,
                neighbors,
                rules,
                portsMayBeShort,
                entries,
                max,
                problems);
    }
}
