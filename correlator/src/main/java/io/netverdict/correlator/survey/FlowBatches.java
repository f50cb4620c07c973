package io.netverdict.correlator.survey;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.RecordedFlow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sorts a recording's TCP flows into batches that fit into memory. */
final class FlowBatches {
    private static final long MAX_PACKETS = 500;
    private static final int MAX_FLOWS = 4_000;

    /** Of a flow longer than this about so many packets are read: its end, which decides. */
    private static final long MAX_FLOW_PACKETS = 300_000;

    private FlowBatches() {}

    /**
     * Flows to read together.
     *
     * @param starts the time before which each is left out
     * @param conversations how many of them are connections
     */
    record Batch(Map<FlowKey, Long> starts, int conversations) {}

    /** Whether a flow is of TCP connections, and not the later fragments of their packets. */
    static boolean isConversation(FlowKey key) {
        return key.protocol() == IpProtocol.TCP && !Surroundings.isFragments(key);
    }

    static List<Batch> of(List<Unusual> flows) {
        Set<FlowKey> fragments = new HashSet<>();
        for (Unusual unusual : flows) {
            FlowKey key = unusual.flow().key();
            if (key.protocol() == IpProtocol.TCP && Surroundings.isFragments(key)) {
                fragments.add(key);
            }
        }
        List<Batch> batches = new ArrayList<>();
        Map<FlowKey, Long> starts = new LinkedHashMap<>();
        long packets = 0;
        int conversations = 0;
        for (Unusual unusual : flows) {
            FlowKey key = unusual.flow().key();
            if (key.protocol() != IpProtocol.TCP || fragments.contains(key)) {
                continue;
            }
            boolean full = packets + unusual.packets() > MAX_PACKETS || conversations >= MAX_FLOWS;
            if (full && conversations > 0) {
                batches.add(new Batch(starts, conversations));
                starts = new LinkedHashMap<>();
                packets = 0;
                conversations = 0;
            }
            long start = startNanos(unusual);
            starts.put(key, start);
            FlowKey rest = fragmentsOf(key);
            if (fragments.contains(rest)) {
                starts.merge(rest, start, Math::min);
            }
            packets += unusual.packets();
            conversations++;
        }
        if (conversations > 0) {
            batches.add(new Batch(starts, conversations));
        }
        return batches;
    }

    private static long startNanos(Unusual unusual) {
        if (unusual.packets() <= MAX_FLOW_PACKETS) {
            return unusual.fromNanos();
        }
        RecordedFlow flow = unusual.flow();
        double part = (double) MAX_FLOW_PACKETS / flow.packets();
        return flow.lastNanos() - (long) ((flow.lastNanos() - flow.firstNanos()) * part);
    }

    /** Where the later fragments of a flow's packets are. */
    static FlowKey fragmentsOf(FlowKey key) {
        return FlowKey.of(
                key.protocol(),
                new Endpoint(key.low().address(), 0),
                new Endpoint(key.high().address(), 0));
    }
}
