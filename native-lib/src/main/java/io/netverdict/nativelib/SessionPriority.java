package io.netverdict.nativelib;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The share of the processors that the processes of a session get together, where the kernel groups
 * them so: what {@link ThreadPriority} says then counts within the session alone.
 *
 * <p>Source: sched(7), "The autogroup feature", and proc(5), {@code /proc/pid/autogroup}.
 */
public final class SessionPriority {
    private static final Path GROUP = Path.of("/proc/self/autogroup");
    private static final Path STAT = Path.of("/proc/self/stat");

    /** The session is the 6th field of stat, the 4th behind the name. */
    private static final int SESSION_BEHIND_NAME = 3;

    private static final int LEAST_NICE = -20;
    private static final int MOST_NICE = 19;

    private SessionPriority() {}

    /**
     * Gives this process's session a nice value, where it is this process's own: a shell and what
     * else it runs are not to be changed.
     *
     * @param nice from -20, the most, to 19, the least; below 0 it takes root
     * @return whether the session has it now; never throws for a system that refuses
     */
    public static boolean set(int nice) {
        if (nice < LEAST_NICE || nice > MOST_NICE) {
            throw new IllegalArgumentException("nice=" + nice);
        }
        try {
            if (!isGrouped() || !leadsSession(Files.readString(STAT))) {
                return false;
            }
            Files.writeString(GROUP, Integer.toString(nice), StandardOpenOption.WRITE);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /** Whether the kernel groups this process; it may have the file and tell no group in it. */
    static boolean isGrouped() throws IOException {
        return Files.isWritable(GROUP) && !Files.readString(GROUP).isBlank();
    }

    /** Whether a process's session has its number. */
    static boolean leadsSession(String stat) {
        String[] behindName = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        return behindName.length > SESSION_BEHIND_NAME
                && stat.startsWith(behindName[SESSION_BEHIND_NAME] + " ");
    }
}
