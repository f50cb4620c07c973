package io.netverdict.capture.file;

import io.netverdict.capture.packet.LinkType;

/** What an interface of a section tells about its packets, and what it has lost. For one thread. */
final class PcapngInterface {
    private final int index;
    private final int snapLength;
    private final int maxCaptured;
    private final TimeResolution time;
    private long statedKernelDrops;
    private long countedDrops;
    private long interfaceDrops;

    /**
     * @param index counts all sections of the file
     */
    PcapngInterface(int index, int linkType, int snapLength, TimeResolution time) {
        this.index = index;
        this.snapLength = snapLength;
        this.time = time;
        maxCaptured = PacketLimits.maxCapturedBytes(LinkType.fromCode(linkType), snapLength);
    }

    int index() {
        return index;
    }

    /** The most bytes that a packet of it can have. */
    int maxCaptured() {
        return maxCaptured;
    }

    long toNanos(long ticks) {
        return time.toNanos(ticks);
    }

    /** What is kept of a packet whose record does not say. */
    long keptOf(long wireLength) {
        return snapLength == 0 ? wireLength : Math.min(wireLength, snapLength);
    }

    /** Adds what was lost before a packet. */
    void countDrops(long drops) {
        countedDrops += drops;
    }

    /** The newest statistics count from the start, so they replace older ones. */
    void stateInterfaceDrops(long drops) {
        interfaceDrops = Math.max(0, drops);
    }

    void stateKernelDrops(long drops) {
        statedKernelDrops = Math.max(0, drops);
    }

    long kernelDrops() {
        return Math.max(statedKernelDrops, countedDrops);
    }

    long interfaceDrops() {
        return interfaceDrops;
    }
}
