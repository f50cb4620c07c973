package io.netverdict.nativelib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64).order(ByteOrder.nativeOrder());

    @Test
    void shouldReadWhatABufferHolds() {
        buffer.putLong(8, 0x0123_4567_89AB_CDEFL).putInt(16, -7);
        long address = NativeMemory.addressOf(buffer);
        assertEquals(0x0123_4567_89AB_CDEFL, NativeMemory.getLong(address + 8));
        assertEquals(-7, NativeMemory.getInt(address + 16));
    }

    @Test
    void shouldCopyExactlyAsManyBytes() {
        ByteBuffer source = ByteBuffer.allocateDirect(5).put(new byte[] {1, 2, 3, 4, 5});
        NativeMemory.copy(NativeMemory.addressOf(source), NativeMemory.addressOf(buffer) + 3, 4);
        byte[] expected = {0, 0, 0, 1, 2, 3, 4, 0};
        byte[] actual = new byte[expected.length];
        buffer.get(0, actual);
        assertEquals(ByteBuffer.wrap(expected), ByteBuffer.wrap(actual));
    }

    @Test
    void shouldGiveTheAddressOfTheFirstByteWhateverThePosition() {
        long address = NativeMemory.addressOf(buffer);
        buffer.position(10);
        assertEquals(address, NativeMemory.addressOf(buffer));
    }

    @Test
    void shouldRefuseABufferOnTheHeap() {
        ByteBuffer heap = ByteBuffer.allocate(8);
        assertThrows(IllegalArgumentException.class, () -> NativeMemory.addressOf(heap));
    }

    @Test
    void shouldReadAndCopyWhateverTheAlignment() {
        buffer.putLong(3, 0x0123_4567_89AB_CDEFL).putInt(13, 42);
        long address = NativeMemory.addressOf(buffer);
        NativeMemory.copy(address + 3, address + 33, 14);
        assertEquals(0x0123_4567_89AB_CDEFL, NativeMemory.getLong(address + 33));
        assertEquals(42, NativeMemory.getInt(address + 43));
    }
}
