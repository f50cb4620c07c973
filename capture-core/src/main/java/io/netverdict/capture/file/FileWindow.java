package io.netverdict.capture.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A stretch of a file, copied for the two threads that go through it: to copy a page costs less
 * than to touch it where it is mapped, and the one who comes second finds it in the processor's
 * cache. Filled by one thread, then read by others it is handed to.
 */
final class FileWindow {
    /** Holds nothing, and never will. */
    static final FileWindow NONE = new FileWindow(0);

    private final ByteBuffer buffer;
    private long start;
    private int length;

    FileWindow(int capacityBytes) {
        buffer = ByteBuffer.allocateDirect(capacityBytes);
    }

    boolean isNone() {
        return buffer.capacity() == 0;
    }

    /** Holds what stands at a position from now on, as far as there is room. */
    void fill(FileChannel channel, long position) throws IOException {
        start = position;
        length = 0;
        buffer.clear();
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) > 0) {
            // read() may give less than asked for
        }
        length = buffer.position();
        buffer.clear();
    }

    boolean holds(long position, int bytes) {
        return position >= start && position + bytes <= start + length;
    }

    /** Behind the last byte, in the file. */
    long end() {
        return start + length;
    }

    /** Read it at {@link #indexOf}. */
    ByteBuffer buffer() {
        return buffer;
    }

    /** Where a position of the file that it holds lies in the buffer. */
    int indexOf(long position) {
        return (int) (position - start);
    }
}
