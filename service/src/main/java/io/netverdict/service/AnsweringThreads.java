package io.netverdict.service;

import io.netverdict.nativelib.ThreadPriority;
import java.util.concurrent.ThreadFactory;

/**
 * Threads that somebody with an error waits for: on a processor that all want they go before those
 * of the application, not before the one that records. What they take is bounded by the reports
 * there are.
 */
public final class AnsweringThreads {
    private static final int NICE = -5;

    private AnsweringThreads() {}

    /** Makes daemon threads of a name. */
    public static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(() -> run(task), name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Runs a thread's task with their share of the processors, where that is allowed. A thread that
     * was made nice by whoever started it, as {@code nice(1)} or the warm-up do, stays so.
     */
    public static void run(Runnable task) {
        if (ThreadPriority.get() == 0) {
            ThreadPriority.set(NICE);
        }
        task.run();
    }
}
