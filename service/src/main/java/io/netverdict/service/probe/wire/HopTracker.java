package io.netverdict.service.probe.wire;

import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.probe.Reply;
import io.netverdict.correlator.probe.RouteProbe.Hop;
import io.netverdict.nativelib.socket.IcmpNotice;
import java.util.ArrayList;
import java.util.List;

/** Collects what comes back of packets with different hop limits. Not thread-safe. */
final class HopTracker {
    private static final Hop SILENT = new Hop(null, -1);

    private final IpAddress target;
    private final Hop[] hops;
    private final long[] sentNanos;
    private int end = Integer.MAX_VALUE;
    private Reply reply = Reply.SILENT;
    private IpAddress stoppedBy;

    /**
     * @param maxHops the farthest hop looked at
     */
    HopTracker(IpAddress target, int maxHops) {
        this.target = target;
        this.hops = new Hop[maxHops + 1];
        this.sentNanos = new long[maxHops + 1];
    }

    void sent(int hop) {
        sentNanos[hop] = System.nanoTime();
    }

    /** An ICMP error about the packet for a hop. */
    void notice(int hop, IcmpNotice notice) {
        if (hop < 1 || hop >= hops.length || !notice.byNetwork()) {
            return;
        }
        IpAddress reporter = Addresses.of(notice.reporter());
        heard(hop, reporter);
        if (notice.unreachable()) {
            boolean arrived = target.equals(reporter);
            ended(hop, arrived ? Reply.REFUSED : Reply.UNREACHABLE);
            stoppedBy = arrived ? null : reporter;
        }
    }

    /** The target itself took the packet for a hop. */
    void arrived(int hop, Reply how) {
        heard(hop, target);
        ended(hop, how);
    }

    private void heard(int hop, IpAddress router) {
        if (hops[hop] == null) {
            hops[hop] = new Hop(router, System.nanoTime() - sentNanos[hop]);
        }
    }

    private void ended(int hop, Reply how) {
        if (hop < end) {
            end = hop;
            reply = how;
        }
    }

    boolean heardOf(int hop) {
        return hops[hop] != null;
    }

    /** Whether the end of the way is known and all before it has answered or been asked. */
    boolean ended() {
        return end != Integer.MAX_VALUE;
    }

    /** The hops up to the end, or to the last that answered. */
    List<Hop> hops() {
        int last = Math.min(end, hops.length - 1);
        while (last > 0 && hops[last] == null) {
            last--;
        }
        List<Hop> list = new ArrayList<>();
        for (int hop = 1; hop <= last; hop++) {
            list.add(hops[hop] == null ? SILENT : hops[hop]);
        }
        return list;
    }

    Reply reply() {
        return reply;
    }

    IpAddress stoppedBy() {
        return stoppedBy;
    }

    /** How many hops before one were silent in a row. */
    int silentBefore(int hop) {
        int silent = 0;
        while (hop - silent > 1 && hops[hop - silent - 1] == null) {
            silent++;
        }
        return silent;
    }
}
