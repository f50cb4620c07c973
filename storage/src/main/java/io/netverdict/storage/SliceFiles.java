package io.netverdict.storage;

import io.netverdict.correlator.model.SliceInfo;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The slices, one file an incident. A slice has its final name only once it is whole and on the
 * disk. Thread-safe.
 */
final class SliceFiles {
    private static final String SUFFIX = ".pcapng";
    private static final String TEMPORARY_SUFFIX = ".tmp";

    private final Path directory;

    SliceFiles(Path directory) {
        this.directory = directory;
    }

    /** A slice on the disk that nobody can see yet; of no bytes, it is never to be seen. */
    record Pending(Path file, SliceInfo info) {}

    /** Writes a slice under a temporary name and forces it to the disk. */
    Pending write(SliceSource source) throws IOException {
        Path temporary = Files.createTempFile(directory, "", TEMPORARY_SUFFIX);
        boolean written = false;
        // A plain stream: unlike a channel, it survives being used by an interrupted thread.
        try (FileOutputStream file = new FileOutputStream(temporary.toFile())) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            OutputStream out =
                    new BufferedOutputStream(new DigestOutputStream(new Unclosed(file), sha256));
            long packets = source.writeTo(out);
            out.flush();
            long bytes = Files.size(temporary);
            if (bytes > 0) {
                file.getFD().sync();
            }
            String digest = bytes == 0 ? null : HexFormat.of().formatHex(sha256.digest());
            written = true;
            return new Pending(temporary, new SliceInfo(packets, bytes, digest));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            if (!written) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    /** The digest of a slice in hexadecimal digits; null for an empty one. */
    static String sha256(byte[] slice) {
        try {
            return slice.length == 0
                    ? null
                    : HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(slice));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Gives a slice its final name; on return, the name too is on the disk. */
    void publish(Pending slice, String id) throws IOException {
        if (slice.info().bytes() == 0) {
            return;
        }
        Files.move(slice.file(), path(id), StandardCopyOption.ATOMIC_MOVE);
        forceDirectory();
    }

    void discard(Pending slice) throws IOException {
        Files.deleteIfExists(slice.file());
    }

    void delete(String id) throws IOException {
        Files.deleteIfExists(path(id));
    }

    Optional<InputStream> open(String id) throws IOException {
        try {
            return Optional.of(Files.newInputStream(path(id)));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    /**
     * Removes what a crash left: unfinished files, and slices whose incident was never committed or
     * is gone. Files of other names are not ours and stay.
     *
     * @return how many were removed
     */
    int clean(Predicate<String> hasSlice) throws IOException {
        int removed = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                boolean orphan =
                        name.endsWith(SUFFIX)
                                && !hasSlice.test(
                                        name.substring(0, name.length() - SUFFIX.length()));
                if (orphan || name.endsWith(TEMPORARY_SUFFIX)) {
                    Files.delete(file);
                    removed++;
                }
            }
        }
        return removed;
    }

    private Path path(String id) {
        return directory.resolve(id + SUFFIX);
    }

    private void forceDirectory() throws IOException {
        // Forcing an interrupted thread's channel would close it instead.
        boolean interrupted = Thread.interrupted();
        try (FileChannel channel = FileChannel.open(directory, Set.of(StandardOpenOption.READ))) {
            channel.force(true);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Lets a source close what it writes to, while the file is still to be forced. */
    private static final class Unclosed extends OutputStream {
        private final OutputStream out;

        Unclosed(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }
}
