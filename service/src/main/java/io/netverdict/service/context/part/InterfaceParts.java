package io.netverdict.service.context.part;

import io.netverdict.correlator.context.InterfaceContext;
import io.netverdict.nativelib.route.EthernetDevice;
import io.netverdict.nativelib.route.Link;
import io.netverdict.nativelib.route.LinkAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Interfaces, with the change of their counters between two readings. */
public final class InterfaceParts {
    /** Machines of many containers have hundreds; then those that matter are told. */
    private static final int MAX_ALL = 16;

    private static final int MAX = 64;
    private static final EthernetDevice NO_DEVICE = new EthernetDevice("", -1);

    private InterfaceParts() {}

    /**
     * @param devices what {@link #devices} told
     * @param wanted names of those that matter by themselves
     */
    public static List<InterfaceContext> of(
            List<Link> now,
            List<Link> before,
            List<LinkAddress> addresses,
            Map<String, EthernetDevice> devices,
            Set<String> wanted) {
        List<InterfaceContext> parts = new ArrayList<>();
        for (Link link : now) {
            Map<String, Long> changes = changes(link, before);
            boolean troubled =
                    changes.keySet().stream()
                            .anyMatch(c -> c.contains("error") || c.contains("dropped"));
            boolean told = now.size() <= MAX_ALL || wanted.contains(link.name()) || troubled;
            if (told && parts.size() < MAX) {
                parts.add(part(link, changes, addresses, devices));
            }
        }
        return parts;
    }

    /** What physical devices of the calling thread's namespace say of themselves, by name. */
    public static Map<String, EthernetDevice> devices(List<Link> links) {
        Map<String, EthernetDevice> devices = new LinkedHashMap<>();
        links.stream()
                .filter(link -> link.kind().isEmpty() && !link.name().equals("lo"))
                .limit(MAX_ALL)
                .forEach(link -> devices.put(link.name(), EthernetDevice.of(link.name())));
        return devices;
    }

    private static InterfaceContext part(
            Link link,
            Map<String, Long> changes,
            List<LinkAddress> addresses,
            Map<String, EthernetDevice> devices) {
        EthernetDevice device = devices.getOrDefault(link.name(), NO_DEVICE);
        Map<String, Long> counters = new LinkedHashMap<>(link.counters());
        counters.values().removeIf(value -> value == 0);
        return new InterfaceContext(
                link.name(),
                link.up(),
                link.carrier(),
                link.operState(),
                link.mtuBytes(),
                link.kind(),
                device.driver(),
                device.speedMegabits() < 0 ? null : device.speedMegabits(),
                addresses.stream()
                        .filter(a -> a.linkIndex() == link.index())
                        .map(a -> Addresses.text(a.address()) + "/" + a.prefixLength())
                        .toList(),
                counters,
                changes);
    }

    private static Map<String, Long> changes(Link link, List<Link> before) {
        Map<String, Long> changes = new LinkedHashMap<>();
        for (Link earlier : before) {
            if (earlier.index() == link.index() && earlier.name().equals(link.name())) {
                link.counters()
                        .forEach(
                                (name, value) -> {
                                    long by = value - earlier.counters().getOrDefault(name, 0L);
                                    if (by != 0) {
                                        changes.put(name, by);
                                    }
                                });
            }
        }
        return changes;
    }
}
