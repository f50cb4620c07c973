package io.netverdict.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes sure that one store at a time uses a data directory. The operating system lets go of the
 * lock when the process ends, however it ends.
 */
final class DirectoryLock implements AutoCloseable {
    private static final String FILE_NAME = "lock";

    /**
     * Directories locked by this process. Needed beside the file lock: POSIX drops a process's
     * locks on a file as soon as any of its descriptors of that file is closed.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * @param directory its real path, see {@link Path#toRealPath}
     * @throws StorageException when another store has it
     */
    static DirectoryLock acquire(Path directory) throws IOException {
        if (!HELD_HERE.add(directory)) {
            throw inUse(directory, "this process");
        }
        FileChannel channel = null;
        boolean acquired = false;
        try {
            channel =
                    FileChannel.open(
                            directory.resolve(FILE_NAME),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(directory, holder(directory));
            }
            channel.truncate(0);
            channel.write(
                    StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"), 0);
            acquired = true;
            return new DirectoryLock(directory, channel);
        } finally {
            if (!acquired) {
                HELD_HERE.remove(directory);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    private static String holder(Path directory) throws IOException {
        String pid = Files.readString(directory.resolve(FILE_NAME)).strip();
        return pid.isEmpty() ? "another process" : "process " + pid;
    }

    static StorageException inUse(Path directory, String holder) {
        return new StorageException(
                "data directory "
                        + directory
                        + " is in use by "
                        + holder
                        + ": stop that one, or choose another directory");
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD_HERE.remove(directory);
    }
}
