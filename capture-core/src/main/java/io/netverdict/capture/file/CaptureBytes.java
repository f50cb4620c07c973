package io.netverdict.capture.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.concurrent.CancellationException;

/**
 * The bytes of an uncompressed capture file, read by absolute position; big-endian.
 *
 * <p>Files are mapped in chunks that begin at every multiple of {@link #CHUNK_BYTES} and reach up
 * to twice as far, so that a record of up to {@link #CHUNK_BYTES} lies wholly in the chunk of its
 * first byte. The chunks hold memory until they are unreachable. Safe for concurrent readers, but
 * not while one goes {@linkplain #goThrough through} them.
 */
final class CaptureBytes {
    private static final int CHUNK_SHIFT = 30;

    /** The longest range that can be read from one chunk, wherever it begins. */
    static final int CHUNK_BYTES = 1 << CHUNK_SHIFT;

    /** Up to here copying costs less than mapping. */
    private static final int COPY_BYTES = 1 << 16;

    private final ByteBuffer[] chunks;
    private final long size;

    /** Null where there is none. */
    private FileChannel channel;

    private FileWindow window = FileWindow.NONE;

    private CaptureBytes(ByteBuffer[] chunks, long size, FileChannel channel) {
        this.chunks = chunks;
        this.size = size;
        this.channel = channel;
    }

    /** The bytes from position to limit of a buffer. */
    static CaptureBytes of(ByteBuffer bytes) {
        ByteBuffer chunk = bytes.slice();
        return new CaptureBytes(new ByteBuffer[] {chunk}, chunk.limit(), null);
    }

    /** The bytes of a file; the channel may be closed once nobody goes through them. */
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
        return new CaptureBytes(chunks, size, channel);
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

    /**
     * Reads what stands at a position and behind it by way of a window from now on, until that
     * window is passed, or {@link #leave}. For the one thread that reads meanwhile.
     */
    void goThrough(FileWindow next, long position) {
        window = FileWindow.NONE;
        if (channel == null || next.isNone()) {
            return;
        }
        try {
            next.fill(channel, position);
            window = next;
        } catch (ClosedByInterruptException cancelled) {
            throw new CancellationException();
        } catch (IOException unreadable) {
            // What is mapped is there all the same, or fails by itself.
            channel = null;
        }
    }

    /** Ends going through; others may read afterwards. */
    void leave() {
        window = FileWindow.NONE;
        channel = null;
    }

    long getLong(long position) {
        return window.holds(position, Long.BYTES)
                ? window.buffer().getLong(window.indexOf(position))
                : chunkOf(position).getLong(indexOf(position));
    }

    int getInt(long position) {
        return window.holds(position, Integer.BYTES)
                ? window.buffer().getInt(window.indexOf(position))
                : chunkOf(position).getInt(indexOf(position));
    }

    short getShort(long position) {
        return window.holds(position, Short.BYTES)
                ? window.buffer().getShort(window.indexOf(position))
                : chunkOf(position).getShort(indexOf(position));
    }

    byte get(long position) {
        return window.holds(position, Byte.BYTES)
                ? window.buffer().get(window.indexOf(position))
                : chunkOf(position).get(indexOf(position));
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
