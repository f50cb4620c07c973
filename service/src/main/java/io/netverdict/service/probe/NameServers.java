package io.netverdict.service.probe;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The name servers that a machine is configured to ask (resolv.conf(5)). */
final class NameServers {
    static final int DNS_PORT = 53;
    private static final int MAX_SERVERS = 4;
    private static final String KEYWORD = "nameserver";

    /** What systemd-resolved asks behind its own address. */
    private static final Path UPSTREAMS = Path.of("/run/systemd/resolve/resolv.conf");

    private static final String STUB_PREFIX = "127.0.0.5";

    private NameServers() {}

    /**
     * Those of a file and those seen to be asked.
     *
     * @param seen in packets, the first to be asked
     */
    static List<Endpoint> of(Path file, List<Endpoint> seen) {
        Set<Endpoint> servers = new LinkedHashSet<>(seen);
        List<Endpoint> configured = read(file);
        servers.addAll(configured);
        if (configured.stream().anyMatch(s -> s.address().toString().startsWith(STUB_PREFIX))) {
            servers.addAll(read(UPSTREAMS));
        }
        return servers.stream().limit(MAX_SERVERS).toList();
    }

    private static List<Endpoint> read(Path file) {
        List<Endpoint> servers = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                String[] words = line.strip().split("\\s+");
                if (words.length > 1 && words[0].equals(KEYWORD)) {
                    Optional<IpAddress> address = IpAddress.parse(words[1]);
                    address.ifPresent(a -> servers.add(new Endpoint(a, DNS_PORT)));
                }
            }
        } catch (IOException e) {
            // No file: none are configured.
        }
        return servers;
    }
}
