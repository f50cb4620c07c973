package io.netverdict.it.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** One frame as tshark sees it. */
final class TsharkFrame {
    private static final Set<String> IP_LAYERS = Set.of("ip", "ipv6");
    private static final Set<String> QUOTING_LAYERS = Set.of("icmp", "icmpv6");

    private final List<String> fields;
    private final String[] values;

    TsharkFrame(List<String> fields, String[] values) {
        this.fields = fields;
        this.values = values;
    }

    long number() {
        return Long.parseLong(value("frame.number"));
    }

    String value(String field) {
        return values[fields.indexOf(field)];
    }

    boolean has(String field) {
        return !value(field).isEmpty();
    }

    List<String> all(String field) {
        return has(field) ? Arrays.asList(value(field).split(",")) : List.of();
    }

    /** Layers by name, the link layer first. */
    List<String> layers() {
        return Arrays.asList(value("frame.protocols").split(":"));
    }

    /** Whether an IP packet carries another one (other than an ICMP error, which quotes). */
    boolean isTunnelled() {
        boolean inIp = false;
        for (String layer : layers()) {
            if (inIp && QUOTING_LAYERS.contains(layer)) {
                return false;
            }
            if (inIp && (IP_LAYERS.contains(layer) || layer.equals("gre"))) {
                return true;
            }
            inIp |= IP_LAYERS.contains(layer);
        }
        return false;
    }

    /** Whether TCP is the frame's own, not that of a packet which ICMP quotes. */
    boolean isTcp() {
        List<String> layers = layers();
        int tcp = layers.indexOf("tcp");
        return tcp >= 0 && layers.subList(0, tcp).stream().noneMatch(QUOTING_LAYERS::contains);
    }

    /** Whether an ICMP error quotes a packet, whose fields then stand among the frame's own. */
    boolean isQuoting() {
        List<String> layers = layers();
        return layers.contains("icmp") || layers.contains("icmpv6");
    }
}
