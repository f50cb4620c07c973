package io.netverdict.correlator.context;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network interface.
 *
 * @param name as {@code ip link} lists it
 * @param up whether it is administratively up
 * @param carrier whether it has a link to the other side
 * @param operState {@code up}, {@code down}, {@code lowerlayerdown} … (RFC 2863)
 * @param mtuBytes of the interface, not of any path
 * @param kind of a virtual interface: {@code veth}, {@code bridge} …
 * @param driver of a physical one
 * @param speedMegabits of the link, null where it is unknown
 * @param addresses with their prefix lengths: {@code 10.0.0.2/24}
 * @param counters all that are not 0, since the interface was made
 * @param changes of the counters over the incident's time
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record InterfaceContext(
        String name,
        boolean up,
        boolean carrier,
        String operState,
        int mtuBytes,
        String kind,
        String driver,
        Integer speedMegabits,
        List<String> addresses,
        Map<String, Long> counters,
        Map<String, Long> changes) {

    /**
     * Something that happened to an interface.
     *
     * @param at when the kernel's message was read, a moment later
     * @param name the interface
     * @param what the change: {@code carrier lost}, {@code down}, {@code address removed}
     * @param detail the address, for one; may be empty
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Event(Instant at, String name, What what, String detail) {

        /** Kinds of change. */
        public enum What {
            CARRIER_LOST("carrier lost"),
            CARRIER_BACK("carrier back"),
            DOWN("set down"),
            UP("set up"),
            REMOVED("removed"),
            APPEARED("appeared"),
            MTU_CHANGED("MTU changed"),
            ADDRESS_ADDED("address added"),
            ADDRESS_REMOVED("address removed");

            private final String text;

            What(String text) {
                this.text = text;
            }

            /** For people. */
            public String text() {
                return text;
            }

            /** Whether packets stop for it. */
            public boolean takesTheLink() {
                return this == CARRIER_LOST || this == DOWN || this == REMOVED;
            }
        }
    }

    public InterfaceContext {
        addresses = addresses == null ? List.of() : List.copyOf(addresses);
        counters = copy(counters);
        changes = copy(changes);
    }

    private static Map<String, Long> copy(Map<String, Long> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** Whether packets can pass at all. */
    public boolean usable() {
        return up && carrier;
    }
}
