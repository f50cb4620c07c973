package io.netverdict.nativelib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.jna.Memory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class HugePagesTest {
    private static final Path KERNEL_SIDE = Path.of("/sys/kernel/mm/transparent_hugepage");

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldBeTakenByKernelsThatKnowThem() {
        try (Memory memory = new Memory(8 << 20)) {
            memory.setByte(1, (byte) 7);
            boolean taken = HugePages.advise(com.sun.jna.Pointer.nativeValue(memory), 8 << 20);
            assertEquals(Files.exists(KERNEL_SIDE), taken);
            assertEquals(7, memory.getByte(1));
        }
    }

    @Test
    void shouldRefuseARangeOfNothing() {
        assertThrows(IllegalArgumentException.class, () -> HugePages.advise(4096, 0));
    }
}
