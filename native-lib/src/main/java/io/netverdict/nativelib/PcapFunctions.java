package io.netverdict.nativelib;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/**
 * The functions of libpcap and libc, bound directly: pointers and {@code size_t} travel as {@code
 * long}, which costs a third of a call with {@code Pointer} objects and makes no garbage.
 *
 * <p>Names and signatures are those of pcap(3PCAP), pcap_dispatch(3PCAP), pcap_dump(3PCAP),
 * if_nametoindex(3), fopen(3), setvbuf(3) and madvise(2).
 */
final class PcapFunctions {
    /** Debian and Ubuntu name the run-time library .0.8; others .1; macOS has no version. */
    private static final String[] LIBRARY_NAMES = {"pcap", "libpcap.so.0.8", "libpcap.so.1"};

    static final int PCAP_ERRBUF_SIZE = 256;
    static final int PCAP_TSTAMP_PRECISION_NANO = 1;
    static final int PCAP_ERROR_NO_SUCH_DEVICE = -5;
    static final int PCAP_ERROR_PERM_DENIED = -8;
    static final int PCAP_ERROR_IFACE_NOT_UP = -9;
    static final int PCAP_ERROR_PROMISC_PERM_DENIED = -11;
    static final int PCAP_IF_LOOPBACK = 1;
    static final int PCAP_IF_UP = 2;
    static final int PCAP_NETMASK_UNKNOWN = 0xFFFF_FFFF;

    /** setvbuf's mode: written when the buffer is full. */
    static final int IOFBF = 0;

    /** madvise's advice: the pages' content is not needed any more (Linux). */
    static final int MADV_DONTNEED = 4;

    /** The address of {@code pcap_dump}, to be handed over as a callback. */
    static final long PCAP_DUMP;

    static {
        NativeLibrary library = load();
        Native.register(PcapFunctions.class, library);
        PCAP_DUMP = Pointer.nativeValue(library.getFunction("pcap_dump"));
    }

    private PcapFunctions() {}

    private static NativeLibrary load() {
        UnsatisfiedLinkError first = null;
        for (String name : LIBRARY_NAMES) {
            try {
                return NativeLibrary.getInstance(name);
            } catch (UnsatisfiedLinkError notThere) {
                first = first == null ? notThere : first;
            }
        }
        throw first;
    }

    static native String pcap_lib_version();

    static native int pcap_findalldevs(long listPointer, long errorBuffer);

    static native void pcap_freealldevs(long list);

    static native long pcap_create(String device, long errorBuffer);

    static native int pcap_set_snaplen(long handle, int bytes);

    static native int pcap_set_promisc(long handle, int enabled);

    static native int pcap_set_timeout(long handle, int millis);

    static native int pcap_set_buffer_size(long handle, int bytes);

    static native int pcap_set_tstamp_precision(long handle, int precision);

    static native int pcap_get_tstamp_precision(long handle);

    static native int pcap_activate(long handle);

    static native int pcap_datalink(long handle);

    static native int pcap_compile(
            long handle, long program, String filter, int optimize, int netmask);

    static native int pcap_setfilter(long handle, long program);

    static native void pcap_freecode(long program);

    static native int pcap_dispatch(long handle, int packets, long callback, long user);

    static native long pcap_dump_fopen(long handle, long stream);

    static native void pcap_dump(long dumper, long header, long data);

    static native int pcap_dump_flush(long dumper);

    static native void pcap_dump_close(long dumper);

    static native void pcap_breakloop(long handle);

    static native int pcap_stats(long handle, long statistics);

    static native long pcap_geterr(long handle);

    static native String pcap_statustostr(int status);

    static native void pcap_close(long handle);

    static native int if_nametoindex(String name);

    static native long fopen(String path, String mode);

    static native int setvbuf(long stream, long buffer, int mode, long bytes);

    static native int fclose(long stream);

    static native int madvise(long address, long bytes, int advice);
}
