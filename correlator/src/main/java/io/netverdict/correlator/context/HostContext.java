package io.netverdict.correlator.context;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.netverdict.correlator.model.ContractJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the machine, or one network namespace of it, knew of itself at the time of an error.
 * Immutable; every part may be missing, and {@link #problems()} then says why.
 *
 * @param namespace as named at the start of the recorder; empty for the recorder's own
 * @param since the sample that changes are counted from; null where there was none
 * @param collectedAt when the parts were read; null where nothing was
 * @param collectMicros how long reading took, microseconds
 * @param interfaces those of the routes, and all that changed or are down
 * @param interfaceEvents carrier, state and address changes since {@code since}, by time
 * @param sockets of the request's flows that were still open
 * @param socketUse sockets of the namespace all together, or null
 * @param kernelCounters TCP/IP counters that moved, as {@code Tcp.RetransSegs}, and by how much
 * @param conntrack connection tracking, or null
 * @param routes one for each target, as the kernel would route to it
 * @param rules policy routing, without the three rules that every machine has
 * @param neighbors of the routes' next hops and of targets on the link
 * @param firewall chains and rules that refused packets since {@code since}
 * @param resolver how names are resolved, or null
 * @param proxy proxy variables by name, credentials taken out
 * @param clock the clock, or null
 * @param problems why a part is missing or partial, by the part's name
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record HostContext(
        String namespace,
        Instant since,
        Instant collectedAt,
        long collectMicros,
        List<InterfaceContext> interfaces,
        List<InterfaceContext.Event> interfaceEvents,
        List<SocketContext> sockets,
        SocketUseContext socketUse,
        Map<String, Long> kernelCounters,
        ConntrackContext conntrack,
        List<RouteContext> routes,
        List<RouteContext.Rule> rules,
        List<NeighborContext> neighbors,
        List<FirewallContext> firewall,
        ResolverContext resolver,
        Map<String, String> proxy,
        ClockContext clock,
        Map<String, String> problems) {

    /** Nothing is known. */
    public static final HostContext NONE =
            new HostContext(
                    null, null, null, 0, null, null, null, null, null, null, null, null, null, null,
                    null, null, null, null);

    public HostContext {
        namespace = namespace == null ? "" : namespace;
        interfaces = copy(interfaces);
        interfaceEvents = copy(interfaceEvents);
        sockets = copy(sockets);
        kernelCounters = copy(kernelCounters);
        routes = copy(routes);
        rules = copy(rules);
        neighbors = copy(neighbors);
        firewall = copy(firewall);
        proxy = copy(proxy);
        problems = copy(problems);
    }

    private static <T> List<T> copy(List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    private static <T> Map<String, T> copy(Map<String, T> map) {
        return map == null
                ? Map.of()
                : java.util.Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** Whether nothing is known. */
    public boolean isNone() {
        // The last takes long when it is first asked, and hardly ever is.
        return this == NONE || collectedAt == null && clock == null && equals(NONE);
    }

    /** By how much a counter moved, as {@code Tcp.RetransSegs}; 0 where it did not. */
    public long moved(String counter) {
        return kernelCounters.getOrDefault(counter, 0L);
    }

    /** This context, with the peers' dates of another clock added to its own; null adds nothing. */
    public HostContext withClock(ClockContext dated) {
        ClockContext both = clock == null ? dated : clock.withDatesOf(dated);
        if (both == clock) {
            return this;
        }
        return new HostContext(
                namespace,
                since,
                collectedAt,
                collectMicros,
                interfaces,
                interfaceEvents,
                sockets,
                socketUse,
                kernelCounters,
                conntrack,
                routes,
                rules,
                neighbors,
                firewall,
                resolver,
                proxy,
                both,
                problems);
    }

    /** The parts by name, as they stand in an incident; empty where nothing is known. */
    public Map<String, Object> toMap() {
        Map<String, Object> parts = new LinkedHashMap<>();
        if (collectedAt == null) {
            return parts;
        }
        put(parts, "namespace", namespace);
        put(parts, "since", since);
        put(parts, "collectedAt", collectedAt);
        put(parts, "collectMicros", collectMicros);
        put(parts, "interfaces", interfaces);
        put(parts, "interfaceEvents", interfaceEvents);
        put(parts, "sockets", sockets);
        put(parts, "socketUse", socketUse);
        put(parts, "kernelCounters", kernelCounters);
        put(parts, "conntrack", conntrack);
        put(parts, "routes", routes);
        put(parts, "rules", rules);
        put(parts, "neighbors", neighbors);
        put(parts, "firewall", firewall);
        put(parts, "resolver", resolver);
        put(parts, "proxy", proxy);
        put(parts, "clock", clock);
        put(parts, "problems", problems);
        return parts;
    }

    private static void put(Map<String, Object> parts, String name, Object part) {
        boolean empty =
                part == null
                        || part instanceof List<?> list && list.isEmpty()
                        || part instanceof Map<?, ?> map && map.isEmpty()
                        || part instanceof String text && text.isEmpty();
        if (!empty) {
            parts.put(name, part);
        }
    }

    /**
     * The context kept with an incident.
     *
     * @return {@link #NONE} where there is none, or where it is of another version's making
     */
    public static HostContext of(Map<String, Object> incidentContext) {
        try {
            return ContractJson.mapper().convertValue(incidentContext, HostContext.class);
        } catch (IllegalArgumentException unreadable) {
            return NONE;
        }
    }
}
