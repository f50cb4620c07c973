package io.netverdict.nativelib;

import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * The share of the processors that a thread gets when many want them. Linux alone has it for each
 * thread; elsewhere nothing happens.
 *
 * <p>Source: setpriority(2), where a nice value belongs to a thread, and sched(7).
 */
public final class ThreadPriority {
    private static final int PRIO_PROCESS = 0;
    private static final int CALLING_THREAD = 0;
    private static final int LEAST_NICE = -20;
    private static final int MOST_NICE = 19;

    private ThreadPriority() {}

    static {
        Native.register(ThreadPriority.class, "c");
    }

    private static native int setpriority(int which, int who, int nice);

    /**
     * Gives the calling thread, and threads that it starts from then on, a nice value.
     *
     * @param nice from -20, the most, to 19, the least; below the present one it takes root or
     *     CAP_SYS_NICE
     * @return whether it has it now
     */
    public static boolean set(int nice) {
        if (nice < LEAST_NICE || nice > MOST_NICE) {
            throw new IllegalArgumentException("nice=" + nice);
        }
        return Platform.isLinux() && setpriority(PRIO_PROCESS, CALLING_THREAD, nice) == 0;
    }
}
