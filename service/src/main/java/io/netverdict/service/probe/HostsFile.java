package io.netverdict.service.probe;

import io.netverdict.capture.packet.IpAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Addresses that a machine has names for without asking anybody (hosts(5)). */
final class HostsFile {
    private HostsFile() {}

    /** The addresses of a name, whatever its case; none where the file cannot be read. */
    static List<IpAddress> addressesOf(Path file, String name) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.map(line -> line.replaceFirst("#.*", "").strip().split("\\s+"))
                    .filter(words -> names(words, name))
                    .map(words -> IpAddress.parse(words[0]))
                    .flatMap(Optional::stream)
                    .distinct()
                    .limit(ProbeTargets.MAX_ENDPOINTS)
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            return List.of();
        }
    }

    private static boolean names(String[] words, String name) {
        return Arrays.stream(words).skip(1).anyMatch(name::equalsIgnoreCase);
    }
}
