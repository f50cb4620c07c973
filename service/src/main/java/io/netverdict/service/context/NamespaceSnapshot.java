package io.netverdict.service.context;

import io.netverdict.nativelib.route.EthernetDevice;
import io.netverdict.nativelib.route.LinkAddress;
import io.netverdict.nativelib.route.Neighbor;
import io.netverdict.nativelib.route.PolicyRule;
import io.netverdict.nativelib.route.RouteNetlink;
import io.netverdict.nativelib.sockdiag.SocketDiag;
import io.netverdict.nativelib.sockdiag.TcpSocket;
import io.netverdict.service.context.part.ConntrackParts;
import io.netverdict.service.context.part.InterfaceParts;
import io.netverdict.service.context.part.Problems;
import io.netverdict.service.context.part.SocketCensus;
import io.netverdict.service.context.sample.CounterSample;
import io.netverdict.service.context.sample.Sampler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a namespace can tell before it is known which addresses an error is about. Immutable.
 *
 * @param takenNanos when reading began, of {@link System#nanoTime()}
 * @param tookNanos how long reading took
 * @param devices of physical interfaces, by name
 * @param sockets towards the report's ports, with TCP_INFO
 * @param census null where sockets cannot be counted
 * @param conntrackEntries null where the kernel tracks none
 * @param conntrackMax null where the kernel tracks none
 */
record NamespaceSnapshot(
        long takenNanos,
        long tookNanos,
        Set<Integer> ports,
        CounterSample sample,
        List<LinkAddress> addresses,
        Map<String, EthernetDevice> devices,
        List<Neighbor> neighbors,
        List<PolicyRule> rules,
        SocketCensus census,
        List<TcpSocket> sockets,
        Long conntrackEntries,
        Long conntrackMax,
        Problems problems) {

    /** Reads the calling thread's namespace. */
    static NamespaceSnapshot take(Sampler sampler, Set<Integer> ports) {
        Problems problems = new Problems();
        long taken = System.nanoTime();
        // First what is gone first.
        SocketCensus census = problems.read("sockets", null, () -> SocketCensus.take(ports));
        List<TcpSocket> sockets = new ArrayList<>();
        if (census != null) {
            problems.read("sockets", false, () -> withInfo(census.towards(), sockets));
        }
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
                ports,
                sample,
                addresses,
                devices,
                neighbors,
                rules,
                census,
                sockets,
                entries,
                max,
                problems);
    }

    private static boolean withInfo(List<TcpSocket> towards, List<TcpSocket> sockets)
            throws java.io.IOException {
        try (SocketDiag diag = SocketDiag.open()) {
            for (TcpSocket socket : towards) {
                diag.find(socket.local(), socket.remote()).ifPresent(sockets::add);
            }
        }
        return true;
    }
}
