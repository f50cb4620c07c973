package io.netverdict.service.context.part;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Values below {@code /proc/sys}; of the calling thread's namespace below {@code net}. */
final class KernelSetting {
    private static final Path ROOT = Path.of("/proc/sys");
    private static final int MAX_BYTES = 4096;

    private KernelSetting() {}

    static boolean exists(String name) {
        return Files.exists(ROOT.resolve(name));
    }

    /**
     * A value as text. Read at once: the kernel gives such a value to the first read alone, and
     * {@code Files.readString} begins with a single byte where a file says it is empty.
     */
    static String text(String name) throws IOException {
        byte[] bytes = new byte[MAX_BYTES];
        try (InputStream in = Files.newInputStream(ROOT.resolve(name))) {
            int length = in.read(bytes);
            return new String(bytes, 0, Math.max(0, length), StandardCharsets.US_ASCII).trim();
        }
    }

    static long number(String name) throws IOException {
        try {
            return Long.parseLong(text(name));
        } catch (NumberFormatException e) {
            throw new IOException(name + " is no number", e);
        }
    }
}
