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

    /** Apart, so that a system without it is told of by {@link #set} like any refusal. */
    private static final class Calls {
        static {
            Native.register(Calls.class, "c");
        }

        private Calls() {}

        private static native int setpriority(int which, int who, int nice);

        private static native int getpriority(int which, int who);
    }

    /** The nice value of the calling thread; 0 where it cannot be told. */
    public static int get() {
        try {
            return Platform.isLinux() ? Calls.getpriority(PRIO_PROCESS, CALLING_THREAD) : 0;
        } catch (LinkageError e) {
            return 0;
        }
    }

    /**
     * Gives the calling thread, and threads that it starts from then on, a nice value.
     *
     * @param nice from -20, the most, to 19, the least; below the present one it takes root or
     *     CAP_SYS_NICE
     * @return whether it has it now; never throws for a system that refuses
     */
    public static boolean set(int nice) {
        if (nice < LEAST_NICE || nice > MOST_NICE) {
            throw new IllegalArgumentException("nice=" + nice);
        }
        try {
            return Platform.isLinux() && Calls.setpriority(PRIO_PROCESS, CALLING_THREAD, nice) == 0;
        } catch (LinkageError e) {
            return false;
        }
    }
}
