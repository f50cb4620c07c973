package io.netverdict.correlator.context;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The TCP sockets of a namespace taken together.
 *
 * @param states sockets by state
 * @param portsFrom the lowest port the kernel picks by itself
 * @param portsTo the highest
 * @param portsUsed local ports of that range in use, whatever for
 * @param targets use of that range towards each target that has any
 * @param listenOverflows connections refused by full accept queues, over the incident's time
 * @param complete whether all sockets were counted; they are not where there are very many
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SocketUseContext(
        Map<String, Integer> states,
        int portsFrom,
        int portsTo,
        int portsUsed,
        List<Target> targets,
        long listenOverflows,
        boolean complete) {

    /**
     * Ports in use towards one remote end: a port may be used once for each.
     *
     * @param remote {@code address:port}
     */
    public record Target(String remote, int portsUsed) {}

    public SocketUseContext {
        states = states == null ? Map.of() : new LinkedHashMap<>(states);
        targets = targets == null ? List.of() : List.copyOf(targets);
    }

    /** How many ports the kernel can pick from. */
    public int portsAvailable() {
        return Math.max(0, portsTo - portsFrom + 1);
    }
}
