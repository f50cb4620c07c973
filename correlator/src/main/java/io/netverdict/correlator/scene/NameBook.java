package io.netverdict.correlator.scene;

import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.dns.DnsRecord;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which addresses a name was seen to have, and back: made of the DNS answers of a recording. */
public final class NameBook {
    private static final IpAddress LOOPBACK_V4 = IpAddress.ofV4(0x7F00_0001);
    private static final IpAddress LOOPBACK_V6 = IpAddress.ofV6(0, 1);

    private final Map<String, Set<IpAddress>> addresses = new HashMap<>();
    private final Map<IpAddress, Set<String>> names = new HashMap<>();

    NameBook(List<DnsQuery> queries) {
        for (DnsQuery query : queries) {
            if (query.response() == null) {
                continue;
            }
            // Address records behind a CNAME belong to the name that was asked for, too.
            for (DnsRecord record : query.response().answers()) {
                if (record.address() != null) {
                    add(query.name(), record.address());
                    add(record.name(), record.address());
                }
            }
        }
    }

    private void add(String name, IpAddress address) {
        addresses.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(address);
        names.computeIfAbsent(address, a -> new LinkedHashSet<>()).add(name);
    }

    /** Addresses of a name or literal; empty where none is known. */
    public Set<IpAddress> addressesOf(String host) {
        var literal = IpAddress.parse(host);
        if (literal.isPresent()) {
            return Set.of(literal.get());
        }
        if (host.equals("localhost") || host.endsWith(".localhost")) {
            return Set.of(LOOPBACK_V4, LOOPBACK_V6);
        }
        return addresses.getOrDefault(host, Set.of());
    }

    /** Names an address was given for. */
    public Set<String> namesOf(IpAddress address) {
        return names.getOrDefault(address, Set.of());
    }
}
