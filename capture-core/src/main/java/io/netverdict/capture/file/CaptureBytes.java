package io.netverdict.capture.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/**
 * The bytes of an uncompressed capture file, read by absolute position; big-endian.
 *
 * <p>Files are mapped in chunks that begin at every multiple of {@link #CHUNK_BYTES} and reach up
 * to twice as far, so that a record of up to {@link #CHUNK_BYTES} lies wholly in the chunk of its
 * first byte. The chunks hold memory until they are unreachable. Safe for concurrent readers.
 */
final class CaptureBytes {
    private static final int CHUNK_SHIFT = 30;

    /** The longest range that can be read from one chunk, wherever it begins. */
    static final int CHUNK_BYTES = 1 << CHUNK_SHIFT;

    /** Up to here copying costs less than mapping. */
    private static final int COPY_BYTES = 1 << 16;

    private final ByteBuffer[] chunks;
    private final long size;

    private CaptureBytes(ByteBuffer[] chunks, long size) {
        this.chunks = chunks;
        this.size = size;
    }

    /** The bytes from position to limit of a buffer. */
    static CaptureBytes of(ByteBuffer bytes) {
        ByteBuffer chunk = bytes.slice();
        return new CaptureBytes(new ByteBuffer[] {chunk}, chunk.limit());
    }

    /** The bytes of a file; the channel may be closed afterwards. */
    static CaptureBytes of(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size <= COPY_BYTES) {
            ByteBuffer copy = ByteBuffer.allocate((int) size);
            while (copy.hasRemaining() && channel.read(copy, copy.position()) >= 0) {
                // read() may give less than asked for
            }
            return of(copy.flip());
        }
        ByteBuffer[] chunks = new ByteBuffer[(int) ((size + CHUNK_BYTES - 1) >>> CHUNK_SHIFT)];
        for (int i = 0; i < chunks.length; i++) {
            long start = (long) i << CHUNK_SHIFT;
            long length = Math.min(size - start, Integer.MAX_VALUE);
            chunks[i] = channel.map(MapMode.READ_ONLY, start, length);
        }
        return new CaptureBytes(chunks, size);
    }

    long size() {
        return size;
    }

    /** Whether {@code length} bytes stand at a position; false for negative lengths too. */
    boolean has(long position, long length) {
        return length >= 0 && length <= size - position;
    }

    /** The chunk that holds a position below {@link #size()}; read it at {@link #indexOf}. */
    ByteBuffer chunkOf(long position) {
        return chunks[(int) (position >>> CHUNK_SHIFT)];
    }

    /** Where a position lies in its chunk. */
    static int indexOf(long position) {
        return (int) (position & (CHUNK_BYTES - 1));
    }

    int getInt(long position) {
        return chunkOf(position).getInt(indexOf(position));
    }

    short getShort(long position) {
        return chunkOf(position).getShort(indexOf(position));
    }

    byte get(long position) {
        return chunkOf(position).get(indexOf(position));
    }

    /** A copy of a short range. */
    byte[] copy(long position, int length) {
        byte[] copy = new byte[length];
        if (length > 0) {
            chunkOf(position).get(indexOf(position), copy);
        }
        return copy;
    }
}
