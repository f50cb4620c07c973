package io.netverdict.nativelib;

import com.sun.jna.Native;
import io.netverdict.nativelib.PcapException.Reason;

/**
 * An open device and its read loop.
 *
 * <p>One thread, the owner, calls {@link #next()}, reads the packet and calls {@link #close()}; any
 * thread may call {@link #breakLoop()} and {@link #statistics()} at any time, also after closing.
 * {@link #next()} and the packet's accessors allocate nothing and lock nothing.
 *
 * <p>An idle {@link #next()} sleeps in the kernel until a packet comes; {@link #breakLoop()} wakes
 * it with libpcap 1.10 or newer, with an older one only the next packet does.
 *
 * <p>Source: pcap(3PCAP), pcap_dispatch(3PCAP), pcap_breakloop(3PCAP).
 */
public final class PcapHandle implements AutoCloseable {
    /** {@link #next()}: there is a packet. */
    public static final int PACKET = 1;

    /** {@link #next()}: none within the timeout. */
    public static final int NONE = 0;

    /** {@link #next()}: reading failed, see {@link #error()}; the device may be gone. */
    public static final int ERROR = -1;

    /** {@link #next()}: {@link #breakLoop()} was called. */
    public static final int BROKEN = -2;

    // struct pcap_stat: three unsigned ints.
    private static final int STAT_DROP_OFFSET = 4;
    private static final int STAT_IFDROP_OFFSET = 8;

    /** For a struct pcap_stat, and for a struct bpf_program. */
    private static final int SCRATCH_BYTES = 64;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long handle;
    private final PacketBatch batch;
    private final long scratch;
    private final int linkType;
    private final int fractionNanos;
    private boolean closed;
    private PcapStatistics statistics = PcapStatistics.NONE;

    private PcapHandle(long handle, PacketBatch batch, int linkType, boolean nanoseconds) {
        this.handle = handle;
        this.batch = batch;
        this.linkType = linkType;
        this.fractionNanos = nanoseconds ? 1 : 1000;
        this.scratch = Native.malloc(SCRATCH_BYTES);
    }

    /**
     * Opens a device: not promiscuous, not in immediate mode, with nanosecond timestamps where the
     * device has them.
     *
     * @throws PcapException says what to do
     */
    public static PcapHandle open(PcapOptions options) throws PcapException {
        PcapLibrary.require();
        long errorBuffer = Native.malloc(PcapFunctions.PCAP_ERRBUF_SIZE);
        long handle;
        try {
            handle = PcapFunctions.pcap_create(options.device(), errorBuffer);
            if (handle == 0) {
                throw new PcapException(
                        Reason.OTHER, options.device() + ": " + PcapLibrary.string(errorBuffer));
            }
        } finally {
            Native.free(errorBuffer);
        }
        try {
            PcapFunctions.pcap_set_snaplen(handle, options.snapLength());
            PcapFunctions.pcap_set_promisc(handle, 0);
            PcapFunctions.pcap_set_timeout(handle, options.timeoutMillis());
            PcapFunctions.pcap_set_buffer_size(handle, options.kernelBufferBytes());
            PcapFunctions.pcap_set_tstamp_precision(
                    handle, PcapFunctions.PCAP_TSTAMP_PRECISION_NANO);
            int status = PcapFunctions.pcap_activate(handle);
            if (status < 0) {
                throw notActivated(options.device(), handle, status);
            }
            if (options.snapLength() < PcapOptions.MAX_SNAP_LENGTH) {
                installEmptyFilter(options.device(), handle);
            }
            return new PcapHandle(
                    handle,
                    new PacketBatch(handle, options.snapLength()),
                    PcapFunctions.pcap_datalink(handle),
                    PcapFunctions.pcap_get_tstamp_precision(handle)
                            == PcapFunctions.PCAP_TSTAMP_PRECISION_NANO);
        } catch (PcapException e) {
            PcapFunctions.pcap_close(handle);
            throw e;
        }
    }

    private static PcapException notActivated(String device, long handle, int status) {
        String detail = PcapLibrary.string(PcapFunctions.pcap_geterr(handle));
        if (detail.isEmpty()) {
            detail = PcapFunctions.pcap_statustostr(status);
        }
        return switch (status) {
            case PcapFunctions.PCAP_ERROR_PERM_DENIED,
                    PcapFunctions.PCAP_ERROR_PROMISC_PERM_DENIED ->
                    new PcapException(
                            Reason.NO_PERMISSION,
                            "no permission to capture on "
                                    + device
                                    + ": run with sudo, or give the service CAP_NET_RAW"
                                    + " (systemd: AmbientCapabilities=CAP_NET_RAW)");
            case PcapFunctions.PCAP_ERROR_NO_SUCH_DEVICE ->
                    new PcapException(
                            Reason.NO_SUCH_DEVICE,
                            "there is no interface " + device + ": ip link lists them");
            case PcapFunctions.PCAP_ERROR_IFACE_NOT_UP ->
                    new PcapException(
                            Reason.DEVICE_DOWN,
                            "the interface "
                                    + device
                                    + " is down: sudo ip link set "
                                    + device
                                    + " up");
            default -> new PcapException(Reason.OTHER, device + ": " + detail);
        };
    }

    /**
     * Linux shortens what it stores in the kernel's buffer only where a filter is installed, so a
     * short snap length needs one that lets everything through.
     */
    private static void installEmptyFilter(String device, long handle) throws PcapException {
        long program = Native.malloc(SCRATCH_BYTES);
        try {
            if (PcapFunctions.pcap_compile(
                            handle, program, "", 1, PcapFunctions.PCAP_NETMASK_UNKNOWN)
                    != 0) {
                throw new PcapException(
                        Reason.OTHER,
                        device + ": " + PcapLibrary.string(PcapFunctions.pcap_geterr(handle)));
            }
            int status = PcapFunctions.pcap_setfilter(handle, program);
            PcapFunctions.pcap_freecode(program);
            if (status != 0) {
                throw new PcapException(
                        Reason.OTHER,
                        device + ": " + PcapLibrary.string(PcapFunctions.pcap_geterr(handle)));
            }
        } finally {
            Native.free(program);
        }
    }

    /** The DLT_* number of the packets; on Linux the same as LINKTYPE_* except for raw IP (12). */
    public int linkType() {
        return linkType;
    }

    /**
     * Waits for the next packet: {@link #PACKET}, {@link #NONE}, {@link #ERROR} or {@link #BROKEN}.
     * The packet's memory is valid until the next call.
     */
    public int next() {
        return batch.next();
    }

    /** The address of the packet's first byte. */
    public long dataAddress() {
        return batch.dataAddress();
    }

    /** Bytes that were captured of the packet. */
    public int capturedLength() {
        return batch.capturedLength();
    }

    /** Bytes the packet had on the wire. */
    public int wireLength() {
        return batch.wireLength();
    }

    /** When the packet was captured, nanoseconds since the epoch. */
    public long timeNanos() {
        return batch.seconds() * NANOS_PER_SECOND + (long) batch.fraction() * fractionNanos;
    }

    /** What libpcap says about the last {@link #ERROR}; by the owner only. */
    public String error() {
        return PcapLibrary.string(PcapFunctions.pcap_geterr(handle));
    }

    /** Makes the owner's current or next {@link #next()} return {@link #BROKEN}. */
    public synchronized void breakLoop() {
        if (!closed) {
            PcapFunctions.pcap_breakloop(handle);
        }
    }

    /** The counts since opening; the last ones known after closing. */
    public synchronized PcapStatistics statistics() {
        if (!closed && PcapFunctions.pcap_stats(handle, scratch) == 0) {
            statistics =
                    new PcapStatistics(
                            advance(statistics.received(), NativeMemory.getInt(scratch)),
                            advance(
                                    statistics.droppedByKernel(),
                                    NativeMemory.getInt(scratch + STAT_DROP_OFFSET)),
                            advance(
                                    statistics.droppedByInterface(),
                                    NativeMemory.getInt(scratch + STAT_IFDROP_OFFSET)));
        }
        return statistics;
    }

    /** libpcap counts in 32 bits, which wrap within two hours at 600,000 packets a second. */
    private static long advance(long known, int counter) {
        return known + ((counter - known) & 0xFFFF_FFFFL);
    }

    /** Closes the device; idempotent, by the owner, after its last {@link #next()}. */
    @Override
    public void close() {
        statistics();
        synchronized (this) {
            if (!closed) {
                closed = true;
                batch.close();
                PcapFunctions.pcap_close(handle);
                Native.free(scratch);
            }
        }
    }
}
