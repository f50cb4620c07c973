package io.netverdict.nativelib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ThreadPriorityTest {
    /** proc(5): nice is the 19th field of stat, the 17th behind the name. */
    private static final int NICE_BEHIND_NAME = 16;

    @Test
    @EnabledOnOs(OS.LINUX)
    void givesTheCallingThreadAloneItsNiceValue() throws Exception {
        int before = niceOfThisThread();
        FutureTask<Integer> other =
                new FutureTask<>(
                        () -> {
                            assertTrue(ThreadPriority.set(before + 3));
                            assertEquals(before + 3, ThreadPriority.get());
                            return niceOfThisThread();
                        });
        new Thread(other, "nice").start();
        assertEquals(before + 3, other.get());
        assertEquals(before, niceOfThisThread());
        assertEquals(before, ThreadPriority.get());
    }

    @Test
    void refusesWhatIsNoNiceValue() {
        for (int nice : new int[] {-21, 20}) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> ThreadPriority.set(nice));
            assertEquals("nice=" + nice, refused.getMessage());
        }
    }

    private static int niceOfThisThread() throws Exception {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        String[] behindName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Integer.parseInt(behindName[NICE_BEHIND_NAME]);
    }
}
