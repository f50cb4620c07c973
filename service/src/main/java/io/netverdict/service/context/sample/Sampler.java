package io.netverdict.service.context.sample;

import io.netverdict.nativelib.netfilter.Nftables;
import io.netverdict.nativelib.netfilter.RefusalCounter;
import io.netverdict.nativelib.netlink.NetlinkException;
import io.netverdict.nativelib.route.Link;
import io.netverdict.nativelib.route.RouteNetlink;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads the counters of the calling thread's namespace. For one thread at a time, but for {@link
 * #problems()}.
 */
public final class Sampler {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Reading a long rule set takes its time: it gets a thousandth of all time at most. */
    private static final long FIREWALL_SHARE = 1_000;

    private static final long DENIED_RETRY_NANOS = 60 * NANOS_PER_SECOND;

    private final Map<String, String> problems = new ConcurrentHashMap<>();
    private KernelCounters kernel;
    private List<RefusalCounter> refusals = List.of();
    private long firewallDueNanos = Long.MIN_VALUE;

    /** Why a part of the samples is missing, by the part's name. */
    public Map<String, String> problems() {
        return Map.copyOf(problems);
    }

    /**
     * A sample of now.
     *
     * @param firewallToo reads the firewall although it would not be its turn
     */
    public CounterSample sample(boolean firewallToo) {
        List<Link> links = links();
        try {
            kernel = KernelCounters.read();
            problems.remove("kernelCounters");
        } catch (IOException e) {
            kernel = null;
            problems.put("kernelCounters", "cannot be read: " + e.getMessage());
        }
        long now = System.nanoTime();
        if (now - firewallDueNanos >= 0 || firewallDueNanos == Long.MIN_VALUE || firewallToo) {
            firewall(now, firewallToo);
        }
        Instant wall = Instant.now();
        return new CounterSample(
                wall.getEpochSecond() * NANOS_PER_SECOND + wall.getNano(),
                System.nanoTime(),
                links,
                kernel,
                refusals);
    }

    private List<Link> links() {
        try (RouteNetlink netlink = RouteNetlink.open()) {
            List<Link> links = netlink.links();
            problems.remove("interfaces");
            return links;
        } catch (NetlinkException e) {
            problems.put("interfaces", "cannot be read: " + e.getMessage());
            return List.of();
        }
    }

    private void firewall(long now, boolean asked) {
        if (asked && problems.containsKey("firewall")) {
            return;
        }
        try (Nftables nftables = Nftables.open()) {
            refusals = nftables.refusals();
            problems.remove("firewall");
            firewallDueNanos = now + FIREWALL_SHARE * (System.nanoTime() - now);
        } catch (NetlinkException e) {
            refusals = List.of();
            problems.put(
                    "firewall",
                    e.denied()
                            ? "counters cannot be read: it takes CAP_NET_ADMIN"
                            : "counters cannot be read: " + e.getMessage());
            firewallDueNanos = now + DENIED_RETRY_NANOS;
        }
    }
}
