package io.netverdict.service.text;

import io.netverdict.correlator.context.ClockContext;
import io.netverdict.correlator.context.ConntrackContext;
import io.netverdict.correlator.context.FirewallContext;
import io.netverdict.correlator.context.HostContext;
import io.netverdict.correlator.context.InterfaceContext;
import io.netverdict.correlator.context.NeighborContext;
import io.netverdict.correlator.context.ResolverContext;
import io.netverdict.correlator.context.RouteContext;
import io.netverdict.correlator.context.SocketContext;
import io.netverdict.correlator.context.SocketUseContext;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the machine knew of itself, as a few lines for each part; the JSON has all of it. Of
 * counters those that moved are told, of interfaces those with an address.
 */
public final class ContextText {
    private static final int MAX_COUNTERS = 24;
    private static final int NAME_COLUMNS = 12;

    /** Move on every machine all the time and explain nothing. */
    private static final Set<String> TRAFFIC =
            Set.of("rx_packets", "tx_packets", "rx_bytes", "tx_bytes", "multicast");

    /** What explains losses, by the beginnings of their names. */
    private static final List<String> TELLING =
            List.of(
                    "Tcp.Retrans",
                    "Tcp.AttemptFails",
                    "Tcp.EstabResets",
                    "Tcp.OutRsts",
                    "Tcp.InErrs",
                    "TcpExt.TCPTimeouts",
                    "TcpExt.TCPSynRetrans",
                    "TcpExt.TCPLostRetransmit",
                    "TcpExt.TCPAbort",
                    "TcpExt.Listen",
                    "TcpExt.TCPMTUP",
                    "TcpExt.TCPRcvQDrop",
                    "TcpExt.TCPZeroWindowDrop",
                    "TcpExt.TCPBacklogDrop",
                    "TcpExt.PruneCalled",
                    "Ip.Frag",
                    "Ip.Reasm",
                    "Ip.OutNoRoutes",
                    "Ip.InDiscards",
                    "Ip.OutDiscards",
                    "Ip6Frag",
                    "Ip6Reasm",
                    "Ip6InDiscards",
                    "Ip6OutNoRoutes",
                    "Icmp.InDestUnreachs",
                    "Icmp.OutDestUnreachs",
                    "Icmp.InTimeExcds",
                    "IcmpMsg.",
                    "Icmp6InDestUnreachs",
                    "Icmp6InPktTooBigs",
                    "Icmp6InTimeExcds",
                    "Udp.InErrors",
                    "Udp.RcvbufErrors",
                    "Udp.SndbufErrors",
                    "Conntrack.drop",
                    "Conntrack.insert_failed",
                    "Conntrack.early_drop",
                    "Conntrack.invalid");

    private final TextStyle style;

    public ContextText(TextStyle style) {
        this.style = Objects.requireNonNull(style, "style");
    }

    /** Prints a context; nothing where there is none. */
    public void print(PrintWriter out, HostContext context) {
        if (context.collectedAt() == null) {
            return;
        }
        out.println();
        String where = context.namespace().isEmpty() ? "" : " in " + context.namespace();
        String since = context.since() == null ? "" : ", changes since " + context.since();
        out.println(style.bold("The machine at that time" + where) + style.dim(since));
        context.interfaces().stream()
                .filter(i -> !i.addresses().isEmpty())
                .forEach(i -> line(out, i.name(), describe(i)));
        context.interfaceEvents()
                .forEach(
                        e -> {
                            String detail = e.detail() == null ? "" : " " + e.detail();
                            line(out, e.name(), e.what().text() + detail + " at " + e.at());
                        });
        context.sockets().forEach(s -> line(out, "socket", describe(s)));
        if (context.socketUse() != null) {
            line(out, "sockets", describe(context.socketUse()));
        }
        counters(out, context.kernelCounters());
        if (context.conntrack() != null) {
            conntrack(out, context.conntrack());
        }
        context.routes().forEach(r -> line(out, "route", describe(r)));
        context.rules().forEach(r -> line(out, "rule", r.priority() + ": " + r.text()));
        context.neighbors().forEach(n -> line(out, "neighbour", describe(n)));
        context.firewall().forEach(f -> line(out, "firewall", describe(f)));
        if (context.resolver() != null) {
            line(out, "resolver", describe(context.resolver()));
        }
        context.proxy().forEach((name, value) -> line(out, "proxy", name + "=" + value));
        if (context.clock() != null) {
            line(out, "clock", describe(context.clock()));
        }
        context.problems().forEach((part, why) -> line(out, "missing", part + ": " + why));
    }

    private void line(PrintWriter out, String name, String text) {
        String head = String.format("  %-" + NAME_COLUMNS + "s", TextStyle.clean(name));
        out.println(style.wrap(head, " ".repeat(NAME_COLUMNS + 4), TextStyle.clean(text)));
    }

    private static String describe(InterfaceContext link) {
        List<String> facts = new ArrayList<>();
        facts.add(link.up() ? link.carrier() ? "up" : "up, no carrier" : "down");
        facts.add("MTU " + link.mtuBytes());
        facts.addAll(link.addresses());
        if (link.driver() != null) {
            facts.add(link.driver());
        }
        if (link.speedMegabits() != null) {
            facts.add(link.speedMegabits() + " Mbit/s");
        }
        link.changes()
                .forEach(
                        (counter, by) -> {
                            if (!TRAFFIC.contains(counter)) {
                                facts.add(counter + " +" + by);
                            }
                        });
        return String.join(", ", facts);
    }

    private static String describe(SocketContext socket) {
        List<String> facts = new ArrayList<>();
        facts.add(socket.local() + " to " + socket.remote() + " " + socket.state());
        facts.add(
                "receive queue "
                        + socket.receiveQueueBytes()
                        + ", send queue "
                        + socket.sendQueueBytes()
                        + " bytes");
        if (socket.roundTripMicros() != null) {
            facts.add("rtt " + socket.roundTripMicros() / 1000.0 + " ms");
            facts.add("rto " + socket.retransmitTimeoutMicros() / 1000 + " ms");
            facts.add("cwnd " + socket.congestionWindowSegments());
            facts.add("unacked " + socket.unackedSegments());
            facts.add("lost " + socket.lostSegments());
            facts.add("retransmitted " + socket.retransmittedSegments());
            facts.add("pmtu " + socket.pathMtuBytes());
        }
        SocketContext.Owner owner = socket.owner();
        if (owner != null) {
            String container =
                    owner.container() == null || owner.container().isEmpty()
                            ? ""
                            : " in container " + owner.container();
            facts.add(owner.name() + " (pid " + owner.pid() + ")" + container);
        }
        return String.join(", ", facts);
    }

    private static String describe(SocketUseContext use) {
        List<String> facts = new ArrayList<>();
        use.states().forEach((state, count) -> facts.add(state + " " + count));
        facts.add(
                "local ports "
                        + use.portsUsed()
                        + " of "
                        + use.portsAvailable()
                        + " ("
                        + use.portsFrom()
                        + " to "
                        + use.portsTo()
                        + ")");
        use.targets().forEach(t -> facts.add(t.portsUsed() + " towards " + t.remote()));
        if (use.listenOverflows() > 0) {
            facts.add("listen queue overflows +" + use.listenOverflows());
        }
        return String.join(", ", facts);
    }

    private void counters(PrintWriter out, Map<String, Long> counters) {
        String told =
                counters.entrySet().stream()
                        .filter(e -> TELLING.stream().anyMatch(t -> e.getKey().startsWith(t)))
                        .limit(MAX_COUNTERS)
                        .map(e -> e.getKey() + " +" + e.getValue())
                        .collect(Collectors.joining(", "));
        if (!told.isEmpty()) {
            line(out, "kernel", told);
        }
    }

    private void conntrack(PrintWriter out, ConntrackContext conntrack) {
        String dropped = conntrack.dropped() > 0 ? ", dropped +" + conntrack.dropped() : "";
        line(
                out,
                "conntrack",
                conntrack.entries() + " of " + conntrack.max() + " entries" + dropped);
        for (ConntrackContext.Entry entry : conntrack.flows()) {
            String nat =
                    entry.nat() == null || entry.nat().isEmpty()
                            ? ""
                            : ", " + entry.nat() + " NAT, replies " + entry.reply();
            String state = entry.state() == null ? "" : " " + entry.state();
            String status = entry.status() == null ? "" : " " + entry.status();
            line(
                    out,
                    "",
                    entry.protocol()
                            + " "
                            + entry.original()
                            + state
                            + status
                            + nat
                            + ", forgotten in "
                            + entry.timeoutSeconds()
                            + " s");
        }
    }

    private static String describe(RouteContext route) {
        if (route.problem() != null) {
            return route.target() + ": " + route.problem();
        }
        String over = route.gateway() == null ? "" : " via " + route.gateway();
        String device = route.device() == null ? "" : " dev " + route.device();
        String source = route.source() == null ? "" : " from " + route.source();
        String mtu = route.pathMtuBytes() == null ? "" : ", path MTU " + route.pathMtuBytes();
        String type = "unicast".equals(route.type()) ? "" : " " + route.type();
        return route.target() + type + over + device + source + mtu;
    }

    private static String describe(NeighborContext neighbor) {
        String address = neighbor.linkAddress() == null ? "" : " " + neighbor.linkAddress();
        return neighbor.address() + " dev " + neighbor.device() + address + " " + neighbor.state();
    }

    private static String describe(FirewallContext rule) {
        return rule.table()
                + " "
                + rule.chain()
                + ": "
                + rule.text()
                + " "
                + rule.verdict()
                + " +"
                + rule.packets()
                + " packets";
    }

    private static String describe(ResolverContext resolver) {
        List<String> facts = new ArrayList<>();
        facts.add(resolver.file() + ": " + String.join(", ", resolver.nameServers()));
        if (!resolver.upstreams().isEmpty()) {
            facts.add("which asks " + String.join(", ", resolver.upstreams()));
        }
        if (!resolver.options().isEmpty()) {
            facts.add("options " + String.join(" ", resolver.options()));
        }
        if (!resolver.search().isEmpty()) {
            facts.add("search " + String.join(" ", resolver.search()));
        }
        if (resolver.hostsOrder() != null && !resolver.hostsOrder().isEmpty()) {
            facts.add("hosts: " + resolver.hostsOrder());
        }
        resolver.hostsEntries().forEach(entry -> facts.add("hosts file: " + entry));
        return String.join("; ", facts);
    }

    private static String describe(ClockContext clock) {
        List<String> facts = new ArrayList<>();
        if (clock.synchronised() != null) {
            facts.add(clock.synchronised() ? "synchronised" : "not synchronised");
        }
        if (clock.steppedMillis() != 0) {
            facts.add("set by " + clock.steppedMillis() + " ms");
        }
        if (clock.offsetSeconds() != null) {
            facts.add(clock.offsetSeconds() + " s against " + clock.offsetFrom());
        }
        return String.join(", ", facts);
    }
}
