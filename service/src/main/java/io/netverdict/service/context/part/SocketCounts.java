package io.netverdict.service.context.part;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How many TCP sockets the calling thread's namespace has, by {@code /proc/net/sockstat}. */
final class SocketCounts {
    private static final List<Path> FILES =
            List.of(
                    Path.of("/proc/thread-self/net/sockstat"),
                    Path.of("/proc/thread-self/net/sockstat6"));

    private SocketCounts() {}

    /** Those in use and those that wait out their time, of both families. */
    static int read() throws IOException {
        int sockets = 0;
        for (Path file : FILES) {
            if (Files.exists(file)) {
                sockets += count(Files.readString(file, StandardCharsets.US_ASCII));
            }
        }
        return sockets;
    }

    /** Such as {@code TCP: inuse 5 orphan 0 tw 12 alloc 8 mem 1}, a line for each protocol. */
    static int count(String text) {
        int sockets = 0;
        for (String line : text.split("\n")) {
            String[] words = line.split(" ");
            if (words[0].equals("TCP:") || words[0].equals("TCP6:")) {
                for (int i = 1; i + 1 < words.length; i += 2) {
                    boolean takesAPort = words[i].equals("inuse") || words[i].equals("tw");
                    sockets += takesAPort ? number(words[i + 1]) : 0;
                }
            }
        }
        return sockets;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException unexpected) {
            return 0;
        }
    }
}
