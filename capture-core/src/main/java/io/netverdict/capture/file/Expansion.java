package io.netverdict.capture.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The content of a stream (a gzipped file, a pipe) as bytes that can be read by position: copied to
 * a temporary file that is gone as soon as it is mapped.
 *
 * @param bytes as far as they could be read
 * @param problem why not all could be read, or null
 */
record Expansion(CaptureBytes bytes, String problem) {
    private static final int BUFFER_BYTES = 1 << 16;

    /** Leaves the other half of what is free on the temporary directory's disk to others. */
    private static final int SHARE_OF_FREE_SPACE = 2;

    /** Expands a gzipped file; damage to its compressed data ends the content there. */
    static Expansion ofGzip(InputStream compressed, ProgressMeter progress) throws IOException {
        CountingInputStream counted = new CountingInputStream(compressed, progress);
        InputStream content;
        try {
            content = new GZIPInputStream(counted, BUFFER_BYTES);
        } catch (EOFException | ZipException damaged) {
            return new Expansion(
                    CaptureBytes.of(ByteBuffer.allocate(0)),
                    "damaged gzip header: " + reason(damaged));
        }
        return of(content);
    }

    /** Takes in a stream up to its end. */
    static Expansion of(InputStream content) throws IOException {
        Path file = Files.createTempFile("netverdict-", ".capture");
        // Asked before opening: where the system lets it, the file loses its name at once.
        long limit = Files.getFileStore(file).getUsableSpace() / SHARE_OF_FREE_SPACE;
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE)) {
            String problem = copy(content, Channels.newOutputStream(channel), limit);
            return new Expansion(CaptureBytes.of(channel), problem);
        }
    }

    private static String copy(InputStream content, OutputStream copy, long limit)
            throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long done = 0;
        while (true) {
            int count;
            try {
                count = content.read(buffer);
            } catch (EOFException | ZipException damaged) {
                return "compressed data breaks off after "
                        + done
                        + " bytes of content: "
                        + reason(damaged);
            }
            if (count < 0) {
                return null;
            }
            if (done + count > limit) {
                return "content beyond " + done + " bytes left out for lack of temporary space";
            }
            copy.write(buffer, 0, count);
            done += count;
        }
    }

    private static String reason(IOException damaged) {
        return damaged.getMessage() == null ? "unexpected end" : damaged.getMessage();
    }

    /** Tells the meter how much of the compressed file has been read. */
    private static final class CountingInputStream extends InputStream {
        private final InputStream source;
        private final ProgressMeter progress;
        private long count;

        CountingInputStream(InputStream source, ProgressMeter progress) {
            this.source = source;
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            int value = source.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = source.read(target, offset, length);
            count(Math.max(0, read));
            return read;
        }

        /** Says whether another member may follow; GZIPInputStream asks. */
        @Override
        public int available() throws IOException {
            return source.available();
        }

        private void count(int read) {
            count += read;
            progress.reached(count);
        }
    }
}
