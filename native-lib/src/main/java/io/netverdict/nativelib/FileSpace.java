package io.netverdict.nativelib;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Disk space taken before it is written to: a mapped file with holes ends the process by SIGBUS
 * when the disk is full at the wrong moment. POSIX open(2), posix_fallocate(3), close(2).
 */
public final class FileSpace {
    private static final int O_RDWR = 2;
    private static final int O_NOFOLLOW = 0x2_0000;
    private static final int O_CLOEXEC = 0x8_0000;
    private static final int EINTR = 4;
    private static final int EFBIG = 27;
    private static final int ENOSPC = 28;

    private FileSpace() {}

    static {
        Native.register(FileSpace.class, "c");
    }

    private static native int open(String path, int flags) throws LastErrorException;

    private static native int posix_fallocate(int descriptor, long offset, long length);

    private static native int close(int descriptor);

    /**
     * Gives an existing file at least this length, all of it on the disk.
     *
     * @param bytes more than 0
     * @throws IOException where there is no room or the file cannot be opened; one line that says
     *     what to do
     */
    public static void reserve(Path file, long bytes) throws IOException {
        int descriptor;
        try {
            descriptor = open(file.toString(), O_RDWR | O_NOFOLLOW | O_CLOEXEC);
        } catch (LastErrorException e) {
            throw new IOException("cannot open " + file + ": " + e.getMessage(), e);
        }
        try {
            int error;
            do {
                error = posix_fallocate(descriptor, 0, bytes);
            } while (error == EINTR);
            if (error == ENOSPC || error == EFBIG) {
                throw new IOException(
                        "no room for "
                                + (bytes >> 20)
                                + " MiB at "
                                + file
                                + ": choose another disk or a smaller ring");
            }
            if (error != 0) {
                throw new IOException("cannot reserve space for " + file + ": error " + error);
            }
        } finally {
            close(descriptor);
        }
    }
}
