package io.netverdict.nativelib;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/**
 * Reads and copies memory at raw addresses: the one class that can crash the process when misused.
 *
 * <p>Takes the place of the class of the same name on Java 22 and newer. The contract is that
 * class's: nothing is checked here; callers hand in only addresses that libpcap or a direct buffer
 * gave them, and lengths they have checked. Values are in the machine's byte order. Allocates
 * nothing; safe for use by any thread.
 */
public final class NativeMemory {
    private static final MemorySegment ALL = everything();

    private NativeMemory() {}

    @SuppressWarnings("restricted")
    private static MemorySegment everything() {
        return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    }

    public static long getLong(long address) {
        return ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, address);
    }

    public static int getInt(long address) {
        return ALL.get(ValueLayout.JAVA_INT_UNALIGNED, address);
    }

    /** Copies {@code bytes} bytes; the two ranges must not overlap. */
    public static void copy(long source, long target, long bytes) {
        MemorySegment.copy(ALL, source, ALL, target, bytes);
    }

    /**
     * The address of a direct buffer's first byte, whatever its position. It is valid as long as
     * the buffer is reachable.
     */
    public static long addressOf(ByteBuffer direct) {
        if (!direct.isDirect()) {
            throw new IllegalArgumentException("direct=" + false);
        }
        return MemorySegment.ofBuffer(direct.duplicate().clear()).address();
    }
}
