package io.netverdict.service.context.part;

import io.netverdict.correlator.context.ConntrackContext;
import io.netverdict.correlator.context.ContextTargets.Flow;
import io.netverdict.nativelib.netfilter.Conntrack;
import io.netverdict.nativelib.netfilter.ConntrackEntry;
import io.netverdict.nativelib.netfilter.ConntrackTuple;
import io.netverdict.nativelib.netlink.NetlinkException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of tracked connections: its size, and the entries of the request's flows. */
public final class ConntrackParts {
    private static final String COUNT = "net/netfilter/nf_conntrack_count";
    private static final String MAX = "net/netfilter/nf_conntrack_max";
    private static final int TCP = 6;
    private static final int UDP = 17;

    private ConntrackParts() {}

    /** Whether the kernel tracks connections at all. */
    public static boolean available() {
        return KernelSetting.exists(COUNT);
    }

    /** Entries in the table of the calling thread's namespace. */
    public static long count() throws IOException {
        return KernelSetting.number(COUNT);
    }

    /** How many the table holds. */
    public static long max() throws IOException {
        return KernelSetting.number(MAX);
    }

    /** The entries of these flows, as far as there are any; by flow. */
    public static Map<Flow, ConntrackContext.Entry> find(List<Flow> flows, Problems problems) {
        Map<Flow, ConntrackContext.Entry> found = new LinkedHashMap<>();
        try (Conntrack conntrack = Conntrack.open()) {
            for (Flow flow : flows) {
                conntrack
                        .find(
                                new ConntrackTuple(
                                        flow.protocol(),
                                        Addresses.of(flow.client()),
                                        Addresses.of(flow.server())))
                        .ifPresent(entry -> found.put(flow, entry(entry)));
            }
        } catch (NetlinkException e) {
            problems.add(
                    "conntrack",
                    e.denied()
                            ? "entries cannot be read: it takes CAP_NET_ADMIN"
                            : "entries cannot be read: " + e.getMessage());
        }
        return found;
    }

    private static ConntrackContext.Entry entry(ConntrackEntry entry) {
        String nat =
                entry.sourceNat()
                        ? entry.destinationNat() ? "both" : "source"
                        : entry.destinationNat() ? "destination" : "";
        return new ConntrackContext.Entry(
                protocol(entry.original().protocol()),
                text(entry.original()),
                text(entry.reply()),
                nat,
                entry.tcpState(),
                String.join(" ", entry.status()),
                entry.timeoutSeconds() < 0 ? null : entry.timeoutSeconds(),
                entry.mark(),
                entry.packetsOriginal() < 0 ? null : entry.packetsOriginal(),
                entry.packetsReply() < 0 ? null : entry.packetsReply());
    }

    private static String protocol(int number) {
        return number == TCP ? "tcp" : number == UDP ? "udp" : Integer.toString(number);
    }

    private static String text(ConntrackTuple tuple) {
        return Addresses.text(tuple.source()) + " > " + Addresses.text(tuple.destination());
    }
}
