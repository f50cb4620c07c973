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

    private FlowBatches() {}

    /** Flows to read together, and how many of them are conversations. */
    record Batch(Set<FlowKey> keys, int conversations) {}

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
        for (RecordedFlow flow : flows) {
            if (flow.key().protocol() != IpProtocol.TCP || fragments.contains(flow.key())) {
                continue;
            }
            boolean full = packets + flow.packets() > MAX_PACKETS || conversations >= MAX_FLOWS;
            if (full && conversations > 0) {
                batches.add(new Batch(keys, conversations));
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
        }
        if (conversations > 0) {
            batches.add(new Batch(keys, conversations));
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
