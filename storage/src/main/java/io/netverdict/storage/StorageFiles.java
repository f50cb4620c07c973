package io.netverdict.storage;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Directories of the store, and what went wrong with them. */
final class StorageFiles {
    private StorageFiles() {}

    /** Makes a directory that its owner alone can read, unless it is there. */
    static Path createPrivate(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return directory;
        }
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes =
                posix
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rwx------"))
                        }
                        : new FileAttribute<?>[0];
        return Files.createDirectories(directory, attributes);
    }

    /** Why a file could not be read or written, for one line. */
    static String reason(IOException failure) {
        if (failure instanceof FileSystemException named && named.getReason() == null) {
            return failure.getClass().getSimpleName();
        }
        return failure.getMessage();
    }
}
