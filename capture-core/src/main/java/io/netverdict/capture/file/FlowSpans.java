package io.netverdict.capture.file;

import java.util.Arrays;

/**
 * From where to where the packets of each flow reach, in the file and in time. Flows are numbered
 * as in {@link FlowTable}. Not thread-safe while it grows.
 */
final class FlowSpans {
    private static final int FIRST_FLOWS = 64;

    private int[] firstPackets = new int[FIRST_FLOWS];
    private int[] lastPackets = new int[FIRST_FLOWS];
    private int[] counts = new int[FIRST_FLOWS];
    private long[] firstNanos = new long[FIRST_FLOWS];
    private long[] lastNanos = new long[FIRST_FLOWS];

    /** Adds a packet, which comes behind all that were added before. */
    void add(int flow, int packet, long timeNanos) {
        if (flow >= counts.length) {
            grow(flow + 1 + flow / 2);
        }
        if (counts[flow] == 0) {
            firstPackets[flow] = packet;
            firstNanos[flow] = timeNanos;
            lastNanos[flow] = timeNanos;
        } else {
            firstNanos[flow] = Math.min(firstNanos[flow], timeNanos);
            lastNanos[flow] = Math.max(lastNanos[flow], timeNanos);
        }
        lastPackets[flow] = packet;
        counts[flow]++;
    }

    private void grow(int flows) {
        firstPackets = Arrays.copyOf(firstPackets, flows);
        lastPackets = Arrays.copyOf(lastPackets, flows);
        counts = Arrays.copyOf(counts, flows);
        firstNanos = Arrays.copyOf(firstNanos, flows);
        lastNanos = Arrays.copyOf(lastNanos, flows);
    }

    /** The flow's first packet in the file. */
    int firstPacket(int flow) {
        return firstPackets[flow];
    }

    int lastPacket(int flow) {
        return lastPackets[flow];
    }

    /** How many packets a flow has. */
    int count(int flow) {
        return counts[flow];
    }

    /** Time of the earliest packet; the file's order may differ. */
    long firstNanos(int flow) {
        return firstNanos[flow];
    }

    long lastNanos(int flow) {
        return lastNanos[flow];
    }
}
