package io.netverdict.nativelib;

/**
 * What became of the packets of one open device since it was opened.
 *
 * @param received packets the kernel accepted or dropped for lack of buffer
 * @param droppedByKernel packets dropped because the kernel's buffer was full
 * @param droppedByInterface packets the interface or its driver dropped
 */
public record PcapStatistics(long received, long droppedByKernel, long droppedByInterface) {
    public static final PcapStatistics NONE = new PcapStatistics(0, 0, 0);

    public PcapStatistics plus(PcapStatistics other) {
        return new PcapStatistics(
                received + other.received,
                droppedByKernel + other.droppedByKernel,
                droppedByInterface + other.droppedByInterface);
    }
}
