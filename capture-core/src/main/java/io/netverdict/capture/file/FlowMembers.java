package io.netverdict.capture.file;

import java.util.Arrays;

/**
 * The packets of each flow: while reading one flow number a packet, afterwards one array in which
 * the packets of a flow stand together in file order. Not thread-safe while it grows.
 */
final class FlowMembers {
    private static final int NO_FLOW = -1;

    private int[] flowOfPacket = new int[64];
    private int packets;

    private int[] starts = {0};
    private int[] members = {};
    private long[] firstNanos = {};
    private long[] lastNanos = {};

    void add(int flow) {
        if (packets == flowOfPacket.length) {
            flowOfPacket = Arrays.copyOf(flowOfPacket, 2 * packets);
        }
        flowOfPacket[packets++] = flow;
    }

    /** Sorts the packets by flow; nothing is added after that. */
    void finish(int flows, PacketTable table) {
        starts = new int[flows + 1];
        for (int packet = 0; packet < packets; packet++) {
            if (flowOfPacket[packet] != NO_FLOW) {
                starts[flowOfPacket[packet] + 1]++;
            }
        }
        for (int flow = 0; flow < flows; flow++) {
            starts[flow + 1] += starts[flow];
        }
        members = new int[starts[flows]];
        firstNanos = new long[flows];
        lastNanos = new long[flows];
        Arrays.fill(firstNanos, Long.MAX_VALUE);
        Arrays.fill(lastNanos, Long.MIN_VALUE);
        int[] next = Arrays.copyOf(starts, flows);
        for (int packet = 0; packet < packets; packet++) {
            int flow = flowOfPacket[packet];
            if (flow == NO_FLOW) {
                continue;
            }
            members[next[flow]++] = packet;
            long time = table.timeNanos(packet);
            firstNanos[flow] = Math.min(firstNanos[flow], time);
            lastNanos[flow] = Math.max(lastNanos[flow], time);
        }
        flowOfPacket = new int[0];
    }

    /** How many packets a flow has. */
    int count(int flow) {
        return starts[flow + 1] - starts[flow];
    }

    /** The packet at a place of a flow, 0 to {@link #count} - 1. */
    int packet(int flow, int place) {
        return members[starts[flow] + place];
    }

    /** Time of the earliest packet; the file's order may differ. */
    long firstNanos(int flow) {
        return firstNanos[flow];
    }

    long lastNanos(int flow) {
        return lastNanos[flow];
    }
}
