package io.netverdict.nativelib.clock;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The kernel's own estimate of its clock. Safe for any thread.
 *
 * @param synchronised whether a time service keeps it right
 * @param maxErrorMicros the most it can be wrong by, as that service estimates
 */
public record KernelClock(boolean synchronised, long maxErrorMicros) {
    private static final int TIMEX_BYTES = 208;
    private static final int MAX_ERROR_OFFSET = 24;
    private static final int STATUS_OFFSET = 40;
    private static final int STA_UNSYNC = 0x40;

    /** The estimate now; empty where the system does not tell. */
    public static Optional<KernelClock> read() {
        ByteBuffer timex = ByteBuffer.allocate(TIMEX_BYTES).order(ByteOrder.nativeOrder());
        try {
            if (ClockCalls.adjtimex(timex.array()) < 0) {
                return Optional.empty();
            }
        } catch (LinkageError notLinux) {
            return Optional.empty();
        }
        boolean synchronised = (timex.getInt(STATUS_OFFSET) & STA_UNSYNC) == 0;
        return Optional.of(new KernelClock(synchronised, timex.getLong(MAX_ERROR_OFFSET)));
    }
}
