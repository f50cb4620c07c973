package io.netverdict.correlator.decode;

import io.kaitai.struct.ByteBufferKaitaiStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Runs generated readers over bytes that may be cut or hostile.
 *
 * <p>Generated readers throw at the end of the bytes and on whatever else they do not like; here
 * that becomes a return value. What a structure had read before the break stays in its fields.
 */
public final class StructReader {

    /** A step of reading. */
    @FunctionalInterface
    public interface Step {
        void read();
    }

    private StructReader() {}

    /** A stream over bytes, from their first. */
    public static ByteBufferKaitaiStream over(byte[] bytes) {
        return new CheckedStream(ByteBuffer.wrap(bytes));
    }

    /** Whether the step came to its end. */
    public static boolean completes(Step step) {
        try {
            step.read();
            return true;
        } catch (RuntimeException endOfBytesOrNonsense) {
            // The runtime's exceptions have no common ancestor below this one.
            return false;
        }
    }

    /** Looks whether the bytes are there before it makes room for them: lengths may be absurd. */
    private static final class CheckedStream extends ByteBufferKaitaiStream {
        CheckedStream(ByteBuffer bytes) {
            super(bytes);
        }

        @Override
        protected byte[] readBytesNotAligned(long count) {
            if (count > size() - pos()) {
                throw new BufferUnderflowException();
            }
            return super.readBytesNotAligned(count);
        }
    }
}
