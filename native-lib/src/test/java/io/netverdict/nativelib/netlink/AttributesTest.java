package io.netverdict.nativelib.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttributesTest {
    private static final int DAMAGED_BUFFERS = 20_000;

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
    }

    @Test
    void shouldReadNumbersTextAndNestedAttributesBehindPadding() {
        ByteBuffer bytes = buffer(40);
        bytes.putShort((short) 7).putShort((short) 3).put(new byte[] {'l', 'o', 0, 0});
        bytes.putShort((short) 8).putShort((short) 4).putInt(1500);
        bytes.putShort((short) 12).putShort((short) (0x8000 | 5));
        bytes.putShort((short) 6).putShort((short) 1).put(new byte[] {1, (byte) 0xBB, 0, 0});

        Attributes read = Attributes.of(bytes.limit(28));

        assertEquals("lo", read.textOf(3, ""));
        assertEquals(1500, read.intOf(4, 0));
        assertEquals(443, read.nested(5).networkShortOf(1, 0));
        assertFalse(read.has(6));
        assertEquals(-1, read.intOf(6, -1));
    }

    @Test
    void shouldKeepWhatStandsBeforeABrokenAttribute() {
        ByteBuffer bytes = buffer(16);
        bytes.putShort((short) 8).putShort((short) 4).putInt(9000);
        bytes.putShort((short) 200).putShort((short) 5).putInt(1);

        Attributes read = Attributes.of(bytes.flip());

        assertEquals(9000, read.intOf(4, 0));
        assertFalse(read.has(5));
    }

    @Test
    void shouldTakeAnyBytesWithoutAnException() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < DAMAGED_BUFFERS; i++) {
            byte[] bytes = new byte[random.nextInt(96)];
            random.nextBytes(bytes);
            // Small lengths, so that many attributes are whole.
            for (int at = 0; at + 1 < bytes.length; at += 4) {
                bytes[at + 1] = 0;
                bytes[at] &= 0x1F;
            }
            Attributes read = Attributes.of(ByteBuffer.wrap(bytes));
            for (int type = 0; type < 40; type++) {
                assertTrue(read.bytesOf(type).length < 96, "seed=" + seed);
                read.nested(type).intOf(1, 0);
                read.addressOf(type);
                read.textOf(type, "");
                read.networkLongOf(type, 0);
                read.eachNested(type);
            }
        }
    }
}
