package io.netverdict.it;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the test data that lies beside the project and may be absent. */
public final class SharedData {
    private SharedData() {}

    /**
     * The project's top directory: the nearest one above the working directory with the launcher.
     */
    public static Path projectRoot() {
        Path directory = Path.of("").toAbsolutePath();
        while (directory != null && !Files.isRegularFile(directory.resolve("netverdict"))) {
            directory = directory.getParent();
        }
        if (directory == null) {
            throw new IllegalStateException(
                    "not inside the project: " + Path.of("").toAbsolutePath());
        }
        return directory;
    }

    /** A directory of the shared data; whether it exists is for the caller to ask. */
    public static Path directory(String name) {
        return projectRoot().resolveSibling("shared").resolve(name);
    }
}
