package io.netverdict.nativelib.clock;

import com.sun.jna.Native;

/** adjtimex(2), which only reads when its modes are 0. */
final class ClockCalls {
    static {
        Native.register(ClockCalls.class, "c");
    }

    private ClockCalls() {}

    static native int adjtimex(byte[] timex);
}
