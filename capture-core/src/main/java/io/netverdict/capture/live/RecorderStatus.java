package io.netverdict.capture.live;

import java.util.List;

/**
 * The recorder's figures at one moment.
 *
 * @param startedNanos when recording began, nanoseconds since the epoch
 * @param nowNanos the moment
 * @param completeSinceNanos from when on nothing has been overwritten on any interface
 * @param decidingSinceNanos from when on no packet that decides verdicts has been overwritten
 * @param ringBytes memory for packets
 * @param interfaces each interface that was recorded, those that are gone included
 */
public record RecorderStatus(
        long startedNanos,
        long nowNanos,
        long completeSinceNanos,
        long decidingSinceNanos,
        long ringBytes,
        List<InterfaceStatus> interfaces) {

    public RecorderStatus {
        interfaces = List.copyOf(interfaces);
    }

    /**
     * One interface's figures since recording began.
     *
     * @param name as the system names it
     * @param recording whether packets are being captured now
     * @param problem why not, in one line, or what ended the last capture; empty when all is well
     * @param linkType LINKTYPE_* number, -1 before the first capture
     * @param received packets that came to the interface: recorded, dropped by the kernel, or
     *     waiting in its buffer
     * @param packets packets recorded
     * @param bytes their bytes on the wire
     * @param droppedByKernel for lack of kernel buffer
     * @param droppedByInterface by the interface or its driver
     * @param refusedByRing because other interfaces were writing every segment
     * @param overwritten packets recorded and overwritten since
     * @param ringBytesUsed memory that holds its packets
     * @param reachesBackSeconds age of its oldest packet still there; 0 when empty
     * @param decidingReachesBackSeconds the same of packets that decide verdicts
     * @param kernelBufferBytes size of its kernel buffer; 0 when not recording
     */
    public record InterfaceStatus(
            String name,
            boolean recording,
            String problem,
            int linkType,
            long received,
            long packets,
            long bytes,
            long droppedByKernel,
            long droppedByInterface,
            long refusedByRing,
            long overwritten,
            long ringBytesUsed,
            double reachesBackSeconds,
            double decidingReachesBackSeconds,
            int kernelBufferBytes) {}
}
