package io.netverdict.correlator.decode;

import io.netverdict.correlator.stream.DirectionStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Messages and streams for the decoders' tests, built by hand. */
public final class TestBytes {
    private static final long FIXED_SEED = Long.getLong("netverdict.seed", System.nanoTime());

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** The seed of random tests: new each time unless {@code -Dnetverdict.seed} sets it. */
    public static long seed(String test) {
        System.out.println(test + ": -Dnetverdict.seed=" + FIXED_SEED);
        return FIXED_SEED;
    }

    /** A copy with a few random bytes changed, sometimes shortened. */
    public static byte[] mutate(byte[] original, Random random) {
        byte[] copy = original.clone();
        int changes = 1 + random.nextInt(8);
        for (int i = 0; i < changes && copy.length > 0; i++) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt();
        }
        return random.nextInt(4) == 0
                ? java.util.Arrays.copyOf(copy, random.nextInt(copy.length + 1))
                : copy;
    }

    public TestBytes u8(int... values) {
        for (int value : values) {
            out.write(value);
        }
        return this;
    }

    public TestBytes u16(int... values) {
        for (int value : values) {
            u8(value >>> 8, value);
        }
        return this;
    }

    public TestBytes u24(int value) {
        return u8(value >>> 16, value >>> 8, value);
    }

    public TestBytes u32(long value) {
        return u16((int) (value >>> 16), (int) value);
    }

    public TestBytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    public TestBytes zeros(int count) {
        return raw(new byte[count]);
    }

    public TestBytes text(String ascii) {
        return raw(ascii.getBytes(StandardCharsets.ISO_8859_1));
    }

    public byte[] build() {
        return out.toByteArray();
    }

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A stream of segments that follow each other, all captured. */
    public static DirectionStream stream(byte[]... segments) {
        DirectionStream.Builder builder = new DirectionStream.Builder();
        long offset = 0;
        for (byte[] segment : segments) {
            builder.add(offset, segment.length, ByteBuffer.wrap(segment), null);
            offset += segment.length;
        }
        return builder.build();
    }

    /** The bytes in segments of a size, of each of which at most so many bytes were captured. */
    public static DirectionStream cutStream(byte[] bytes, int segmentBytes, int capturedBytes) {
        DirectionStream.Builder builder = new DirectionStream.Builder();
        for (int at = 0; at < bytes.length; at += segmentBytes) {
            int length = Math.min(segmentBytes, bytes.length - at);
            int captured = Math.min(length, capturedBytes);
            builder.add(at, length, ByteBuffer.wrap(bytes, at, captured), null);
        }
        return builder.build();
    }

    /** The bytes in segments of a size, without the segments that begin in a range. */
    public static DirectionStream holedStream(
            byte[] bytes, int segmentBytes, long holeStart, long holeEnd) {
        DirectionStream.Builder builder = new DirectionStream.Builder();
        for (int at = 0; at < bytes.length; at += segmentBytes) {
            int length = Math.min(segmentBytes, bytes.length - at);
            if (at < holeStart || at >= holeEnd) {
                builder.add(at, length, ByteBuffer.wrap(bytes, at, length), null);
            }
        }
        return builder.build();
    }
}
