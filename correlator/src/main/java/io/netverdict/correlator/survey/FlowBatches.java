package io.netverdict.correlator.survey;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.RecordedFlow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Sorts a recording's TCP flows into batches that fit into memory. */
final class FlowBatches {
    private static final long MAX_PACKETS = 60_000;
    private static final int MAX_FLOWS = 4_000;

    /** Of a flow longer than this about so many packets are read: its end, which decides. */
    private static final long MAX_FLOW_PACKETS = 300_000;

    private FlowBatches() {}

    /**
     * Flows to read together.
     *
     * @param conversations how many of them are connections
     * @param fromNanos what is older is left out
     */
    record Batch(Set<FlowKey> keys, int conversations, long fromNanos) {}

    /** Whether a flow is of TCP connections, and not the later fragments of their packets. */
    static boolean isConversation(FlowKey key) {
        return key.protocol() == IpProtocol.TCP && !Surroundings.isFragments(key);
    }

    static List<Batch> of(List<RecordedFlow> flows) {
        Set<FlowKey> fragments = new HashSet<>();
        for (RecordedFlow flow : flows) {
            if (flow.key().protocol() == IpProtocol.TCP && Surroundings.isFragments(flow.key())) {
                fragments.add(flow.key());
            }
        }
        List<Batch> batches = new ArrayList<>();
        Set<FlowKey> keys = new LinkedHashSet<>();
        long packets = 0;
        int conversations = 0;
        long from = Long.MIN_VALUE;
        for (RecordedFlow flow : flows) {
            if (flow.key().protocol() != IpProtocol.TCP || fragments.contains(flow.key())) {
                continue;
            }
            boolean full = packets + flow.packets() > MAX_PACKETS || conversations >= MAX_FLOWS;
            if (full && conversations > 0) {
                batches.add(new Batch(keys, conversations, from));
                from = Long.MIN_VALUE;
                keys = new LinkedHashSet<>();
                packets = 0;
                conversations = 0;
            }
            keys.add(flow.key());
            FlowKey rest = fragmentsOf(flow.key());
            if (fragments.contains(rest)) {
                keys.add(rest);
            }
            packets += flow.packets();
            conversations++;
            if (flow.packets() > MAX_FLOW_PACKETS) {
                double part = (double) MAX_FLOW_PACKETS / flow.packets();
                from = flow.lastNanos() - (long) ((flow.lastNanos() - flow.firstNanos()) * part);
            }
        }
        if (conversations > 0) {
            batches.add(new Batch(keys, conversations, from));
        }
        return batches;
    }

    /** Where the later fragments of a flow's packets are. */
    static FlowKey fragmentsOf(FlowKey key) {
        return FlowKey.of(
                key.protocol(),
                new Endpoint(key.low().address(), 0),
                new Endpoint(key.high().address(), 0));
    }
}
