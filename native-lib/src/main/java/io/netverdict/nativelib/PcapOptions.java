package io.netverdict.nativelib;

/**
 * How to open a device.
 *
 * @param device its name
 * @param snapLength bytes kept of a packet at most, 1 to {@link #MAX_SNAP_LENGTH}
 * @param kernelBufferBytes size of the buffer the kernel fills, at most 2 GiB less one byte
 * @param timeoutMillis how long the kernel may hold packets back to hand over several at once; 0
 *     would mean for ever
 */
public record PcapOptions(String device, int snapLength, int kernelBufferBytes, int timeoutMillis) {
    /** What libpcap allows at most; also holds packets that segmentation offload has joined. */
    public static final int MAX_SNAP_LENGTH = 262_144;

    /**
     * Measured: costs the same as 100 ms, and a packet is found 10 ms after the wire at the latest.
     * Immediate mode would double the cost and waste the kernel's buffer.
     */
    public static final int DEFAULT_TIMEOUT_MILLIS = 10;

    public static final int DEFAULT_KERNEL_BUFFER_BYTES = 256 << 20;

    public PcapOptions {
        if (device.isEmpty()) {
            throw new IllegalArgumentException("device=" + device);
        }
        if (snapLength < 1 || snapLength > MAX_SNAP_LENGTH) {
            throw new IllegalArgumentException("snapLength=" + snapLength);
        }
        if (kernelBufferBytes < 1) {
            throw new IllegalArgumentException("kernelBufferBytes=" + kernelBufferBytes);
        }
        if (timeoutMillis < 1) {
            throw new IllegalArgumentException("timeoutMillis=" + timeoutMillis);
        }
    }
}
