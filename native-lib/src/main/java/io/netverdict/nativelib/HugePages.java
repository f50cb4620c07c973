package io.netverdict.nativelib;

import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * Asks the kernel for huge pages behind a range of memory: whoever writes all over a gigabyte finds
 * its pages in the processor's table then, and not in memory. Thread-safe.
 *
 * <p>Source: madvise(2), MADV_HUGEPAGE; Linux only. It is advice: where the kernel is set up not to
 * follow it, nothing changes.
 */
public final class HugePages {
    private static final int MADV_HUGEPAGE = 14;
    private static final long PAGE_BYTES = 4096;

    private HugePages() {}

    /** Loaded with the first advice, so that no other system looks for the call. */
    private static final class Calls {
        static {
            Native.register(Calls.class, "c");
        }

        static native int madvise(long address, long length, int advice);
    }

    /**
     * Advises for a range, before its pages are first written to.
     *
     * @param address of its first byte
     * @param bytes above 0
     * @return whether the kernel took the advice
     */
    public static boolean advise(long address, long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("bytes=" + bytes);
        }
        if (!Platform.isLinux()) {
            return false;
        }
        long start = address & -PAGE_BYTES;
        return Calls.madvise(start, address + bytes - start, MADV_HUGEPAGE) == 0;
    }
}
