package io.netverdict.capture.live;

import io.netverdict.capture.index.PayloadCutoff;
import io.netverdict.capture.ring.SegmentPool;
import io.netverdict.nativelib.PcapOptions;
import io.netverdict.nativelib.namespace.NetworkNamespace;
import java.nio.file.Path;
import java.util.List;

/**
 * What to record and how much memory to take for it.
 *
 * @param ringBytes memory for packets and their index, all interfaces together, at least {@link
 *     SegmentPool#MIN_BUDGET_BYTES}
 * @param kernelBufferBytes the kernel's buffer for an interface. All of them together take at most
 *     twice as much: the second interface gets half, the third a quarter, none less than 4 MiB
 * @param interfaces names; empty for every interface that is up, loopback included
 * @param snapLength bytes kept of a packet at most, to {@link PcapOptions#MAX_SNAP_LENGTH}
 * @param ringFile a file that holds the ring, so that it outlives the process; null for memory
 * @param cutoffBytes payload kept whole of each direction of a flow, from 0, or {@link
 *     PayloadCutoff#OFF}
 * @param namespaces other network namespaces whose interfaces are recorded, too, as {@code
 *     NAME/eth0}
 */
public record RecorderConfig(
        long ringBytes,
        Path ringFile,
        int kernelBufferBytes,
        List<String> interfaces,
        int snapLength,
        long cutoffBytes,
        List<NetworkNamespace> namespaces) {
    public static final long DEFAULT_RING_BYTES = 256L << 20;
    public static final long DEFAULT_CUTOFF_BYTES = 64L << 10;

    public RecorderConfig {
        if (ringBytes < SegmentPool.MIN_BUDGET_BYTES) {
            throw new IllegalArgumentException("ringBytes=" + ringBytes);
        }
        if (kernelBufferBytes < 1) {
            throw new IllegalArgumentException("kernelBufferBytes=" + kernelBufferBytes);
        }
        if (snapLength < 1 || snapLength > PcapOptions.MAX_SNAP_LENGTH) {
            throw new IllegalArgumentException("snapLength=" + snapLength);
        }
        if (cutoffBytes < 0) {
            throw new IllegalArgumentException("cutoffBytes=" + cutoffBytes);
        }
        interfaces = List.copyOf(interfaces);
        namespaces = List.copyOf(namespaces);
    }

    /** The interfaces of this namespace alone. */
    public RecorderConfig(
            long ringBytes,
            Path ringFile,
            int kernelBufferBytes,
            List<String> interfaces,
            int snapLength,
            long cutoffBytes) {
        this(
                ringBytes,
                ringFile,
                kernelBufferBytes,
                interfaces,
                snapLength,
                cutoffBytes,
                List.of());
    }

    /** Every interface, whole packets up to the cutoff, 256 MiB of ring. */
    public static RecorderConfig defaults() {
        return new RecorderConfig(
                DEFAULT_RING_BYTES,
                null,
                PcapOptions.DEFAULT_KERNEL_BUFFER_BYTES,
                List.of(),
                PcapOptions.MAX_SNAP_LENGTH,
                DEFAULT_CUTOFF_BYTES);
    }

    public RecorderConfig withRingBytes(long bytes) {
        return new RecorderConfig(
                bytes,
                ringFile,
                kernelBufferBytes,
                interfaces,
                snapLength,
                cutoffBytes,
                namespaces);
    }

    public RecorderConfig withRingFile(Path file) {
        return new RecorderConfig(
                ringBytes,
                file,
                kernelBufferBytes,
                interfaces,
                snapLength,
                cutoffBytes,
                namespaces);
    }

    public RecorderConfig withKernelBufferBytes(int bytes) {
        return new RecorderConfig(
                ringBytes, ringFile, bytes, interfaces, snapLength, cutoffBytes, namespaces);
    }

    public RecorderConfig withInterfaces(List<String> names) {
        return new RecorderConfig(
                ringBytes, ringFile, kernelBufferBytes, names, snapLength, cutoffBytes, namespaces);
    }

    public RecorderConfig withSnapLength(int bytes) {
        return new RecorderConfig(
                ringBytes, ringFile, kernelBufferBytes, interfaces, bytes, cutoffBytes, namespaces);
    }

    public RecorderConfig withCutoffBytes(long bytes) {
        return new RecorderConfig(
                ringBytes, ringFile, kernelBufferBytes, interfaces, snapLength, bytes, namespaces);
    }

    public RecorderConfig withNamespaces(List<NetworkNamespace> others) {
        return new RecorderConfig(
                ringBytes,
                ringFile,
                kernelBufferBytes,
                interfaces,
                snapLength,
                cutoffBytes,
                others);
    }
}
