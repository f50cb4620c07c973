package io.netverdict.service.context.part;

import io.netverdict.correlator.context.ResolverContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How names are resolved, from resolv.conf(5), nsswitch.conf(5) and hosts(5). */
public final class ResolverFiles {
    private static final Path SYSTEMD_UPSTREAMS = Path.of("run/systemd/resolve/resolv.conf");
    private static final Set<String> SYSTEMD_STUBS = Set.of("127.0.0.53", "127.0.0.54");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final int MAX_FILE_BYTES = 1 << 20;
    private static final int MAX_HOSTS_ENTRIES = 16;

    private ResolverFiles() {}

    /**
     * Reads them.
     *
     * @param root of the file system that the client sees
     * @param overlay directory whose files go before those of {@code etc}, as {@code ip netns exec}
     *     has it; null for none
     * @param hosts names of the request
     */
    public static ResolverContext read(Path root, Path overlay, Set<String> hosts)
            throws IOException {
        Path resolv = file(root, overlay, "resolv.conf");
        List<String> nameServers = new ArrayList<>();
        List<String> search = new ArrayList<>();
        List<String> options = new ArrayList<>();
        for (String line : lines(resolv)) {
            String[] words = BLANKS.split(line);
            List<String> rest = Arrays.asList(words).subList(1, words.length);
            switch (words[0]) {
                case "nameserver" -> nameServers.addAll(rest.stream().limit(1).toList());
                case "search", "domain" -> {
                    search.clear();
                    search.addAll(rest);
                }
                case "options" -> options.addAll(rest);
                default -> {
                    // sortlist and comments.
                }
            }
        }
        return new ResolverContext(
                resolv.toString(),
                nameServers,
                search,
                options,
                hostsOrder(file(root, overlay, "nsswitch.conf")),
                entries(file(root, overlay, "hosts"), hosts),
                upstreams(root, nameServers));
    }

    private static Path file(Path root, Path overlay, String name) {
        Path own = overlay == null ? null : overlay.resolve(name);
        return own != null && Files.exists(own) ? own : root.resolve("etc").resolve(name);
    }

    private static List<String> lines(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new IOException(file + " is larger than " + MAX_FILE_BYTES + " bytes");
        }
        return Files.readString(file, StandardCharsets.ISO_8859_1)
                .lines()
                .map(line -> withoutComment(line).strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static String withoutComment(String line) {
        for (int at = 0; at < line.length(); at++) {
            if (line.charAt(at) == '#' || line.charAt(at) == ';') {
                return line.substring(0, at);
            }
        }
        return line;
    }

    private static String hostsOrder(Path nsswitch) {
        try {
            return lines(nsswitch).stream()
                    .filter(line -> line.startsWith("hosts:"))
                    .map(line -> line.substring("hosts:".length()).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException none) {
            return "";
        }
    }

    private static List<String> entries(Path file, Set<String> hosts) {
        try {
            return lines(file).stream()
                    .filter(
                            line ->
                                    BLANKS.splitAsStream(line.toLowerCase(Locale.ROOT))
                                            .skip(1)
                                            .anyMatch(hosts::contains))
                    .limit(MAX_HOSTS_ENTRIES)
                    .toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    private static List<String> upstreams(Path root, List<String> nameServers) {
        if (nameServers.stream().noneMatch(SYSTEMD_STUBS::contains)) {
            return List.of();
        }
        try {
            return lines(root.resolve(SYSTEMD_UPSTREAMS)).stream()
                    .filter(line -> line.startsWith("nameserver "))
                    .map(line -> line.substring("nameserver ".length()).strip())
                    .toList();
        } catch (IOException none) {
            return List.of();
        }
    }
}
